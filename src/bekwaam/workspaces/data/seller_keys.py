"""Sellers whom a file knows by name only: the facts get a key instead, and the name stands with the record.

Facts are kept for ever, in versions that answer as they did; a person's name could never be taken out of them again.
The key follows from the name and the secret of this home, so that the next export of the same source says the same.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import polars as pl
from django.conf import settings

from bekwaam.intake.judgement import Judged

NAME: Final = re.compile(r"[^\W\d_]+(?:[ .,'’-]+[^\W\d_]+)+\.?|[A-ZÀ-Þ][a-zß-ÿ]{2,}")
"""Two words of letters or more, or one with a capital and small letters; codes have digits or capitals only."""


def looks_like_a_name(code: str) -> bool:
    """Whether a seller's code is a name rather than a code.

    >>> [looks_like_a_name(code) for code in ("Jan de Vries", "Marieke", "V12", "AMO", "verkoop-3")]
    [True, True, False, False, False]
    """
    return NAME.fullmatch(code.strip()) is not None


def key_of(name: str) -> str:
    """The key of a name: the same for every spelling of white space and capitals."""
    plain = " ".join(name.casefold().split()).encode()
    return "P-" + hmac.new(settings.SECRET_KEY.encode(), b"seller\0" + plain, hashlib.sha256).hexdigest()[:10]


def keyed(code: str) -> str:
    """A seller's code as the facts may have it: a name as its key."""
    return key_of(code) if looks_like_a_name(code) else code


def sellers_of(codes: Iterable[str]) -> list[dict[str, str]]:
    """The records of sellers whom a file knows by these codes or names: code, and the name where it is one."""
    found: dict[str, dict[str, str]] = {}
    for code in codes:
        found.setdefault(keyed(code), {"code": keyed(code), **({"name": code} if looks_like_a_name(code) else {})})
    return [found[code] for code in sorted(found)]


def with_seller_keys(judged: Judged) -> Judged:
    """Judged order lines with a key in the place of every seller's name."""
    keys = _keys(judged.lines, "seller_code")
    if not keys:
        return judged
    lines = judged.lines.with_columns(pl.col("seller_code").replace(keys))
    return replace(judged, lines=lines, names={**judged.names, "sellers": _named(judged.names["sellers"], keys)})


def party_with_seller_keys(judged: Judged, kind: str) -> Judged:
    """A judged file of customers or sellers with a key in the place of every seller's name.

    Customers get the names of their sellers beside them, in `names`; sellers have them in their own rows.
    """
    column = "code" if kind == "sellers" else "seller_code"
    keys = _keys(judged.lines, column)
    if not keys:
        return judged
    if kind == "sellers":
        bare = (
            judged.lines if "name" in judged.lines.columns else judged.lines.with_columns(name=pl.lit(None, pl.String))
        )
        return replace(judged, lines=_named(bare, keys))
    names = pl.DataFrame(sellers_of(keys), schema={"code": pl.String, "name": pl.String})
    lines = judged.lines.with_columns(pl.col(column).replace(keys))
    return replace(judged, lines=lines, names={**judged.names, "sellers": names})


def _keys(lines: pl.DataFrame, column: str) -> dict[str, str]:
    """The names that stand in a column of seller's codes, each with its key."""
    if column not in lines.columns:
        return {}
    return {code: key_of(code) for code in lines[column].drop_nulls().unique() if looks_like_a_name(code)}


def _named(sellers: pl.DataFrame, keys: dict[str, str]) -> pl.DataFrame:
    """One row per key; a name that the file gives beside it comes before the one that stood as the code."""
    written = pl.col("code").is_in(list(keys))
    named = sellers.with_columns(name=pl.coalesce("name", pl.when(written).then(pl.col("code"))))
    return named.with_columns(pl.col("code").replace(keys)).unique("code", keep="first", maintain_order=True)

"""Sellers whom a file knows by name only: the facts get a key instead, and the name stands with the record.

Facts are kept for ever, in versions that answer as they did; a person's name could never be taken out of them again.
The key follows from the name and the secret of this home, so that the next export of the same source says the same.
"""

from __future__ import annotations

import hashlib
import hmac
import re
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


def with_seller_keys(judged: Judged) -> Judged:
    """The judged file with a key in the place of every seller's name."""
    if "seller_code" not in judged.lines.columns:
        return judged
    codes = judged.lines["seller_code"].drop_nulls().unique().to_list()
    keys = {code: key_of(code) for code in codes if looks_like_a_name(code)}
    if not keys:
        return judged
    lines = judged.lines.with_columns(pl.col("seller_code").replace(keys))
    return replace(judged, lines=lines, names={**judged.names, "sellers": _named(judged.names["sellers"], keys)})


def _named(sellers: pl.DataFrame, keys: dict[str, str]) -> pl.DataFrame:
    """One row per key; a name that the file gives beside it comes before the one that stood as the code."""
    written = pl.col("code").is_in(list(keys))
    named = sellers.with_columns(name=pl.coalesce("name", pl.when(written).then(pl.col("code"))))
    return named.with_columns(pl.col("code").replace(keys)).unique("code", keep="first", maintain_order=True)

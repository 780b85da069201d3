"""Which field a column heading stands for, however it is spelled."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from bekwaam.intake.synonyms import KINDS

OWN_PREFIX: Final = "Bekwaam: "
"""The headings of the columns that Bekwaam adds to a file of refused rows begin with this."""

_VAT = "(?:btw|vat|tax|taxes|mwst|ust)"
_WITHOUT = "(?:excl?|exclusief|exclusive|excluding|exkl|zonder|without|ohne|before)"
_WITH = "(?:incl?|inclusief|inclusive|including|inkl|met|with|mit)"
_WITHOUT_VAT = re.compile(rf"\b{_WITHOUT}(?: of| de)? ?{_VAT}\b|\bexcl?\b")
_WITH_VAT = re.compile(rf"\b{_WITH}(?: of| de)? ?{_VAT}\b|\bincl\b")
_GROSS = re.compile(r"^(?:bruto|brutto|gross)|\b(?:bruto|brutto|gross)\b")
_CURRENCY = re.compile(r"\b(?:in )?(eur|euro|euros|usd|gbp|chf|sek|nok|dkk|pln|czk|huf|jpy|cny|cad|aud|lcy)\b")
_CURRENCY_CODES: Final = {"euro": "EUR", "euros": "EUR"}
_SIGNS: Final = {"€": " eur ", "£": " gbp ", "$": " usd ", "#": " no ", "№": " no ", "ß": "ss", "&": " en "}


@dataclass(frozen=True)
class Heading:
    """A heading taken apart.

    Attributes:
        compact: letters and digits only, without accents, currency and remarks on VAT: "Omzet (excl. btw)" → "omzet".
        is_net: it says "excluding VAT".
        is_gross: it says "including VAT" or "gross": never proposed as revenue or price.
        currency: ISO 4217 code of the currency it names, or None.
    """

    compact: str
    is_net: bool = False
    is_gross: bool = False
    currency: str | None = None


@dataclass(frozen=True)
class Fit:
    """A field that a heading may stand for; rank 1 is the most certain."""

    field: str
    rank: int


@cache
def take_apart(heading: str) -> Heading:
    """The parts of a heading that matter.

    >>> take_apart("Omzet excl. btw (€)")
    Heading(compact='omzet', is_net=True, is_gross=False, currency='EUR')
    """
    words = _words(heading)
    named = _CURRENCY.search(words)
    words = _CURRENCY.sub(" ", words)
    is_net = _WITHOUT_VAT.search(words) is not None
    is_gross = _WITH_VAT.search(words) is not None or _GROSS.search(words) is not None
    bare = _GROSS.sub(" ", _WITH_VAT.sub(" ", _WITHOUT_VAT.sub(" ", words)))
    return Heading(bare.replace(" ", ""), is_net, is_gross, _currency_code(named))


def compact(heading: str) -> str:
    """The heading as the synonyms know it.

    >>> compact("Artikel-code"), compact("Customer ID"), compact("Währung")
    ('artikelcode', 'customerid', 'wahrung')
    """
    return take_apart(heading).compact


def fits(heading: str, kind: str) -> tuple[Fit, ...]:
    """The fields of a kind of file that the heading may stand for, most certain first: rank 1, then 2 …

    A gross amount fits nothing; an amount that says "excluding VAT" ranks first.

    >>> fits("Klant", "sales")
    (Fit(field='customer_number', rank=3), Fit(field='customer_name', rank=3))
    """
    parts = take_apart(heading)
    if parts.is_gross or heading.startswith(OWN_PREFIX.strip()):
        return ()
    return tuple(_net_first(fit) if parts.is_net else fit for fit in _index(kind).get(parts.compact, ()))


def is_known(heading: str) -> bool:
    """Whether the heading is one of ours in any kind of file: so the row it stands in is the row of headings."""
    if heading.startswith(OWN_PREFIX.strip()):
        return True
    word = compact(heading)
    return any(word in _index(kind) for kind in KINDS)


def is_own(heading: str) -> bool:
    """Whether Bekwaam itself added the column, to a file of refused rows."""
    return heading.startswith(OWN_PREFIX.strip())


def _words(heading: str) -> str:
    for sign, word in _SIGNS.items():
        heading = heading.replace(sign, word)
    heading = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    decomposed = unicodedata.normalize("NFKD", heading.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def _currency_code(named: re.Match[str] | None) -> str | None:
    if named is None or named.group(1) == "lcy":
        return None
    return _CURRENCY_CODES.get(named.group(1), named.group(1).upper())


def _net_first(fit: Fit) -> Fit:
    return Fit(fit.field, 1) if fit.field in {"revenue", "unit_price"} else fit


@cache
def _index(kind: str) -> dict[str, tuple[Fit, ...]]:
    found: dict[str, dict[str, int]] = {}
    for field, ranks in KINDS[kind].items():
        for rank, words in enumerate(ranks, start=1):
            for word in words:
                found.setdefault(word, {}).setdefault(field, rank)
    return {
        word: tuple(sorted((Fit(field, rank) for field, rank in by_field.items()), key=lambda fit: fit.rank))
        for word, by_field in found.items()
    }

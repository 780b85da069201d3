"""How each language writes figures. The active language is that of Django's translations, also without a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language

HARD_SPACE: Final = "\u00a0"
MINUS: Final = "\u2212"


@dataclass(frozen=True, slots=True)
class Language:
    """The signs and words that stand in and around figures."""

    code: str
    decimal_sign: str
    group_sign: str
    before_percent: str
    after_symbol: str
    million: str
    billion: str
    conjunction: str


DUTCH: Final = Language(
    code="nl",
    decimal_sign=",",
    group_sign=".",
    before_percent=HARD_SPACE,
    after_symbol=HARD_SPACE,
    million="miljoen",
    billion="miljard",
    conjunction="en",
)
ENGLISH: Final = Language(
    code="en",
    decimal_sign=".",
    group_sign=",",
    before_percent="",
    after_symbol="",
    million="million",
    billion="billion",
    conjunction="and",
)


def language(code: str | None = None) -> Language:
    """The language with this code, or the active one; English for whatever is not Dutch."""
    return DUTCH if (code or get_language() or "en")[:2] == "nl" else ENGLISH

"""Numbers in words, so that a sentence never begins with a figure: negen klanten, nine customers."""

from __future__ import annotations

from typing import Final

from bekwaam.frame.formats import whole_number
from bekwaam.frame.languages import language

IN_WORDS_UP_TO: Final = 20
LARGEST: Final = 999_999

_DUTCH: Final = (
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"),
    *("tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"),
)
_DUTCH_TENS: Final = (
    *("", ""),
    *("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"),
)
_ENGLISH: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS: Final = (
    *("", ""),
    *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
)


def in_words(count: int, *, first: bool = False, language_code: str | None = None) -> str:
    """The count in words up to twenty, in figures beyond; as `first` word of a sentence always in words.

    A first word has its capital too. Beyond 999,999 even a first word is a figure.

    >>> in_words(9, language_code="nl"), in_words(54, first=True, language_code="nl")
    ('negen', 'Vierenvijftig')
    """
    code = language(language_code).code
    if not 0 <= count <= (LARGEST if first else IN_WORDS_UP_TO):
        return whole_number(count, language_code=code)
    words = _dutch(count) if code == "nl" else _english(count)
    return capital(words) if first else words


def capital(text: str) -> str:
    """The text as the beginning of a sentence; in Dutch "één" loses its first accent and "ij" is one letter.

    >>> capital("één van hen"), capital("ijskoud")
    ('Eén van hen', 'IJskoud')
    """
    if text.startswith("één"):
        return f"E{text[1:]}"
    return f"IJ{text[2:]}" if text.startswith("ij") else text[:1].upper() + text[1:]


def _dutch(count: int) -> str:
    """One stands alone with its accents: één, but honderdeen."""
    if count == 1:
        return "één"
    thousands, rest = divmod(count, 1000)
    if not thousands:
        return _dutch_below_1000(count)
    before = "" if thousands == 1 else _dutch_below_1000(thousands)
    after = f" {_dutch_below_1000(rest)}" if rest else ""
    return f"{before}duizend{after}"


def _dutch_below_1000(count: int) -> str:
    hundreds, rest = divmod(count, 100)
    if not hundreds:
        return _dutch_below_100(count)
    before = "" if hundreds == 1 else _DUTCH[hundreds]
    return f"{before}honderd{_dutch_below_100(rest) if rest else ''}"


def _dutch_below_100(count: int) -> str:
    if count < len(_DUTCH):
        return _DUTCH[count]
    tens, units = divmod(count, 10)
    if not units:
        return _DUTCH_TENS[tens]
    joint = "ën" if _DUTCH[units].endswith("e") else "en"
    return f"{_DUTCH[units]}{joint}{_DUTCH_TENS[tens]}"


def _english(count: int) -> str:
    thousands, rest = divmod(count, 1000)
    if not thousands:
        return _english_below_1000(count)
    joint = " and " if 0 < rest < 100 else " "
    after = f"{joint}{_english_below_1000(rest)}" if rest else ""
    return f"{_english_below_1000(thousands)} thousand{after}"


def _english_below_1000(count: int) -> str:
    hundreds, rest = divmod(count, 100)
    if not hundreds:
        return _english_below_100(count)
    return f"{_ENGLISH[hundreds]} hundred{f' and {_english_below_100(rest)}' if rest else ''}"


def _english_below_100(count: int) -> str:
    if count < len(_ENGLISH):
        return _ENGLISH[count]
    tens, units = divmod(count, 10)
    return f"{_ENGLISH_TENS[tens]}-{_ENGLISH[units]}" if units else _ENGLISH_TENS[tens]

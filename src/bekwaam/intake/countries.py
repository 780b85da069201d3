"""Countries as people write them, as ISO 3166 alpha-2 codes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

import polars as pl
from babel import Locale
from babel.core import get_global

LANGUAGES: Final = ("en", "nl", "de", "fr")

# CLDR names these too, but they are no countries of ISO 3166-1: reserved, user-assigned, or test codes.
_NOT_ISO: Final = {*("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ")}

_ALIASES: Final = {
    "AE": ("uae", "vae", "emiraten", "arab emirates"),
    "AT": ("a",),
    "BA": ("bosnia", "bosnie"),
    "BE": ("b", "bel"),
    "BO": ("bolivia plurinational state of",),
    "BN": ("brunei darussalam",),
    "BQ": ("bonaire", "saba", "sint eustatius"),
    "CD": ("drc", "dr congo", "zaire", "congo democratic republic"),
    "CG": ("republic of the congo", "congo republic", "congo"),
    "CH": ("swiss", "helvetia"),
    "CI": ("ivory coast", "ivoorkust"),
    "CN": ("prc", "peoples republic of china", "mainland china", "volksrepubliek china"),
    "CV": ("cape verde",),
    "CZ": ("czech republic", "tsjechische republiek", "cz republic", "tschechische republik"),
    "DE": ("d", "brd", "west germany", "federal republic of germany", "bondsrepubliek duitsland"),
    "DK": ("dk denmark",),
    "ES": ("e", "esp"),
    "FI": ("sf", "fin"),
    "FR": ("f",),
    "GB": (
        *("uk", "u k", "great britain", "groot brittannie", "engeland", "england", "scotland", "schotland", "wales"),
        *("northern ireland", "noord ierland", "britain", "united kingdom of great britain and northern ireland"),
        *("grootbrittannie", "verenigd koningkrijk"),
    ),
    "GR": ("el", "hellas"),
    "HK": ("hong kong", "hongkong"),
    "HU": ("h",),
    "IE": ("eire", "republic of ireland", "ierse republiek", "irl"),
    "IR": ("iran islamic republic of",),
    "IT": ("i",),
    "KP": ("north korea", "dprk"),
    "KR": ("korea", "republic of korea", "korea republic of", "korea south", "south korea", "zuid korea"),
    "LA": ("lao", "lao pdr"),
    "LU": ("l", "groothertogdom luxemburg"),
    "MD": ("republic of moldova", "moldova republic of"),
    "MK": ("macedonia", "macedonie", "fyrom", "republic of macedonia"),
    "MM": ("burma", "birma"),
    "MO": ("macau", "macao"),
    "NL": ("holland", "the netherlands", "netherland", "nederland nl", "niederlande", "ned", "nld"),
    "NO": ("n", "norge"),
    "PS": ("palestine", "palestina", "state of palestine"),
    "PT": ("p",),
    "RU": ("russian federation", "russische federatie"),
    "SE": ("s", "sverige"),
    "SI": ("slo",),
    "SK": ("slovak republic", "slowaakse republiek"),
    "SY": ("syrian arab republic",),
    "SZ": ("swaziland",),
    "TL": ("east timor",),
    "TR": ("turkey", "turkije", "turkiye"),
    "TW": ("taiwan province of china", "chinese taipei", "roc"),
    "TZ": ("united republic of tanzania", "tanzania united republic of"),
    "US": ("usa", "u s a", "u s", "united states of america", "verenigde staten van amerika", "amerika", "vs"),
    "VA": ("vatican", "vatican city", "holy see", "vaticaanstad"),
    "VE": ("venezuela bolivarian republic of",),
    "VN": ("viet nam",),
    "ZA": ("rsa", "republic of south africa", "zuidafrika"),
}


def country_code(written: str) -> str | None:
    """The ISO 3166 alpha-2 code of a country named in Dutch, English, German, French or by code; None if none fits.

    >>> country_code("Duitsland"), country_code("EIRE"), country_code("European Community")
    ('DE', 'IE', None)
    """
    return _known().get(_plain(written))


def country_codes(written: pl.Series) -> pl.Series:
    """`country_code` for every row of a text column; null where nothing is written or no code fits."""
    distinct = written.drop_nulls().unique()
    codes = pl.Series([country_code(name) for name in distinct], dtype=pl.String)
    return written.replace_strict(distinct, codes, default=None, return_dtype=pl.String)


@cache
def _known() -> dict[str, str]:
    known: dict[str, str] = {}
    codes = {code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code)} - _NOT_ISO
    for language in LANGUAGES:
        names = Locale(language).territories
        known |= {_plain(str(names[code])): code for code in sorted(codes) if code in names}
    known |= {alias: code for code, aliases in _ALIASES.items() for alias in aliases}
    for older, codes_now in get_global("territory_aliases").items():
        if re.fullmatch("[A-Z]{3}", str(older)) and codes_now[0] in codes and len(codes_now) == 1:
            known.setdefault(str(older).lower(), codes_now[0])
    return known | {code.lower(): code for code in codes}


def _plain(written: str) -> str:
    decomposed = unicodedata.normalize("NFKD", written.casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", letters.replace("'", "").replace("’", "").replace("&", " and ")))

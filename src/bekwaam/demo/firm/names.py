"""Names of firms that do not exist: syllables, a trade, a place. A name never says who works there."""

from __future__ import annotations

from typing import Final

import numpy as np

_FIRST: Final = (
    "Bra",
    "Vel",
    "Ros",
    "Ter",
    "Nij",
    "Hol",
    "Kam",
    "Lin",
    "Dra",
    "Wes",
    "Mar",
    "Zwo",
    "Gel",
    "Ste",
    "Old",
)
_SECOND: Final = (
    "ma",
    "tex",
    "vo",
    "dor",
    "ta",
    "link",
    "ra",
    "zon",
    "mec",
    "flex",
    "tra",
    "berg",
    "max",
    "ven",
    "pro",
)
_TRADES: Final[dict[str, tuple[str, ...]]] = {
    "Machinebouw": ("Machinebouw", "Machines", "Constructie"),
    "Voedingsmiddelen": ("Voeding", "Zuivel", "Bakkerijtechniek"),
    "Logistiek": ("Logistiek", "Transportsystemen", "Magazijntechniek"),
    "Landbouwtechniek": ("Landbouwtechniek", "Mechanisatie", "Agro"),
    "Scheepsbouw": ("Scheepswerf", "Maritiem", "Dekwerktuigen"),
    "Onderhoud": ("Onderhoud", "Technisch Beheer", "Installaties"),
    "Technische handel": ("Technische Handel", "Industriehandel", "Aandrijfhandel"),
    "Overheid": ("Waterwerken", "Gemeentewerken", "Openbaar Vervoer"),
}
_FORMS: Final = {"NL": "B.V.", "BE": "BV", "DE": "GmbH", "FR": "SARL", "DK": "ApS"}
_PLACES: Final[dict[str, tuple[str, ...]]] = {
    "NL-N": ("Veenwolde", "Groothaven", "Assermeer", "Leekerdam"),
    "NL-O": ("Hengelwijk", "Deventerhout", "Almelhorst", "Zutwolde"),
    "NL-W": ("Rijndrecht", "Schieveen", "Haarlemmerhoek", "Delfgauwerdam"),
    "NL-Z": ("Breesdonk", "Tilhoven", "Venrooij", "Roerbeek"),
    "BE": ("Kortbeke", "Genterhove", "Luikerdal", "Hasselbroek"),
    "FR": ("Villeneux-sur-Lys", "Roubaigne", "Saint-Oméry"),
    "DE": ("Münsterfeld", "Bocholtheim", "Osnabrügge", "Emsbüren-Nord"),
    "DK": ("Koldborg", "Vejlstrup", "Aarhede"),
}


def segments() -> tuple[str, ...]:
    """The trades of customers."""
    return tuple(_TRADES)


def place(draw: np.random.Generator, area: str) -> str:
    """A place in an area, a Dutch territory or another country."""
    return str(draw.choice(_PLACES[area]))


def firms(draw: np.random.Generator, segments_of: list[str], countries: list[str]) -> list[str]:
    """A name for each firm, no two alike."""
    taken: set[str] = set()
    return [_new(draw, taken, segment, country) for segment, country in zip(segments_of, countries, strict=True)]


def _new(draw: np.random.Generator, taken: set[str], segment: str, country: str) -> str:
    form = "" if segment == "Overheid" else f" {_FORMS[country]}"
    while True:
        name = f"{draw.choice(_FIRST)}{draw.choice(_SECOND)} {draw.choice(_TRADES[segment])}{form}"
        if name not in taken:
            taken.add(name)
            return name

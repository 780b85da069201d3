"""The sales team: twelve sellers in six territories and two teams, each with habits of his own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

TERRITORIES: Final = {
    "NL-N": "Noord",
    "NL-O": "Oost",
    "NL-W": "West",
    "NL-Z": "Zuid",
    "BE-FR": "België en Frankrijk",
    "DE-DK": "Duitsland en Denemarken",
}
TEAM_OF: Final = {code: "Nederland" if code.startswith("NL") else "Export" for code in TERRITORIES}
ROLES: Final = {"A": "Accountmanager", "B": "Verkoper binnendienst"}
DISCOUNTS: Final = (20, 140)
"""Usual discounts lie between these, in thousandths of the list price."""
PUSHERS: Final = 4
"""How many sellers give more away in the last month of a quarter."""


@dataclass(frozen=True)
class Seller:
    """A seller and his habits.

    Attributes:
        discount: what he usually gives, in thousandths of the list price.
        push: what he gives on top in the last month of a quarter.
    """

    code: str
    name: str
    territory: str
    discount: int
    push: int


def hired(draw: np.random.Generator) -> tuple[Seller, ...]:
    """The twelve: for each territory an account manager and one at the desk."""
    places = [(role, territory) for territory in TERRITORIES for role in ROLES]
    discounts = draw.integers(*DISCOUNTS, len(places), endpoint=True)
    pushers = set(draw.permutation(len(places))[:PUSHERS].tolist())
    return tuple(
        Seller(
            code=f"{territory}-{role}",
            name=f"{ROLES[role]} {TERRITORIES[territory]}",
            territory=territory,
            discount=int(discounts[number]),
            push=int(draw.integers(25, 60)) if number in pushers else 0,
        )
        for number, (role, territory) in enumerate(places)
    )


def table(sellers: tuple[Seller, ...]) -> pl.DataFrame:
    """`code, name, team, territory`."""
    rows = [(each.code, each.name, TEAM_OF[each.territory], each.territory) for each in sellers]
    return pl.DataFrame(rows, schema=["code", "name", "team", "territory"], orient="row")

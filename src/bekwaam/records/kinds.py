"""The kinds of record that a file knows by key."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from bekwaam.records.models import Customer, Product, Seller, Team, Territory

CHUNK = 2_000
"""Records written in one statement."""


@dataclass(frozen=True)
class KeyKind:
    """How one kind of record is known: its table, its key, its name, and whether people search for it."""

    model: type[models.Model]
    key: str
    name: str
    is_searched: bool


KINDS: dict[str, KeyKind] = {
    "customers": KeyKind(Customer, "number", "name", is_searched=True),
    "products": KeyKind(Product, "code", "description", is_searched=True),
    "sellers": KeyKind(Seller, "code", "name", is_searched=False),
    "territories": KeyKind(Territory, "code", "name", is_searched=False),
    "teams": KeyKind(Team, "code", "name", is_searched=False),
}

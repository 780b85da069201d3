"""A board: columns of cards, each card with the columns beside its own, so that every drag has a button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Card:
    """One card: its name with its address, what is to be known of it, and what is late."""

    key: str
    title: Words
    url: str = ""
    facts: Sequence[Words] = ()
    late: Words = ""


@dataclass(frozen=True)
class Column:
    """A stage with its cards; `summary` says how many and how much."""

    code: str
    title: Words
    cards: Sequence[Card] = ()
    summary: Words = ""


@dataclass(frozen=True)
class Placed:
    """A column between its neighbours."""

    column: Column
    before: Column | None
    after: Column | None


def board(columns: Sequence[Column]) -> list[Placed]:
    """The columns from left to right, each with the one before and the one after it."""
    around = [None, *columns, None]
    return [Placed(column, around[at], around[at + 2]) for at, column in enumerate(columns)]

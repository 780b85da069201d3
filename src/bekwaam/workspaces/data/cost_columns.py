"""The columns of an offered file that tell what things cost, and who may look at them.

A person without the right to see cost reads files in all the same, also those of others. So what is found is stored
whole, and left out when it is shown to him.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bekwaam.terms.actor import Actor

COST_FIELDS: Final = frozenset({"cost", "unit_cost"})
_TELLS_OF_COST: Final = re.compile(r"kost|cost|inkoop|einkauf|purchas|marge|margin|winst|profit|gewinn|dekking", re.I)
"""Headings that nobody maps and that give the cost away: a margin beside the revenue is the cost."""


def cost_columns(headings: Sequence[str], fields: Mapping[str, Any], *, before: Iterable[int] = ()) -> list[int]:
    """The positions of the columns that tell of cost.

    A column that is mapped to something else is what it is mapped to. `before` are those of an earlier look: taking
    a column off the mapping does not bring it into sight.
    """
    mapped = {_position(headings, place): name for name, place in fields.items() if place is not None}
    telling = {place for place, heading in enumerate(headings) if _TELLS_OF_COST.search(heading)} | {*before}
    of_cost = {place for place, name in mapped.items() if place is not None and name in COST_FIELDS}
    return sorted(of_cost | (telling - set(mapped)))


def _position(headings: Sequence[str], place: str | int) -> int | None:
    if isinstance(place, int):
        return place
    return headings.index(place) if place in headings else None


def hidden_columns(found: Mapping[str, Any], actor: Actor) -> frozenset[int]:
    """The positions of a preview that this actor may not see."""
    if actor.sees_cost:
        return frozenset()
    known = found.get("cost")
    if known is None:  # looked at before this was kept
        known = cost_columns(found.get("headings", []), found.get("mapping", {}).get("fields", {}))
    return frozenset(known)

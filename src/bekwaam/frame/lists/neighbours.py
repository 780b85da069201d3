"""Where a record stands in the list that someone came from, and what stands before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.http import QueryDict

from bekwaam.frame.lists.definition import ListDefinition
from bekwaam.frame.lists.memo import MEMO
from bekwaam.frame.lists.state import ListState, read_state

MOST: Final = 1_000
"""So many rows of a list can be walked through from record to record."""


@dataclass(frozen=True)
class Place:
    """The place of a record in a list, from 1, and the keys beside it; empty where there are none."""

    state: ListState
    number: int
    of: int
    previous: str
    next: str


def query_of_list(asked: QueryDict, referer: str, list_url: str) -> str | None:
    """The state of the list that someone came from: said in the address, or the very list he left just now.

    None when he came from elsewhere; empty for the list as it opens.
    """
    if "list" in asked:
        return str(asked["list"])[:4000]
    came_from = urlsplit(referer)
    return came_from.query[:4000] if came_from.path == list_url else None


def place_in_list(definition: ListDefinition, query: str | None, key: str) -> Place | None:
    """The place of a record in the list that this query makes; None when it is not among the first thousand."""
    if query is None:
        return None
    state = read_state(QueryDict(query), definition)
    keys = _keys(state)
    if key not in keys:
        return None
    at = keys.index(key)
    before, after = keys[at - 1] if at else "", keys[at + 1] if at + 1 < len(keys) else ""
    return Place(state, at + 1, len(keys), before, after)


def _keys(state: ListState) -> list[str]:
    """The keys of the rows in their order, asked once while nothing changes."""
    definition = state.definition
    question = _question(state)
    keys: list[str] | None = MEMO.get(question)
    if keys is None:
        rows = definition.rows.filter(state.condition).order_by(*state.order(past_indexes=bool(state.all_filters)))
        keys = [str(key) for key in rows.values_list(definition.key, flat=True)[:MOST]]
        MEMO.keep(question, keys)
    return keys


def _question(state: ListState) -> tuple[Any, ...]:
    definition = state.definition
    paths = tuple(str(definition.by_code[code].path) for code, _down in state.shown_sort)
    stamp = (definition.code, definition.stamps.moving, definition.whose)
    return ("neighbours", *stamp, state.condition, state.shown_sort, paths)

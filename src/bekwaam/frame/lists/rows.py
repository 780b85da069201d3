"""The rows of one page: few columns, few steps, and no more of them when the list is longer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BooleanField, ExpressionWrapper, F, QuerySet, Value

from bekwaam.frame.lists.columns import Column
from bekwaam.frame.lists.definition import ListDefinition
from bekwaam.frame.lists.memo import MEMO
from bekwaam.frame.lists.state import ListState

PAGE_SIZE: Final = 50
KEPT_KEYS: Final = 1_000
"""So many rows of an order are remembered: twenty pages."""


@dataclass(frozen=True)
class Cell:
    """One value of one row, with what else its column brings along."""

    column: Column
    value: Any
    values: dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One row: what names it, where it leads, and its cells, the first of which names it to the reader."""

    key: str
    url: str
    preview_url: str
    first: Cell
    cells: list[Cell]
    may_write: bool


def rows_of(state: ListState, *, number: int, count: int) -> list[Row]:
    """The rows of page `number`, of so many rows in all."""
    first = (number - 1) * PAGE_SIZE
    values = _values(state)
    if first < KEPT_KEYS and _is_quick(state):
        found = state.definition.rows.filter(state.condition).order_by(*state.order())
        rows = list(found.values(**values)[first : first + PAGE_SIZE])
    else:
        keys = _keys(state, first)
        known = {row["k"]: row for row in state.definition.rows.filter(pk__in=keys).values(k=F("pk"), **values)}
        rows = [known[key] for key in keys if key in known]
    return [_row(state, row, place=place, of=count) for place, row in enumerate(rows, start=first + 1)]


def _is_quick(state: ListState) -> bool:
    """Whether the database finds the rows in this order without looking at the others."""
    if state.all_filters:
        return any(one.column.finds_few for one in state.all_filters)
    return all(state.definition.by_code[code].is_indexed for code, _down in state.shown_sort)


def _keys(state: ListState, first: int) -> list[int]:
    """The primary keys of a page. The first thousand of an order are remembered, so sorting is done once."""
    past_indexes = bool(state.all_filters)
    found = state.definition.rows.filter(state.condition).order_by(*state.order(past_indexes=past_indexes))
    found = found.values_list("pk", flat=True)
    if first >= KEPT_KEYS:
        return list(found[first : first + PAGE_SIZE])
    question = _question(state)
    keys = MEMO.get(question)
    if keys is None:
        keys = list(found[:KEPT_KEYS])
        MEMO.keep(question, keys)
    return keys[first : first + PAGE_SIZE]


def _question(state: ListState) -> tuple[Any, ...]:
    definition = state.definition
    is_fixed = state.is_fixed and all(definition.by_code[code].is_fixed for code, _down in state.shown_sort)
    stamp = definition.stamps.fixed if is_fixed else definition.stamps.moving
    paths = tuple(str(definition.by_code[code].path) for code, _down in state.shown_sort)
    return ("keys", definition.code, stamp, definition.whose, state.condition, state.shown_sort, paths)


def _values(state: ListState) -> dict[str, Any]:
    """Only what is shown: a list that reads every field of every row slows down with each field that is added."""
    wanted: dict[str, Any] = {"v": F(state.definition.key), "w": _may_write(state.definition)}
    for column in state.shown_columns:
        wanted |= column.values()
    return wanted


def _may_write(definition: ListDefinition) -> Any:
    if not definition.writable:
        return Value(definition.writable is not None, output_field=BooleanField())
    return ExpressionWrapper(definition.writable, output_field=BooleanField())


def _row(state: ListState, values: dict[str, Any], *, place: int, of: int) -> Row:
    definition, key = state.definition, str(values["v"])
    cells = [_cell(column, values) for column in state.shown_columns]
    return Row(
        key=key,
        url=definition.link(key) if definition.link else "",
        preview_url=f"{definition.preview(key)}?place={place}&of={of}" if definition.preview else "",
        first=cells[0],
        cells=cells[1:],
        may_write=bool(values["w"]),
    )


def _cell(column: Column, values: dict[str, Any]) -> Cell:
    also = {name: values[f"{column.alias}_{name}"] for name in column.also}
    return Cell(column, values.get(column.alias), also)


def in_order(state: ListState) -> QuerySet[Any]:
    """Every row of the filtered set, in its order."""
    return state.definition.rows.filter(state.condition).order_by(*state.order())


def values_of(columns: Iterable[Column]) -> dict[str, Any]:
    """What the database is asked for these columns, by the name of their values."""
    return {column.alias: column.expression for column in columns}

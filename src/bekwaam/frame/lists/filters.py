"""Filters: from the words of an address to a condition, and to words for a reader.

    revenue:min:15000     revenue:between:1000..5000     name:contains:pomp     city:is:Oss
    seller:is:S1,S4       last:from:2026-01-01           slipping:is:yes        seller:empty

Figures and days are written as machines do, so that an address means the same in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q

from bekwaam.frame.lists.columns import CHOICE, DATE, MONEY, NUMBER, SHARE, TEXT, YES_NO, Column

GAP: Final = ("empty", "filled")
RANGE: Final = ("min", "max", "above", "below", "between", "is")
OPERATIONS: Final[dict[str, tuple[str, ...]]] = {
    TEXT: ("contains", "is", *GAP),
    NUMBER: (*RANGE, *GAP),
    MONEY: (*RANGE, *GAP),
    SHARE: (*RANGE, *GAP),
    DATE: ("from", "until", "between", "is", *GAP),
    CHOICE: ("is", "not", *GAP),
    YES_NO: ("is",),
}
LONGEST_VALUE: Final = 200
MOST_VALUES: Final = 50
LARGEST: Final = Decimal(10) ** 12
LOOKUPS: Final = {"min": "gte", "max": "lte", "above": "gt", "below": "lt", "from": "gte", "until": "lte"}


@dataclass(frozen=True)
class Filter:
    """One condition on one column; `values` are of the kind of the column."""

    column: Column
    operation: str
    values: tuple[Any, ...] = ()

    @property
    def text(self) -> str:
        """As it stands in the address."""
        head = f"{self.column.code}:{self.operation}"
        if self.operation in GAP:
            return head
        written = [_written(value, self.column.kind) for value in self.values]
        if self.column.kind == CHOICE:
            return f"{head}:{','.join(one.replace('~', '~0').replace(',', '~1') for one in written)}"
        return f"{head}:{'..'.join(written)}"

    @property
    def is_fixed(self) -> bool:
        """Whether what it finds cannot change while the run is in force."""
        return self.column.is_fixed

    def condition(self) -> Q:
        """The same for the database."""
        return _CONDITIONS[self.operation](self.column, self.values)


def read_filter(text: str, columns: Mapping[str, Column]) -> Filter | None:
    """The filter that a piece of an address means; None when it means none that this reader has.

    A column that he may not see and one that does not exist are alike here.
    """
    code, _, rest = text.partition(":")
    operation, _, value = rest.partition(":")
    column = columns.get(code)
    if column is None or not column.is_filterable or operation not in OPERATIONS.get(column.kind, ()):
        return None
    if operation in GAP:
        return Filter(column, operation) if not value else None
    values = _read_values(value, column, operation)
    return Filter(column, operation, values) if values else None


def _read_values(text: str, column: Column, operation: str) -> tuple[Any, ...]:
    if not text or "\x00" in text or len(text) > LONGEST_VALUE * MOST_VALUES:
        return ()
    if column.kind == CHOICE:
        parts = [part.replace("~1", ",").replace("~0", "~") for part in text.split(",") if part][:MOST_VALUES]
    else:
        parts = text.split("..") if operation == "between" else [text]
    values = tuple(_read_value(part, column.kind) for part in parts)
    if None in values or (operation == "between" and len(values) != 2):
        return ()
    return tuple(sorted(values)) if operation == "between" else values


def _read_value(text: str, kind: str) -> Any:
    if kind in (NUMBER, MONEY, SHARE):
        return _read_figure(text)
    if kind == DATE:
        return _read_day(text)
    if kind == YES_NO:
        return {"yes": True, "no": False}.get(text)
    return text[:LONGEST_VALUE]


def _read_figure(text: str) -> Decimal | None:
    try:
        figure = Decimal(text)
    except InvalidOperation:
        return None
    if not figure.is_finite() or abs(figure) > LARGEST:
        return None
    return figure.quantize(Decimal("0.0001")).normalize()


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _written(value: Any, kind: str) -> str:
    if kind == YES_NO:
        return "yes" if value else "no"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def stored(value: Any, kind: str) -> Any:
    """A typed value as the database keeps it: a share of 0 to 1 is typed in hundredths."""
    if kind == SHARE:
        return float(value) / 100
    if kind == NUMBER:
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _compared(column: Column, values: tuple[Any, ...], lookup: str) -> Q:
    return Q(**{f"{column.lookup}__{lookup}": stored(values[0], column.kind)})


def _between(column: Column, values: tuple[Any, ...]) -> Q:
    low, high = (stored(value, column.kind) for value in values)
    return Q(**{f"{column.lookup}__gte": low, f"{column.lookup}__lte": high})


def _is(column: Column, values: tuple[Any, ...]) -> Q:
    if column.kind in (CHOICE, YES_NO):
        # Of yes and no too: SQLite finds "is_slipping IN (1)" in an index, the bare "is_slipping" it does not.
        return Q(**{f"{column.lookup}__in": list(values)})
    lookup = "iexact" if column.kind == TEXT else "exact"
    return _compared(column, values, lookup)


def _is_not(column: Column, values: tuple[Any, ...]) -> Q:
    """Rows without a value are not of the named ones either."""
    return ~_is(column, values) | _empty(column, ())


def _empty(column: Column, _values: tuple[Any, ...]) -> Q:
    nothing = [Q(**{f"{column.gap_path or column.lookup}__isnull": True})]
    if column.kind in (TEXT, CHOICE) and not column.gap_path:
        nothing.append(Q(**{column.lookup: ""}))
    return reduce(or_, nothing)


def _filled(column: Column, values: tuple[Any, ...]) -> Q:
    return ~_empty(column, values)


def _by_lookup(operation: str) -> Callable[[Column, tuple[Any, ...]], Q]:
    return lambda column, values: _compared(column, values, LOOKUPS[operation])


_CONDITIONS: Final[dict[str, Callable[[Column, tuple[Any, ...]], Q]]] = {
    **{operation: _by_lookup(operation) for operation in LOOKUPS},
    "contains": lambda column, values: _compared(column, values, "icontains"),
    "between": _between,
    "is": _is,
    "not": _is_not,
    "empty": _empty,
    "filled": _filled,
}

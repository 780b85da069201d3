"""The form for filters: one field per column, filled with what holds now; and the address that it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import QueryDict
from django.utils.functional import Promise

from bekwaam.frame.formats import decimal_number
from bekwaam.frame.lists.columns import CHOICE, DATE, FIGURES, TEXT, YES_NO, Column
from bekwaam.frame.lists.definition import ListDefinition
from bekwaam.frame.lists.filters import Filter, read_filter
from bekwaam.frame.lists.state import ListState, read_state
from bekwaam.frame.lists.typed import typed_day, typed_figure
from bekwaam.frame.lists.words import value_words

APPLY = "apply"
"""The form says by this name that it was sent."""
NOTHING = "-"
"""What a choice calls rows without a value."""
SHAPES = {TEXT: "text", CHOICE: "choice", YES_NO: "yes-no", DATE: "range"}


@dataclass(frozen=True)
class Option:
    """One value that can be chosen."""

    value: str
    label: str | Promise
    is_chosen: bool


@dataclass(frozen=True)
class FilterField:
    """The field of one column: what may be typed, and what holds now.

    Attributes:
        shape: "text", "range", "choice" or "yes-no".
        low, high: the ends of a range, or the text that is looked for in `low`.
        kept: filters on this column that the field cannot show; they travel along.
    """

    column: Column
    shape: str
    low: str = ""
    high: str = ""
    options: tuple[Option, ...] = ()
    kept: tuple[str, ...] = ()
    is_used: bool = False

    @property
    def name(self) -> str:
        """Its name in the form."""
        return f"q.{self.column.code}"


def filter_fields(state: ListState) -> list[FilterField]:
    """The fields of every column that can be filtered."""
    return [_field(column, state) for column in state.definition.columns if column.is_filterable]


def _field(column: Column, state: ListState) -> FilterField:
    held = [one for one in state.all_filters if one.column.code == column.code]
    shape = SHAPES.get(column.kind, "range")
    shown = [one for one in held if _fits(one, shape)][:1]
    kept = tuple(one.text for one in held if one not in shown)
    low, high = _ends(shown[0]) if shown and shape in ("text", "range") else ("", "")
    options = tuple(_options(column, shown)) if shape in ("choice", "yes-no") else ()
    return FilterField(column, shape, low, high, options, kept, is_used=bool(held))


def _fits(one: Filter, shape: str) -> bool:
    known = {"text": ("contains",), "range": ("min", "max", "from", "until", "between"), "yes-no": ("is",)}
    return one.operation in known.get(shape, ("is", "empty"))


def _ends(one: Filter) -> tuple[str, str]:
    written = [_as_typed(value) for value in one.values]
    if one.operation == "between":
        return written[0], written[1]
    return ("", written[0]) if one.operation in ("max", "until") else (written[0], "")


def _as_typed(value: object) -> str:
    if isinstance(value, Decimal):
        places = max(0, -int(value.as_tuple().exponent))
        return decimal_number(value, places)
    return value.isoformat() if isinstance(value, date) else str(value)


def _options(column: Column, shown: list[Filter]) -> Iterator[Option]:
    chosen = {str(value) for one in shown for value in one.values}
    if column.kind == YES_NO:
        held = {"yes" if value else "no" for one in shown for value in one.values}
        yield from (Option(code, value_words(code == "yes", column, ""), code in held) for code in ("yes", "no"))
        return
    for value, label in column.choices() if column.choices else ():
        yield Option(str(value), label, str(value) in chosen)
    if column.has_gaps:
        yield Option(NOTHING, "", any(one.operation == "empty" for one in shown))


def asked_by_form(asked: QueryDict, definition: ListDefinition) -> ListState | None:
    """The state that a sent form asks for; None when no form was sent.

    The page then leads to the address of that state, so that what is typed and what is mailed look alike.
    """
    if APPLY not in asked:
        return None
    state = read_state(asked, definition)
    texts = [*asked.getlist("f"), *_texts(asked, definition)] if asked[APPLY] == "filter" else None
    if texts is None:
        return state.turned()
    found = [one for one in (read_filter(text, definition.by_code) for text in texts) if one is not None]
    wanted = tuple(dict.fromkeys(found))
    if all(one in wanted for one in state.view_filters):
        return state.turned(filters=tuple(one for one in wanted if one not in state.view_filters))
    return state.turned(
        view=definition.open_view,
        filters=wanted,
        sort=state.shown_sort,
        columns=tuple(column.code for column in state.shown_columns),
    )


def _texts(asked: QueryDict, definition: ListDefinition) -> Iterator[str]:
    for column in definition.columns:
        if column.is_filterable:
            yield from _text(column, asked, f"q.{column.code}")


def _text(column: Column, asked: QueryDict, name: str) -> Iterator[str]:
    if column.kind == TEXT and asked.get(name, "").strip():
        yield f"{column.code}:contains:{asked[name].strip()}"
    if column.kind == YES_NO and asked.get(name):
        yield f"{column.code}:is:{asked[name]}"
    if column.kind == CHOICE:
        values = [value for value in asked.getlist(name) if value and value != NOTHING]
        if NOTHING in asked.getlist(name):
            yield f"{column.code}:empty"
        elif values:
            yield Filter(column, "is", tuple(values)).text
    if column.kind == DATE or column.kind in FIGURES:
        yield from _range(column, asked.get(f"{name}.low", ""), asked.get(f"{name}.high", ""))


def _range(column: Column, low: str, high: str) -> Iterator[str]:
    read = typed_day if column.kind == DATE else typed_figure
    ends = [read(low), read(high)]
    words = ("from", "until") if column.kind == DATE else ("min", "max")
    if all(ends):
        yield f"{column.code}:between:{ends[0]}..{ends[1]}"
        return
    yield from (f"{column.code}:{word}:{end}" for word, end in zip(words, ends, strict=True) if end)

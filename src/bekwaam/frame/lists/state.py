"""The state of a list: which view, filters, order, columns and page. It stands in the address, whole and readable.

    ?view=slipping&f=revenue:min:15000&sort=-revenue&columns=customer,revenue,city&page=2

An address may be old, mistyped or made by hand: what it says that this list or this reader does not know is left
out and named, and the rest holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Q
from django.db.models.expressions import OrderBy
from django.http import QueryDict

from bekwaam.frame.lists.columns import Column
from bekwaam.frame.lists.definition import FixedView, ListDefinition
from bekwaam.frame.lists.filters import Filter, read_filter

MOST_FILTERS = 20
PANELS = ("filter", "columns", "view")
SHOWN_OF_UNKNOWN = 60

Sort = tuple[tuple[str, bool], ...]
"""Codes of columns, each with whether it goes down."""


@dataclass(frozen=True)
class ListState:
    """What an address asks of a list.

    Attributes:
        filters: on top of those of the view.
        sort, columns: empty where the view's own hold.
        saved: the number of the saved view that the address came from.
        panel: what is open above the table: filter, columns or view.
        left_out: pieces of the address that mean nothing here.
    """

    definition: ListDefinition
    view: FixedView
    filters: tuple[Filter, ...] = ()
    sort: Sort = ()
    columns: tuple[str, ...] = ()
    page: int = 1
    saved: int | None = None
    panel: str = ""
    left_out: tuple[str, ...] = ()

    @cached_property
    def view_filters(self) -> tuple[Filter, ...]:
        """The filters that the view brings; one on a column that this reader has not is dropped."""
        return tuple(_known_filters(self.view.filters, self.definition))

    @cached_property
    def all_filters(self) -> tuple[Filter, ...]:
        """Those of the view and those on top."""
        return self.view_filters + tuple(one for one in self.filters if one not in self.view_filters)

    @cached_property
    def condition(self) -> Q:
        """What a row must meet."""
        return together(self.all_filters)

    @cached_property
    def is_fixed(self) -> bool:
        """Whether the rows it finds cannot change while the run is in force."""
        return all(one.is_fixed for one in self.all_filters)

    @cached_property
    def shown_sort(self) -> Sort:
        """The order that holds."""
        return self.sort or tuple(_known_sort(self.view.sort, self.definition))

    @cached_property
    def shown_columns(self) -> tuple[Column, ...]:
        """The columns that are shown; the first names the row and cannot be left out."""
        known = self.definition.by_code
        first = self.definition.columns[0]
        wanted = self.columns or self.view.columns
        return (first, *(known[code] for code in wanted if code in known and code != first.code))

    def order(self, *, past_indexes: bool = False) -> list[OrderBy | str]:
        """The order for the database; the key of the row settles ties, so that no row comes on two pages."""
        known = self.definition.by_code
        by = [known[code].order(is_descending=down, past_indexes=past_indexes) for code, down in self.shown_sort]
        return [*by, "pk"]

    @property
    def query(self) -> str:
        """The state as an address has it, the page left out."""
        return urlencode(list(self._pairs()), safe=":,.~")

    @property
    def url(self) -> str:
        """The address of this state."""
        return f"{self.definition.url}?{self.query}"

    @property
    def sort_text(self) -> str:
        """The order as an address has it; empty where the view's own holds."""
        return written_sort(self.sort)

    @property
    def columns_text(self) -> str:
        """The columns as an address has them; empty where the view's own hold."""
        return ",".join(self.columns)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        yield "view", self.view.code
        yield from (("f", one.text) for one in self.filters)
        if self.sort and self.sort != tuple(_known_sort(self.view.sort, self.definition)):
            yield "sort", written_sort(self.sort)
        if self.columns and self.columns != self.view.columns:
            yield "columns", ",".join(self.columns)
        if self.saved is not None:
            yield "saved", str(self.saved)

    @property
    def is_plain(self) -> bool:
        """Whether it is a view of the room as it stands."""
        bare = ListState(self.definition, self.view)
        return replace(self, saved=None).query == bare.query

    def without(self, gone: Filter) -> ListState:
        """The state without one filter. A view that loses one of its own is that view no longer."""
        left = tuple(one for one in self.all_filters if one != gone)
        if gone not in self.view_filters:
            return self.turned(filters=tuple(one for one in self.filters if one != gone))
        return self.turned(
            view=self.definition.open_view,
            filters=left,
            sort=self.shown_sort,
            columns=tuple(column.code for column in self.shown_columns),
        )

    def sorted_by(self, column: Column) -> ListState:
        """The state that a click on a head gives: figures from high to low first, and the other way the next time."""
        down = column.is_figure or column.kind == "date"
        if self.shown_sort[:1] == ((column.code, down),):
            down = not down
        return self.turned(sort=((column.code, down),))

    def turned(self, **changes: object) -> ListState:
        """Another state of the same list, on its first page and with nothing open."""
        return replace(self, **{"page": 1, "panel": "", "left_out": (), **changes})  # type: ignore[arg-type]


def together(filters: Iterable[Filter]) -> Q:
    """All these filters at once."""
    found = Q()
    for one in filters:
        found &= one.condition()
    return found


def written_sort(sort: Sort) -> str:
    """An order as an address has it."""
    return ",".join(f"-{code}" if down else code for code, down in sort)


def read_state(asked: QueryDict, definition: ListDefinition) -> ListState:
    """The state that an address asks for; what is unknown is left out and named."""
    left_out: list[str] = []
    code = asked.get("view", "")
    view = definition.views_by_code.get(code, definition.views[0])
    if code and view.code != code:
        left_out.append(f"view={code}")
    filters = _filters(asked.getlist("f"), definition, left_out)
    saved, page = asked.get("saved", ""), asked.get("page", "")
    return ListState(
        definition=definition,
        view=view,
        filters=filters,
        sort=_sort(asked.get("sort", ""), definition, left_out),
        columns=_columns(asked.getlist("columns"), definition, left_out),
        page=int(page) if _is_short_number(page) else 1,
        saved=int(saved) if _is_short_number(saved) else None,
        panel=asked["panel"] if asked.get("panel") in PANELS else "",
        left_out=tuple(piece[:SHOWN_OF_UNKNOWN] for piece in left_out),
    )


def _is_short_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10 and int(text) > 0


def _filters(texts: list[str], definition: ListDefinition, left_out: list[str]) -> tuple[Filter, ...]:
    found: list[Filter] = []
    for text in texts:
        one = read_filter(text, definition.by_code)
        if one is None or len(found) >= MOST_FILTERS:
            left_out.append(f"f={text}")
        elif one not in found:
            found.append(one)
    return tuple(found)


def _known_filters(texts: Iterable[str], definition: ListDefinition) -> Iterator[Filter]:
    for text in texts:
        one = read_filter(text, definition.by_code)
        if one is not None:
            yield one


def _sort(text: str, definition: ListDefinition, left_out: list[str]) -> Sort:
    known = tuple(_known_sort(text, definition))
    if text and written_sort(known) != text:
        left_out.append(f"sort={text}")
    return known


def _known_sort(text: str, definition: ListDefinition) -> Iterator[tuple[str, bool]]:
    seen = set()
    for piece in text.split(",")[:4]:
        code = piece.removeprefix("-")
        column = definition.by_code.get(code)
        if column is not None and column.is_sortable and code not in seen:
            seen.add(code)
            yield code, piece.startswith("-")


def _columns(texts: list[str], definition: ListDefinition, left_out: list[str]) -> tuple[str, ...]:
    codes = list(dict.fromkeys(code for text in texts for code in text.split(",") if code))
    unknown = [code for code in codes if code not in definition.by_code]
    if unknown:
        left_out.append(f"columns={','.join(unknown)}")
    return tuple(code for code in codes if code in definition.by_code)

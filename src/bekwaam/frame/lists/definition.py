"""What a room declares about one of its lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from bekwaam.frame.lists.columns import Choices, Column
from bekwaam.frame.stand import Stand
from bekwaam.terms.actor import Actor


@dataclass(frozen=True)
class FixedView:
    """A view that the room gives: filters in words of the address, an order, and columns.

    Attributes:
        filters: such as "slipping:is:yes"; they stand on the page as chips.
        sort: such as "-revenue"; more than one with commas.
        columns: codes of the columns that it shows.
        is_summed: its totals are counted on every page of the list, for the answer above it.
        only_if: a filter that must find something, or the view is not offered.
    """

    code: str
    title: str | Promise
    filters: tuple[str, ...] = ()
    sort: str = ""
    columns: tuple[str, ...] = ()
    is_summed: bool = False
    only_if: str = ""


@dataclass(frozen=True)
class Stamps:
    """What counts are kept under: `fixed` names the run, `moving` changes with every change of a record."""

    fixed: str
    moving: str


@dataclass(frozen=True)
class BulkField:
    """A field that may be changed in many records at once; without choices it is a text."""

    code: str
    title: str | Promise
    choices: Choices | None = None
    is_clearable: bool = True


@dataclass(frozen=True, kw_only=True)
class ListDefinition:
    """One list, for one reader: the rows and columns that he may see, and the ways to look at them.

    Attributes:
        rows: every row that he may see.
        columns: those that he may see (`seen_columns`); the first names the row and is always shown.
        views: the first is where the list opens; one of them has no filters.
        key: path of what names a row in addresses and forms; with a `key_title` it is the first column of an export.
        url: the address of the list.
        link: the address of a row's record and of its preview, from its key; None where there is none.
        counted: "9 customers", from a count.
        writable: which rows he may change; None when he may change none, and then nothing can be chosen.
        stand: as of when its figures are true; none where it shows records only.
        parameters: what the cells of this list need besides their row.
    """

    code: str
    title: str | Promise
    rows: QuerySet[Any]
    columns: tuple[Column, ...]
    views: tuple[FixedView, ...]
    key: str
    key_title: str | Promise = ""
    url: str
    stamps: Stamps
    counted: Callable[[int], str]
    link: Callable[[str], str] | None = None
    preview: Callable[[str], str] | None = None
    bulk: tuple[BulkField, ...] = ()
    writable: Q | None = None
    stand: Stand | None = None
    parameters: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def whose(self) -> str:
        """The rows that the reader may see, as the database is asked for them: other rows have other words."""
        query = self.rows.query
        return "none" if query.is_empty() else str(query.sql_with_params())

    @cached_property
    def by_code(self) -> dict[str, Column]:
        """The columns by their code."""
        return {column.code: column for column in self.columns}

    @cached_property
    def views_by_code(self) -> dict[str, FixedView]:
        """The fixed views by their code."""
        return {view.code: view for view in self.views}

    @cached_property
    def open_view(self) -> FixedView:
        """The view without filters: what is left when the last filter of a view is taken away."""
        return next(view for view in self.views if not view.filters)


@dataclass(frozen=True)
class ListPlace:
    """A list as the rest of the house knows it: `lists.py` of a room gives them in `LISTS`.

    Attributes:
        url_name: its page.
        action: what one must be allowed to do to see it.
        define: the list for one reader; None while there is nothing to show.
    """

    code: str
    title: str | Promise
    url_name: str
    action: str
    define: Callable[[Actor], ListDefinition | None]


def list_places() -> dict[str, ListPlace]:
    """Every list of every room, by code."""
    found = {}
    for package in settings.BEKWAAM_ROOMS:
        if find_spec(f"{package}.lists"):
            found |= {place.code: place for place in import_module(f"{package}.lists").LISTS}
    return found

"""The cells of a row as HTML. A template tag per cell costs a page of 50 rows ten milliseconds more."""

from __future__ import annotations

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from bekwaam.frame.lists.columns import DATE, Column
from bekwaam.frame.lists.definition import ListDefinition
from bekwaam.frame.lists.rows import Cell, Row
from bekwaam.frame.lists.words import value_words


def drawn(cell: Cell, definition: ListDefinition, currency: str) -> SafeString:
    """The value as its column shows it."""
    column = cell.column
    if column.draw is not None:
        return conditional_escape(column.draw({**cell.values, "value": cell.value}, definition.parameters))
    return conditional_escape(value_words(cell.value, column, currency))


def under(cell: Cell, definition: ListDefinition) -> SafeString:
    """The grey line under the value; empty where there is none."""
    how = cell.column.under
    return conditional_escape(how({**cell.values, "value": cell.value}, definition.parameters) if how else "")


def drawn_cells(row: Row, definition: ListDefinition, currency: str) -> SafeString:
    """Every cell of a row but the first, which names it."""
    return SafeString("".join(f"{_opened(cell.column)}{drawn(cell, definition, currency)}</td>" for cell in row.cells))


def _opened(column: Column) -> str:
    css = class_of(column)
    return f'<td class="{css}">' if css else "<td>"


def class_of(column: Column) -> str:
    """How the cells of a column stand."""
    if column.is_figure:
        return "number"
    return "date" if column.kind == DATE else ""

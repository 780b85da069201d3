"""Cells of a list in a template.

{% load lists %}
{% row_cells row page company.currency %}
"""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape

from bekwaam.frame.lists.cells import drawn, drawn_cells, under
from bekwaam.frame.lists.page import ListPage, Total
from bekwaam.frame.lists.rows import Row
from bekwaam.frame.lists.state import ListState
from bekwaam.frame.lists.words import value_words

register = template.Library()


@register.simple_tag
def row_name(row: Row, page: ListPage, currency: str) -> str:
    """What names the row to the reader."""
    return drawn(row.first, page.definition, currency)


@register.simple_tag
def row_remark(row: Row, page: ListPage) -> str:
    """The grey line under the name; empty where there is none."""
    return under(row.first, page.definition)


@register.simple_tag
def row_cells(row: Row, page: ListPage, currency: str) -> str:
    """The other cells."""
    return drawn_cells(row, page.definition, currency)


@register.simple_tag
def list_total(total: Total, currency: str) -> str:
    """What stands under a column."""
    return "" if total.amount is None else conditional_escape(value_words(total.amount, total.column, currency))


@register.simple_tag
def counted(page: ListPage) -> str:
    """How many rows the whole filtered set has: "9 customers"."""
    return conditional_escape(page.definition.counted(page.summary.count))


@register.simple_tag
def url_of_open_view(page: ListPage) -> str:
    """The address of the view without filters."""
    return ListState(page.definition, page.definition.open_view).url

"""Filters and values in words, as chips and cells show them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.frame import formats
from bekwaam.frame.lists.columns import CHOICE, DATE, MONEY, NUMBER, SHARE, TEXT, YES_NO, Column
from bekwaam.frame.lists.filters import Filter

NO_VALUE: Final = "–"

PHRASES: Final = {
    "min": gettext_lazy("from %(value)s"),
    "max": gettext_lazy("up to %(value)s"),
    "above": gettext_lazy("above %(value)s"),
    "below": gettext_lazy("below %(value)s"),
    "from": gettext_lazy("from %(value)s"),
    "until": gettext_lazy("up to %(value)s"),
    "between": gettext_lazy("%(low)s to %(high)s"),
    "contains": gettext_lazy("contains “%(value)s”"),
    "not": gettext_lazy("not %(value)s"),
    "empty": gettext_lazy("not known"),
    "filled": gettext_lazy("known"),
}


def filter_words(one: Filter, currency: str) -> str:
    """What the filter asks, behind the title of its column: "from € 15.000"."""
    told = [_typed_words(value, one.column, currency) for value in one.values]
    if one.operation == "between":
        return PHRASES["between"] % {"low": told[0], "high": told[1]}
    together = _one_of(told)
    phrase = PHRASES.get(one.operation)
    return str(phrase) % {"value": together} if phrase else together


def _one_of(told: list[str]) -> str:
    if len(told) < 2:
        return "".join(told)
    return _("%(some)s or %(last)s") % {"some": ", ".join(told[:-1]), "last": told[-1]}


def _typed_words(value: Any, column: Column, currency: str) -> str:
    if column.kind == SHARE:
        return value_words(float(value) / 100, column, currency)
    if column.kind == MONEY and value == value.to_integral_value():
        return formats.money(value, currency, "whole")
    if column.kind == NUMBER and value != value.to_integral_value():
        return formats.decimal_number(value, 1)
    return value_words(value, column, currency)


def value_words(value: Any, column: Column, currency: str) -> str:
    """A value as its cell shows it; a dash where there is none."""
    if value is None or value == "":
        return NO_VALUE
    return WORDS[column.kind](value, column, currency)


def _choice(value: Any, column: Column, _currency: str) -> str:
    return str(column.label(value)) if column.label else str(value)


def _day(value: date, _column: Column, _currency: str) -> str:
    return formats.day(value)


def _yes_no(value: bool, column: Column, _currency: str) -> str:
    if column.label:
        return str(column.label("yes" if value else "no"))
    return _("yes") if value else _("no")


WORDS: Final[dict[str, Callable[[Any, Column, str], str]]] = {
    TEXT: lambda value, _column, _currency: str(value),
    NUMBER: lambda value, _column, _currency: formats.whole_number(value),
    MONEY: lambda value, _column, currency: formats.money(value, currency, "whole"),
    SHARE: lambda value, _column, _currency: formats.percent(value),
    DATE: _day,
    CHOICE: _choice,
    YES_NO: _yes_no,
}

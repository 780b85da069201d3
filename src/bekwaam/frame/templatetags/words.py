"""Figures, days and counts in a template, as the reader writes them.

    {% load words %}
    {{ reading.revenue_year|whole_money:company }} · {{ reading.chance|percent }} · {{ run.as_of|day }}

What is None stays empty: say in words what is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django import template
from django.template import Context

from bekwaam.frame import formats, numerals
from bekwaam.frame.stand import Stand
from bekwaam.frame.stand import stand_in_words as words_of

register = template.Library()


def _filter(function: Callable[..., str]) -> Callable[..., str]:
    """Register a filter that leaves None, and what a template could not find, empty."""

    @register.filter(name=function.__name__)
    @wraps(function)
    def careful(value: Any, *argument: Any) -> str:
        return "" if value is None or value == "" else function(value, *argument)

    return careful


def _currency(company: Any) -> str:
    """The currency of a company, or a currency as it is."""
    return str(getattr(company, "currency", company))


@_filter
def money(amount: Any, company: Any) -> str:
    """€ 38.412,50"""
    return formats.money(amount, _currency(company), "exact")


@_filter
def whole_money(amount: Any, company: Any) -> str:
    """€ 412.000"""
    return formats.money(amount, _currency(company), "whole")


@_filter
def short_money(amount: Any, company: Any) -> str:
    """€ 14,2 miljoen"""
    return formats.money(amount, _currency(company), "short")


@_filter
def signed_money(amount: Any, company: Any) -> str:
    """+€ 1.200"""
    return formats.money(amount, _currency(company), "whole", signed=True)


@_filter
def short_amount(amount: Any, like: Any) -> str:
    """13,6 beside € 14,2 miljoen"""
    return formats.short_amount(amount, like=like)


@register.simple_tag
def short_range(company: Any, mean: Any, low: Any, high: Any) -> formats.ShortRange:
    """`{% short_range company mean low high as told %}`: told.mean € 1,04 miljoen, told.low 1,02, told.high 1,06"""
    return formats.short_range(mean, low, high, _currency(company))


@_filter
def number(value: Any) -> str:
    """1.284"""
    return formats.whole_number(value)


@_filter
def signed(value: Any) -> str:
    """+110"""
    return formats.whole_number(value, signed=True)


@_filter
def decimal(value: Any, places: int) -> str:
    """1,94"""
    return formats.decimal_number(value, places)


@_filter
def percent(share: Any, places: int = 0) -> str:
    """80 %"""
    return formats.percent(share, places)


@_filter
def signed_percent(share: Any, places: int = 0) -> str:
    """+5 %"""
    return formats.percent(share, places, signed=True)


@_filter
def day(value: date) -> str:
    """28-02-2026"""
    return formats.day(value)


@_filter
def day_and_month(value: date) -> str:
    """3 maart"""
    return formats.day_and_month(value)


@_filter
def long_day(value: date) -> str:
    """maandag 21 september 2026"""
    return formats.long_day(value)


@_filter
def month(value: date) -> str:
    """maart 2026"""
    return formats.month_name(value)


@_filter
def moment(value: datetime) -> str:
    """14-09-2026 16.20"""
    return formats.day_and_time(value)


@_filter
def stand(value: datetime) -> str:
    """stand van 3 maart 07.12"""
    return formats.stand(value)


@_filter
def stand_in_words(known: Stand) -> str:
    """Of a run: stand van 3 maart 07.12"""
    return words_of(known)


@register.inclusion_tag("frame/_stand.html", takes_context=True)
def stand_line(context: Context, how_url: str = "") -> dict[str, Any]:
    """As of when and from which data the page speaks: its own `run`, else what is in force everywhere."""
    known = context.get("run") or getattr(context.get("frame"), "stand", None)
    return {"known": known, "how_url": how_url}


@_filter
def country(code: str) -> str:
    """Duitsland"""
    return formats.country_name(code)


@_filter
def in_words(count: int) -> str:
    """negen"""
    return numerals.in_words(count)


@_filter
def first_in_words(count: int) -> str:
    """Vierenvijftig"""
    return numerals.in_words(count, first=True)


@_filter
def capital(text: Any) -> str:
    """Stand van 3 maart 07.12"""
    return numerals.capital(str(text))


@_filter
def names(every: Iterable[str]) -> str:
    """A, B en C"""
    return formats.names_in_list(every)

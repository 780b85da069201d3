"""Small pictures in a template, drawn on the server.

{% load pictures %}
{% rhythm row.recent_order_days until=run.as_of months=18 low=row.usual_low_days high=row.usual_high_days %}
{% money_range company mean=year.mean lo80=year.lo80 hi80=year.hi80 lo50=year.lo50 hi50=year.hi50 %}
{% share_range mean=0.31 lo80=0.22 hi80=0.41 reference=0.72 reference_label=_("usual") %}
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template

from bekwaam.frame import formats
from bekwaam.frame.range_line import Number, Range, range_line
from bekwaam.frame.rhythm import Look
from bekwaam.frame.rhythm import rhythm as drawn_rhythm
from bekwaam.terms.month import Month

register = template.Library()


@register.inclusion_tag("frame/_rhythm.html")
def rhythm(order_days: Iterable[date | str], until: date, months: int = 18, **how: Any) -> dict[str, Any]:
    """The rhythm of one customer up to `until`.

    `low` and `high`: after how many days an order usually comes; `sizes`: one amount per order day; `first`: where
    the strip begins; `look` and `was_named`: the day of a look back; `large`: full width with months under it.
    """
    first = how.get("first") or Month.of(until).plus(-months).first
    low, high = how.get("low"), how.get("high")
    look = Look(how["look"], bool(how.get("was_named"))) if how.get("look") else None
    drawn = drawn_rhythm(
        order_days or (),
        first=first,
        until=until,
        expected_days=(low, high) if low is not None and high is not None else None,
        sizes=how.get("sizes") or None,
        look=look,
    )
    return {"rhythm": drawn, "large": bool(how.get("large"))}


@register.inclusion_tag("frame/_range.html")
def money_range(company: Any, **known: Any) -> dict[str, Any]:
    """A range of amounts; the figures stand at the scale of the expected value: 13,6 · 14,2 · 14,8."""
    mean = known["mean"]
    line = range_line(Range(**known), write=lambda value: formats.short_amount(value, like=mean))
    words = _words(known, lambda value: formats.money(value, getattr(company, "currency", company), "short"))
    return {"range": line, **words}


@register.inclusion_tag("frame/_range.html")
def share_range(**known: Any) -> dict[str, Any]:
    """A range of shares (0 to 1) on a line from 0 to 100 %."""
    line = range_line(Range(**known), write=formats.percent, axis=(0, 1))
    return {"range": line, **_words(known, formats.percent)}


def _words(known: dict[str, Any], write: Any) -> dict[str, str]:
    ends: tuple[Number | None, Number | None] = known.get("lo80"), known.get("hi80")
    return {
        "mean_words": write(known["mean"]),
        "low_words": "" if ends[0] is None else write(ends[0]),
        "high_words": "" if ends[1] is None else write(ends[1]),
    }

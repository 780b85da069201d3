"""The fan: what was sold, what is expected, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NotRequired, Required, TypedDict, Unpack

from django.utils.translation import gettext as _

from bekwaam.frame.charts.scale import Chart, Number, Scale, Series, floats, ticks, written
from bekwaam.frame.formats import month_name, percent


class FanSeries(TypedDict):
    """What a fan shows: per month what was sold, what is expected, and the ends of its bands; None where unknown.

    `budget` is a value per month to hold it against; `previous` is what the last snapshot expected of the last month.
    """

    months: Required[Sequence[date]]
    actual: Required[Series]
    mean: Required[Series]
    lo80: Required[Series]
    hi80: Required[Series]
    lo50: NotRequired[Series | None]
    hi50: NotRequired[Series | None]
    budget: NotRequired[Series | None]
    previous: NotRequired[Number | None]
    unit: NotRequired[str]


def fan_chart(**series: Unpack[FanSeries]) -> Chart:
    """Solid what is known, dotted what is expected, a dark band for 50 % and a light one for 80 %.

    `unit` is a currency (EUR) or a word (orders). The dotted line and the bands begin at the last known value.
    """
    months, actual = series["months"], series["actual"]
    known = max((place for place, value in enumerate(actual) if value is not None), default=-1)
    scale = Scale.of(series.get("unit", ""), actual, series["mean"], series["lo80"], series["hi80"])
    picture = {
        "kind": "fan",
        "labels": ticks(months),
        "actual": floats(actual),
        "mean": _joined(series["mean"], actual, known),
        "band80": _band(series["lo80"], series["hi80"], actual, known),
        "band50": _band(series.get("lo50"), series.get("hi50"), actual, known),
        "budget": floats(series.get("budget") or ()),
        "previous": floats([series.get("previous")])[0],
        "known": known,
        "words": _words(),
    }
    return scale.chart(picture, _fan_table(series, scale), words=_told(series, scale))


def _words() -> dict[str, str]:
    return {
        "actual": _("so far"),
        "mean": _("expected"),
        "budget": _("budget"),
        "previous": _("previous snapshot"),
        "band80": _("%(share)s chance") % {"share": percent(0.8)},
        "band50": _("%(share)s chance") % {"share": percent(0.5)},
    }


def _told(series: FanSeries, scale: Scale) -> str:
    """The last month in one sentence; empty where nothing is expected of it."""
    last = [column[-1] if column else None for column in (series["mean"], series["lo80"], series["hi80"])]
    if any(value is None for value in last):
        return ""
    expected, low, high = (scale.said(value) for value in last if value is not None)
    values = {"month": month_name(series["months"][-1]), "expected": expected, "low": low, "high": high}
    told = _("%(month)s: %(expected)s expected; 80%% chance: between %(low)s and %(high)s.") % values
    return f"{told} {scale.scaled_unit}".strip()


def _joined(values: Series, actual: Series, known: int) -> list[float | None]:
    """The expected values, beginning at the last known one so that the two lines meet."""
    found = floats(values)
    if known >= 0 and any(value is not None for value in found[known + 1 :]):
        found[known] = float(actual[known] or 0)
    return [None if place < known else value for place, value in enumerate(found)]


def _band(low: Series | None, high: Series | None, actual: Series, known: int) -> list[list[float] | None]:
    if low is None or high is None or all(value is None for value in low):
        return []
    lows, highs = _joined(low, actual, known), _joined(high, actual, known)
    return [None if a is None or b is None else [a, b] for a, b in zip(lows, highs, strict=True)]


def _fan_table(series: FanSeries, scale: Scale) -> dict[str, Any]:
    chance_from = _("%(share)s chance: from") % {"share": percent(0.8)}
    heads = [_("Month"), _("Actual"), _("Expected"), chance_from, _("to")]
    columns = [series["actual"], series["mean"], series["lo80"], series["hi80"]]
    if budget := series.get("budget"):
        heads.append(_("Budget"))
        columns.append(budget)
    rows = [
        [month_name(month), *(written(column[place]) for column in columns)]
        for place, month in enumerate(series["months"])
    ]
    return scale.table(heads, rows)

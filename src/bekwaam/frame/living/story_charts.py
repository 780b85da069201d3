"""The figures behind the example charts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _

from bekwaam.frame.bars import Bars, Part, bars, bridge
from bekwaam.frame.charts import (
    Axis,
    Chart,
    Dot,
    bar_chart,
    fan_chart,
    line_chart,
    matrix_chart,
    small_multiples,
    waterfall_chart,
    whale_chart,
)
from bekwaam.frame.charts.scale import ticks
from bekwaam.frame.formats import whole_number

MONTHS: Final = [date(2026, month, 1) for month in range(1, 13)]
ACTUAL: Final = (-10, -45, -60, -90, -105, -135, -170, -215, -220)
EXPECTED: Final = (-280, -330, -400)
HALF_80: Final = (230, 400, 600)


def charts() -> dict[str, Chart | Bars]:
    """Every kind of chart, by its name."""
    return {
        "fan": _fan(),
        "waterfall": waterfall_chart(*_steps(1_000), unit="EUR"),
        "parts": bars(_parts(), write=partial(whole_number, signed=True)),
        "bridge": bridge(*_steps(1), write=whole_number),
        "whale": whale_chart(_profits(), unit="EUR", of_what=_("customers")),
        "matrix": _matrix(),
        "lines": line_chart(ticks(MONTHS[:9]), _lines(), unit="EUR"),
        "bars": _bars(),
        "multiples": _multiples(),
    }


def _bars() -> Chart:
    by_month = [1_000 * (now - before) for now, before in zip(ACTUAL, (0, *ACTUAL), strict=False)]
    return bar_chart(ticks(MONTHS[:9]), by_month, name=_("ahead of budget"), unit="EUR")


def _fan() -> Chart:
    nothing: list[Any] = [None] * len(ACTUAL)
    return fan_chart(
        months=MONTHS,
        actual=[value * 1_000 for value in ACTUAL] + [None] * len(EXPECTED),
        mean=nothing + [value * 1_000 for value in EXPECTED],
        lo80=nothing + [(value - half) * 1_000 for value, half in zip(EXPECTED, HALF_80, strict=True)],
        hi80=nothing + [(value + half) * 1_000 for value, half in zip(EXPECTED, HALF_80, strict=True)],
        lo50=nothing + [(value - half // 2) * 1_000 for value, half in zip(EXPECTED, HALF_80, strict=True)],
        hi50=nothing + [(value + half // 2) * 1_000 for value, half in zip(EXPECTED, HALF_80, strict=True)],
        budget=[0] * 12,
        previous=-220_000,
        unit="EUR",
    )


def _steps(size: int) -> tuple[Part, list[Part], Part]:
    steps = [
        Part(_("Higher prices"), 110 * size),
        Part(_("New customers"), 140 * size),
        Part(_("German machine builders"), -310 * size),
        Part(_("Lapsed outside Germany"), -185 * size),
        Part(_("Postponed projects"), -155 * size),
    ]
    return Part(_("Budget"), 14_600 * size), steps, Part(_("Expected"), 14_200 * size)


def _parts() -> list[Part]:
    return [
        Part(_("123 days silent"), -38),
        Part(_("filters 22% lower"), -8),
        Part(_("Customer since 2009"), 5),
    ]


def _profits() -> list[Decimal]:
    """Forty customers: a few earn most, the last ones cost money."""
    return [Decimal(round(92_000 * 0.86**place) - 900 * max(place - 22, 0)) for place in range(40)]


def _matrix() -> Chart:
    dots = [
        Dot(_("delivery time"), Decimal("7.1"), Decimal("4.6"), 5),
        Dot(_("advice"), Decimal("8.2"), Decimal("4.2"), 4),
        Dot(_("price"), Decimal("6.1"), Decimal("3.9"), 5),
        Dot(_("complaints"), Decimal("5.4"), Decimal("4.4"), 3),
        Dot(_("web shop"), Decimal("6.4"), Decimal("2.1"), 2),
        Dot(_("invoice"), Decimal("8.4"), Decimal("2.6"), 2),
        Dot(_("packaging"), Decimal("7.7"), Decimal("1.8"), 1),
    ]
    return matrix_chart(
        dots,
        across=Axis(_("how we do it"), cut=7, low=5, high=9, places=1),
        up=Axis(_("how much it matters"), cut=3, low=1, high=5, places=1),
        corners=(_("improve first"), _("keep it up"), _("leave it"), _("do less")),
    )


def _lines() -> dict[str, list[int | None]]:
    names = (_("Filters"), _("Pumps"), _("Seals"), _("Service"), _("Valves"), _("Hoses"), _("Tools"), _("Oil"))
    starts = (84_000, 61_000, 43_000, 33_000, 22_000, 14_000, 5_000, 3_000)
    slopes = (-1_600, 900, 450, 800, -500, 250, 60, -40)
    return {
        name: [start + slope * month + (month * 7 + at * 5) % 6 * start // 90 for month in range(9)]
        for at, (name, start, slope) in enumerate(zip(names, starts, slopes, strict=True))
    }


def _multiples() -> Chart:
    names = (_("North"), _("East"), _("South"), _("West"), _("Germany"), _("Belgium"), _("France"), _("Denmark"))
    levels = (62, 84, 71, 55, 96, 38, 24, 17)
    slopes = (1, 2, -1, 0, -5, 1, 2, 1)
    panels = {
        name: [1_000 * (level + slope * month + (month * 5 + at) % 4 * level // 30) for month in range(9)]
        for at, (name, level, slope) in enumerate(zip(names, levels, slopes, strict=True))
    }
    before = {
        name: [1_000 * (level + month % 3 * level // 40) for month in range(9)]
        for name, level in zip(names, levels, strict=True)
    }
    return small_multiples(ticks(MONTHS[:9]), panels, before=before, unit="EUR")

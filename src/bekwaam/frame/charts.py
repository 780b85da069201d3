"""Charts as small specifications: what to draw in our own words, and a table that says the same.

The script `chart.js` draws `picture`; `_chart.html` shows `table` to who cannot see it or has no script. Figures are
made floats for drawing only: the table is written from what was given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NotRequired, Required, TypedDict, Unpack

from django.utils.translation import gettext as _

from bekwaam.frame.formats import currency_symbol, month_name, month_short, percent, whole_number
from bekwaam.frame.languages import HARD_SPACE, language

Number = Decimal | int | float
Series = Sequence[Number | None]
Chart = dict[str, Any]
"""`picture` (drawn by the script), `unit` (said beside the title), `table` (columns, rows and their unit)."""

THOUSANDS_FROM: Final = 20_000
MILLIONS_FROM: Final = 20_000_000
MOST_LINES: Final = 6
NOTHING: Final = "–"


class FanSeries(TypedDict):
    """What a fan shows: per month what was sold, what is expected, and the ends of its bands; None where unknown."""

    months: Required[Sequence[date]]
    actual: Required[Series]
    mean: Required[Series]
    lo80: Required[Series]
    hi80: Required[Series]
    lo50: NotRequired[Series | None]
    hi50: NotRequired[Series | None]
    unit: NotRequired[str]


def fan_chart(**series: Unpack[FanSeries]) -> Chart:
    """Solid what is known, dotted what is expected, a dark band for 50 % and a light one for 80 %.

    `unit` is a currency (EUR) or a word (orders). The dotted line and the bands begin at the last known value.
    """
    months, actual = series["months"], series["actual"]
    known = max((place for place, value in enumerate(actual) if value is not None), default=-1)
    scale = _Scale.of(series.get("unit", ""), actual, series["mean"], series["lo80"], series["hi80"])
    picture = {
        "kind": "fan",
        "labels": _ticks(months),
        "actual": _floats(actual),
        "mean": _joined(series["mean"], actual, known),
        "band80": _band(series["lo80"], series["hi80"], actual, known),
        "band50": _band(series.get("lo50"), series.get("hi50"), actual, known),
        "known": known,
        "words": {
            "actual": _("so far"),
            "mean": _("expected"),
            "band80": _("%(share)s chance") % {"share": percent(0.8)},
            "band50": _("%(share)s chance") % {"share": percent(0.5)},
        },
    }
    return scale.chart(picture, _fan_table(series, scale))


def line_chart(labels: Sequence[str], lines: Mapping[str, Series], *, unit: str = "") -> Chart:
    """One line per name, at most six; None leaves a gap.

    Raises:
        ValueError: more than six lines, whose colours could not be told apart.
    """
    if len(lines) > MOST_LINES:
        raise ValueError("at most six lines can be told apart")
    scale = _Scale.of(unit, *lines.values())
    picture = {
        "kind": "line",
        "labels": list(labels),
        "lines": [{"name": name, "values": _floats(values)} for name, values in lines.items()],
    }
    rows = [[label, *(_written(values[place]) for values in lines.values())] for place, label in enumerate(labels)]
    return scale.chart(picture, _table(["", *lines], rows, scale))


def bar_chart(labels: Sequence[str], values: Series, *, name: str, unit: str = "") -> Chart:
    """One upright bar per label; what is below zero has the colour of loss."""
    scale = _Scale.of(unit, values)
    picture = {"kind": "bar", "labels": list(labels), "name": name, "values": _floats(values)}
    rows = [[label, _written(value)] for label, value in zip(labels, values, strict=True)]
    return scale.chart(picture, _table(["", name], rows, scale))


class _Scale:
    """By how much the figures on the axis are divided, and how that is said."""

    def __init__(self, unit: str, divisor: int) -> None:
        self.divisor = divisor
        spoken = language()
        is_currency = len(unit) == 3 and unit.isupper()
        self.unit = currency_symbol(unit, spoken.code) if is_currency else unit
        self.scaled_unit = self.unit
        if divisor == 1_000:
            gap = spoken.after_symbol if is_currency else HARD_SPACE
            before = f"{self.unit}{gap}" if self.unit else ""
            self.scaled_unit = f"×{HARD_SPACE}{before}{whole_number(1_000)}"
        elif divisor == 1_000_000:
            self.scaled_unit = f"{self.unit}{HARD_SPACE}{spoken.million}".strip(HARD_SPACE)

    @classmethod
    def of(cls, unit: str, *series: Series) -> _Scale:
        largest = max((abs(float(value)) for values in series for value in values if value is not None), default=0.0)
        if largest >= MILLIONS_FROM:
            return cls(unit, 1_000_000)
        return cls(unit, 1_000 if largest >= THOUSANDS_FROM else 1)

    def chart(self, picture: dict[str, Any], table: dict[str, Any]) -> Chart:
        drawn = {**picture, "divisor": self.divisor, "unit": self.scaled_unit, "language": language().code}
        return {"picture": drawn, "unit": self.scaled_unit, "table": table}


def _ticks(months: Sequence[date]) -> list[str]:
    """Short months; January, and the first, carry their year."""
    return [
        f"{month_short(month)}\n{month.year}" if month.month == 1 or place == 0 else month_short(month)
        for place, month in enumerate(months)
    ]


def _floats(values: Series) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def _joined(values: Series, actual: Series, known: int) -> list[float | None]:
    """The expected values, beginning at the last known one so that the two lines meet."""
    found = _floats(values)
    if known >= 0 and any(value is not None for value in found[known + 1 :]):
        found[known] = float(actual[known] or 0)
    return [None if place < known else value for place, value in enumerate(found)]


def _band(low: Series | None, high: Series | None, actual: Series, known: int) -> list[list[float] | None]:
    if low is None or high is None or all(value is None for value in low):
        return []
    lows, highs = _joined(low, actual, known), _joined(high, actual, known)
    return [None if a is None or b is None else [a, b] for a, b in zip(lows, highs, strict=True)]


def _fan_table(series: FanSeries, scale: _Scale) -> dict[str, Any]:
    chance_from = _("%(share)s chance: from") % {"share": percent(0.8)}
    values = (series["actual"], series["mean"], series["lo80"], series["hi80"])
    rows = [
        [month_name(month), *(_written(column[place]) for column in values)]
        for place, month in enumerate(series["months"])
    ]
    return _table([_("Month"), _("Actual"), _("Expected"), chance_from, _("to")], rows, scale)


def _table(columns: Sequence[str], rows: list[list[str]], scale: _Scale) -> dict[str, Any]:
    return {"columns": list(columns), "rows": rows, "unit": scale.unit}


def _written(value: Number | None) -> str:
    return NOTHING if value is None else whole_number(value)

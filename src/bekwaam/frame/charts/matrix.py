"""The matrix: things by two measures, with a line across each, so that four corners can be named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bekwaam.frame.charts.scale import Chart, Number, Scale
from bekwaam.frame.formats import decimal_number


@dataclass(frozen=True)
class Axis:
    """One measure: its name, where the dividing line lies, its ends, and with how many decimals it is written."""

    name: str
    cut: Number
    low: Number | None = None
    high: Number | None = None
    places: int = 0
    unit: str = ""

    def written(self, value: Number) -> str:
        """A value on this axis."""
        return decimal_number(value, self.places)

    def drawn(self) -> dict[str, Any]:
        """What the script needs."""
        ends = {name: None if value is None else float(value) for name, value in self._ends()}
        return {"name": self.name, "cut": float(self.cut), "places": self.places, "unit": self.unit, **ends}

    def _ends(self) -> list[tuple[str, Number | None]]:
        return [("low", self.low), ("high", self.high)]


@dataclass(frozen=True)
class Dot:
    """One thing and its two values; `weight` makes its dot larger."""

    label: str
    x: Number
    y: Number
    weight: Number = 1


Corners = tuple[str, str, str, str]
"""What the corners are called: left above, right above, left below, right below."""


def matrix_chart(dots: Sequence[Dot], *, across: Axis, up: Axis, corners: Corners) -> Chart:
    """Every dot by its two values, with the name of its corner; a value on a line counts as above it."""
    heaviest = max((float(dot.weight) for dot in dots), default=1.0) or 1.0
    picture = {
        "kind": "matrix",
        "dots": [
            {"name": dot.label, "at": [float(dot.x), float(dot.y)], "weight": float(dot.weight) / heaviest}
            for dot in dots
        ],
        "across": across.drawn(),
        "up": up.drawn(),
        "corners": list(corners),
    }
    scale = Scale("", 1)
    rows = [[dot.label, across.written(dot.x), up.written(dot.y), _corner(dot, across, up, corners)] for dot in dots]
    table = scale.table(["", across.name, up.name, _("corner")], rows) | {"last_is_text": True}
    return scale.chart(picture, table, words=_told(rows, corners))


def _corner(dot: Dot, across: Axis, up: Axis, corners: Corners) -> str:
    return corners[(dot.y < up.cut) * 2 + (dot.x >= across.cut)]


def _told(rows: list[list[str]], corners: Corners) -> str:
    """How many stand in each corner."""
    return "; ".join(f"{corner}: {sum(row[-1] == corner for row in rows)}" for corner in corners)

"""Lines and upright bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from bekwaam.frame.charts.scale import Chart, Number, Scale, Series, floats, written
from bekwaam.frame.formats import names_in_list

MOST_LINES: Final = 6
"""How many colours can be told apart, also by who sees few."""


def line_chart(labels: Sequence[str], lines: Mapping[str, Series], *, unit: str = "") -> Chart:
    """One line per name; None leaves a gap. Of more than six the six largest are drawn, and the rest as one line.

    The table keeps every line by its own name.
    """
    scale = Scale.of(unit, *lines.values())
    drawn, rest = _six_and_other(lines)
    picture = {
        "kind": "line",
        "labels": list(labels),
        "lines": [{"name": name, "values": floats(values)} for name, values in drawn.items()],
        "rest": rest and {"name": _("other"), "values": floats(rest)},
    }
    rows = [[label, *(written(values[place]) for values in lines.values())] for place, label in enumerate(labels)]
    return scale.chart(picture, scale.table(["", *lines], rows), words=names_in_list(lines))


def _six_and_other(lines: Mapping[str, Series]) -> tuple[dict[str, Series], list[Number | None]]:
    if len(lines) <= MOST_LINES:
        return dict(lines), []
    by_size = sorted(lines, key=lambda name: -sum(abs(float(value or 0)) for value in lines[name]))
    chosen = {name: values for name, values in lines.items() if name in by_size[:MOST_LINES]}
    others = [lines[name] for name in by_size[MOST_LINES:]]
    return chosen, [_sum(values) for values in zip(*others, strict=True)]


def _sum(values: Sequence[Number | None]) -> Number | None:
    known = [float(value) for value in values if value is not None]
    return sum(known) if known else None


def bar_chart(labels: Sequence[str], values: Series, *, name: str, unit: str = "") -> Chart:
    """One upright bar per label; what is below zero has the colour of loss."""
    scale = Scale.of(unit, values)
    picture = {"kind": "bar", "labels": list(labels), "name": name, "values": floats(values)}
    rows = [[label, written(value)] for label, value in zip(labels, values, strict=True)]
    return scale.chart(picture, scale.table(["", name], rows), words=name)

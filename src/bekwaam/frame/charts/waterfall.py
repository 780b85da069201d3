"""The waterfall: how one total became another, step by step, on a broken base."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from bekwaam.frame.bars import Part, levels
from bekwaam.frame.charts.scale import Chart, Scale
from bekwaam.frame.formats import whole_number


def waterfall_chart(start: Part, steps: Iterable[Part], end: Part, *, unit: str = "") -> Chart:
    """From one total to another: each step begins where the one before it ended.

    Raises:
        ValueError: start and steps do not make the end.
    """
    between = list(steps)
    reached = levels(start, between, end)
    scale = Scale.of(unit, reached)
    places = zip(between, reached, reached[1:], strict=False)
    picture = {
        "kind": "waterfall",
        "labels": [str(part.label) for part in (start, *between, end)],
        "totals": [reached[0], reached[-1]],
        "steps": [[before, after] for _part, before, after in places],
    }
    rows = [[str(start.label), whole_number(start.value), ""]]
    rows += [[str(part.label), "", whole_number(part.value, signed=True)] for part in between]
    rows.append([str(end.label), whole_number(end.value), ""])
    words = "; ".join(f"{row[0]} {row[1] or row[2]}" for row in rows)
    return scale.chart(picture, scale.table(["", _("total"), _("step")], rows), words=words)

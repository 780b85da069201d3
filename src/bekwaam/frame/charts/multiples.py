"""Small multiples: the same picture for each of a few things, all on one scale, so that heights can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bekwaam.frame.charts.scale import Chart, Scale, Series, floats, written
from bekwaam.frame.formats import names_in_list

MOST_PANELS: Final = 12
WIDE, NARROW = 4, 2
"""How many stand beside each other on a desk and on a phone."""


def small_multiples(
    labels: Sequence[str], panels: Mapping[str, Series], *, unit: str = "", before: Mapping[str, Series] | None = None
) -> Chart:
    """One small line per name over the same labels; `before` draws an earlier or planned line under it.

    Raises:
        ValueError: more than twelve, which nobody compares; show the largest and a table.
    """
    if len(panels) > MOST_PANELS:
        raise ValueError("at most twelve small pictures can be compared")
    earlier = before or {}
    scale = Scale.of(unit, *panels.values(), *earlier.values())
    picture = {
        "kind": "multiples",
        "labels": list(labels),
        "panels": [
            {"name": name, "values": floats(values), "before": floats(earlier.get(name, ()))}
            for name, values in panels.items()
        ],
    }
    rows = [[label, *(written(values[place]) for values in panels.values())] for place, label in enumerate(labels)]
    chart = scale.chart(picture, scale.table(["", *panels], rows), words=names_in_list(panels))
    return chart | {"rows_wide": _rows(len(panels), WIDE), "rows_narrow": _rows(len(panels), NARROW)}


def _rows(count: int, beside: int) -> int:
    return max(1, -(-count // beside))

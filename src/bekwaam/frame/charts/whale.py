"""The whale: what customers earn us, added up from the best to the worst.

The curve rises to a peak and then falls by what the last ones cost. The height of the peak says how much more there
would be without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any, Final

from django.utils.translation import gettext as _

from bekwaam.frame.charts.scale import NOTHING, Chart, Number, Scale, written
from bekwaam.frame.formats import percent, whole_number

MOST_POINTS: Final = 200
MOST_ROWS: Final = 10


def whale_chart(values: Sequence[Number], *, unit: str = "EUR", of_what: str = "") -> Chart:
    """The running total of `values` from the largest to the smallest, with its peak.

    `of_what` names what is counted (customers). The table shows ten groups of equal size.
    """
    ordered = sorted((Decimal(str(value)) for value in values), reverse=True)
    totals = list(accumulate(ordered))
    scale = Scale.of(unit, totals)
    top = _top(totals)
    of_what = of_what or _("customers")
    picture = {
        "kind": "whale",
        "points": [[place, float(total)] for place, total in _thinned(totals, top)],
        "peak": [top + 1, float(totals[top])] if totals else None,
        "peak_words": _peak_words(totals, top, of_what),
        "of_what": of_what,
    }
    return scale.chart(picture, _table(totals, scale, of_what), words=_told(totals, top, scale, of_what))


def _top(totals: list[Decimal]) -> int:
    """The place of the first of the highest totals."""
    return totals.index(max(totals)) if totals else 0


def _thinned(totals: list[Decimal], top: int) -> list[tuple[int, Decimal]]:
    """Nothing at nought, then the totals; of a great many only some, but always the peak and the end."""
    step = max(1, len(totals) // MOST_POINTS)
    kept = sorted({*range(0, len(totals), step), top, len(totals) - 1} if totals else ())
    return [(0, Decimal(0)), *((place + 1, totals[place]) for place in kept)]


def _peak_words(totals: list[Decimal], top: int, of_what: str) -> str:
    if not totals:
        return ""
    count = f"{whole_number(top + 1)} {of_what}"
    share = _share(totals[top], totals[-1])
    return count if share == NOTHING else f"{share}\n{count}"


def _share(total: Decimal, end: Decimal) -> str:
    """A running total as a share of the whole; a share of nothing, or of a loss, says nothing."""
    return percent(total / end) if end > 0 else NOTHING


def _told(totals: list[Decimal], top: int, scale: Scale, of_what: str) -> str:
    if not totals:
        return ""
    values = {
        "best": whole_number(top + 1),
        "rest": whole_number(len(totals) - top - 1),
        "of_what": of_what,
        "peak": scale.said(totals[top]),
        "end": scale.said(totals[-1]),
        "unit": scale.scaled_unit,
    }
    if top + 1 == len(totals):
        return _("Together %(best)s %(of_what)s bring %(end)s (%(unit)s); none of them costs money.") % values
    return (
        _("The best %(best)s %(of_what)s bring %(peak)s; after the other %(rest)s %(end)s is left (%(unit)s).") % values
    )


def _table(totals: list[Decimal], scale: Scale, of_what: str) -> dict[str, Any]:
    size = max(1, -(-len(totals) // MOST_ROWS))
    rows = []
    for first in range(0, len(totals), size):
        last = min(first + size, len(totals)) - 1
        before = totals[first - 1] if first else Decimal(0)
        name = f"{whole_number(first + 1)} – {whole_number(last + 1)}" if size > 1 else whole_number(first + 1)
        rows.append([name, written(totals[last] - before), written(totals[last]), _share(totals[last], totals[-1])])
    table = scale.table([of_what, _("amount"), _("added up"), _("share of all")], rows)
    return table | {"without_unit": [_("share of all")]}

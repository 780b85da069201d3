"""What the data cover: where they begin to count, and which months are missing from them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from bekwaam.terms.month import Month

FIRST_WEEKDAYS: Final = 3
"""A period may open with so few weekdays without an order, less one: New Year and a Monday fit in, a week does not."""

FULLEST_GAPS: Final = 0.25
"""Beyond this share of months without a line the trade itself is sparse, and none of them tells of a lost export."""


def covers(first_order: date | None, start: date) -> bool:
    """Whether data that begin with `first_order` cover a period that starts on `start`.

    They do when fewer than three weekdays lie between the two: an order book is rarely opened on 1 January.

    >>> covers(date(2024, 1, 2), date(2023, 12, 30)), covers(date(2024, 1, 8), date(2024, 1, 1))
    (True, False)
    """
    if first_order is None:
        return False
    days = ((start + timedelta(days=passed)) for passed in range((first_order - start).days))
    weekdays = 0
    for day in days:
        weekdays += day.weekday() < 5
        if weekdays >= FIRST_WEEKDAYS:
            return False
    return True


def missing_months(with_lines: Collection[date], until: date) -> list[Month]:
    """The whole months between the first with a line and the month of `until` that have not one line, oldest first.

    Such a month was hardly a month in which nothing was sold: its export is missing. Two things are no hole: a month
    that is empty in another year too (an off-season), and the empty months of a trade in which more than a quarter
    are empty.

    Args:
        with_lines: the first day of every month with at least one order line of the whole company.
        until: a day in the running month, which does not count.

    >>> [str(month) for month in missing_months([date(2025, 1, 1), *(date(2025, m, 1) for m in (3, 4, 5))],
    ...                                         date(2025, 6, 9))]
    ['2025-02']
    """
    sold = {Month.of(day) for day in with_lines}
    if not sold:
        return []
    every = list(min(sold).until(Month.of(until)))
    empty = [month for month in every if month not in sold]
    holes = [month for month in empty if not any(one.month == month.month for one in empty if one != month)]
    return holes if len(holes) <= FULLEST_GAPS * len(every) else []

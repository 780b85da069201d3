"""Which row holds the headings: the first that reads like headings above rows of data. Knows nothing of formats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from bekwaam.intake.headings import is_known

LOOKED_AT: Final = 60
"""Rows with content among which the headings are sought."""

_AS_GOOD: Final = 0.8
_MOSTLY: Final = 0.6
_VALUE: Final = re.compile(
    r"[-+(]?\s*(?:[€$£]|EUR|USD|GBP)?\s*[-+]?\d[\d.,'\s]*(?:[%€)-]|EUR)?"
    r"|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[ T]\d.*)?"
    r"|\d{1,2}[- ][A-Za-z]{3,10}\.?[- ]\d{2,4}"
)
_DIGIT: Final = re.compile(r"\d")

Row = Sequence[str | None]
Known = Callable[[str], bool]


def heading_row(rows: Sequence[Row], known: Known = is_known) -> int | None:
    """The position of the heading row among the first rows, or None where no row reads like one.

    A row scores by the share of its cells that are known headings, that are words rather than values, and that
    stand above a column of values; by how many different cells it has, and how much of the table's width it fills.
    The first row that is about as good as the best wins, so a table of nothing but words begins with its headings.

    >>> heading_row([["Orders 2025", None], ["Order", "Date"], ["1", "2025-01-05"]])
    1
    """
    looked_at = [[(cell or "").strip() for cell in row] for row in rows[:LOOKED_AT]]
    width = usual_width(looked_at)
    above_values = _above_values(looked_at)
    scores = [_score(row, width, above_values[place], known) for place, row in enumerate(looked_at)]
    best = max(scores, default=0.0)
    if best <= 0:
        return None
    return next(place for place, score in enumerate(scores) if score > 0 and score >= best - _AS_GOOD)


def usual_width(rows: Sequence[Row]) -> int:
    """How many cells most rows fill, rows with a single cell aside.

    >>> usual_width([["Orders"], ["Order", "Date", "Amount"], ["1", "2025-01-05", "12.50"]])
    3
    """
    counted = Counter(filled for row in rows if (filled := sum(1 for cell in row if cell)) > 1)
    return max(counted, key=lambda filled: (counted[filled], filled), default=1)


def is_value(text: str) -> bool:
    """Whether a cell reads as a number, an amount or a date.

    >>> is_value("€ 1.234,50-"), is_value("05-01-2025"), is_value("FP-12")
    (True, True, False)
    """
    return _VALUE.fullmatch(text) is not None


def _above_values(rows: list[list[str]]) -> list[set[int]]:
    """For each row, the columns in which most of what stands below it holds a digit."""
    found: list[set[int]] = []
    filled: Counter[int] = Counter()
    digits: Counter[int] = Counter()
    for row in reversed(rows):
        found.append({place for place, count in digits.items() if count > _MOSTLY * filled[place]})
        filled.update(place for place, cell in enumerate(row) if cell)
        digits.update(place for place, cell in enumerate(row) if _DIGIT.search(cell))
    return found[::-1]


def _score(row: list[str], width: int, above_values: set[int], known: Known) -> float:
    cells = [cell for cell in row if cell]
    if not cells or (len(cells) < 2 and width > 1):
        return 0.0
    words = [cell for cell in cells if not is_value(cell)]
    recognised = sum(1 for cell in words if known(cell))
    if len(words) < _MOSTLY * len(cells) and recognised < 2:
        return 0.0
    names = sum(1 for place in above_values if place < len(row) and row[place] and not _DIGIT.search(row[place]))
    shares = 4 * recognised + len(words) + 2 * names + min(len(cells), width)
    return shares / max(width, len(cells)) + len(set(cells)) / len(cells)

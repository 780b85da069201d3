"""What separates the cells of a text file and where its headings stand, judged over many rows at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bekwaam.intake.csv_records import MARK, Separator, records_of
from bekwaam.intake.header import Known, heading_row
from bekwaam.intake.headings import is_known

SEPARATORS: Final = (";", "\t", ",", "|")
SAMPLE_LINES: Final = 500


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file is laid out.

    Attributes:
        separator: what stands between cells.
        width: cells of a row; more than there are headings where most rows go on behind the last heading.
        headings: without outer white space.
        row: the line on which the headings stand, from 1.
        first_row: the line on which the content begins: 2 behind Excel's "sep=;".
        titles: what stands above the headings, by its line.
        unread: the first line above them whose quotation marks do not pair; 0 if there is none. It may be the headings.
    """

    separator: str
    width: int
    headings: tuple[str, ...]
    row: int
    first_row: int
    titles: tuple[tuple[int, str], ...]
    unread: int = 0


def dialect_of(lines: Sequence[str], known: Known = is_known) -> Dialect | None:
    """The layout of a text file by its first lines, or None where no row reads like headings.

    Each separator is tried, quotation marks respected. The best one makes a row of headings, the more of them known
    the better, and rows below it with as many cells; so decimal commas never pass for separators, however regular.

    >>> dialect_of(["Order;Revenue\\n", "1;12,50\\n", "2;7,25\\n"]).separator
    ';'
    """
    sample = list(lines[:SAMPLE_LINES])
    named = _named_separator(sample)
    tried = [_tried(sample, sign, known, named is not None) for sign in ([named] if named else SEPARATORS)]
    best = max(tried, key=lambda one: one[0])
    return best[1]


def _named_separator(lines: list[str]) -> str | None:
    """The separator that Excel names in a first line such as `sep=;`."""
    first = lines[0].rstrip("\r\n").strip('"') if lines else ""
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") else None


def _tried(lines: list[str], sign: str, known: Known, is_named: bool) -> tuple[float, Dialect | None]:
    rows, broken = _rows(lines, sign, skip=int(is_named))
    place = heading_row([cells for _, cells in rows], known)
    if place is None:
        return 0.0, None
    row, heading = rows[place]
    if len(heading) == 1 and any(other in heading[0] for other in SEPARATORS):
        return 0.0, None
    below = [cells for _, cells in rows[place + 1 :]]
    titles = tuple((number, " ".join(cell for cell in cells if cell)[:200]) for number, cells in rows[:place])
    dialect = Dialect(
        sign, _width(heading, below, sign), tuple(heading), row, 1 + is_named, titles, _first_above(row, broken)
    )
    return _score(heading, below, titles, known), dialect


def _rows(lines: list[str], sign: str, skip: int) -> tuple[list[tuple[int, list[str]]], list[int]]:
    """The rows with content, with the line they start on, and the lines that cannot be read."""
    found: list[tuple[int, list[str]]] = []
    broken: list[int] = []
    for records in records_of(["".join(lines[skip:])], Separator(sign)):
        broken.extend(row.row + skip for row in records.broken)
        for number, joined in zip(records.numbers, records.cells, strict=True):
            cells = [cell.strip() for cell in joined.split(MARK)]
            if any(cells):
                found.append((number + skip, cells))
    return found, broken


def _first_above(row: int, broken: Sequence[int]) -> int:
    return next((number for number in broken if number < row), 0)


def _score(heading: list[str], below: list[list[str]], titles: Sequence[object], known: Known) -> float:
    recognised = sum(1 for cell in heading if cell and known(cell))
    alike = sum(1 for cells in below if len(cells) == len(heading)) / len(below) if below else 1.0
    width = min(len(heading), 50)
    one_column = 1.0 if len(heading) > 1 else 0.6 if recognised else 0.1
    return (1 + recognised) * (0.1 + alike) * (1 + width / 100) * one_column * 0.95 ** min(len(titles), 20)


def _width(heading: list[str], below: list[list[str]], sign: str) -> int:
    """Cells of a row. Under a comma, rows with more content than headings are not a wider table but decimal commas."""
    usual = max(Counter(len(cells) for cells in below).most_common(1)[0][0] if below else 0, len(heading))
    goes_on = any(any(cells[len(heading) :]) for cells in below)
    return len(heading) if sign == "," and goes_on else usual

r"""Lines of text taken apart into records, each with the line it starts on.

The csv module of the standard library does the reading, in strict mode: a quotation mark that stands where it should
not is an error there instead of swallowing the lines up to the next one. What it cannot read is looked at line by
line, so one stray mark costs at most its own row. Lines without quotation marks never go through it: replacing the
separator is three times as fast.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bekwaam.intake.raw_table import BrokenRow

MARK: Final = "\x1f"
"""Stands between the cells of a record: the "unit separator", which no system writes into a cell."""

LONGEST_RECORD: Final = 1_000
"""Lines; a quotation mark that is open for longer was never meant to open."""

_PLAIN_LINE: Final = "end\n"


@dataclass(slots=True)
class Records:
    """Records in the order of the file.

    Attributes:
        numbers: the line on which each starts, from 1.
        cells: the cells of each, with `MARK` between them.
        broken: lines that could not be read as records.
    """

    numbers: Sequence[int] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    broken: list[BrokenRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Separator:
    """What stands between cells, and how many cells a row should have; None while that is not known."""

    sign: str
    width: int | None = None


def lines_of(text: str) -> list[str]:
    r"""The lines of a text with their ends: \n, \r\n or a lone \r, and nothing else.

    >>> lines_of("a\r\nb\x0bc\n")
    ['a\r\n', 'b\x0bc\n']
    """
    return io.StringIO(text, newline="").readlines()


def records_of(texts: Iterable[str], separator: Separator) -> Iterator[Records]:
    """All records of a text that comes in pieces of whole lines."""
    carried: list[str] = []
    number = 1
    for text in texts:
        lines = [*carried, *lines_of(text.replace(MARK, " "))]
        found = None if carried else _one_per_line(lines, number, separator.sign)
        if found is None:
            found, carried = _one_by_one(lines, number, separator, is_last=False)
        number += len(lines) - len(carried)
        yield found
    if carried:
        yield _one_by_one(carried, number, separator, is_last=True)[0]


def written(cells: Sequence[str], sign: str) -> str:
    """The cells as a line of text, quoted where needed."""
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator="").writerow(cells)
    return out.getvalue()


def _one_per_line(lines: list[str], number: int, sign: str) -> Records | None:
    """The records of lines that each hold exactly one, or None where that is not so."""
    cells = [line.replace(sign, MARK) for line in lines]
    quoted = [place for place, line in enumerate(lines) if '"' in line]
    try:
        rows = list(csv.reader((lines[place] for place in quoted), delimiter=sign, strict=True))
    except csv.Error:
        return None
    if len(rows) != len(quoted):
        return None
    for place, row in zip(quoted, rows, strict=True):
        cells[place] = MARK.join(row)
    return Records(range(number, number + len(lines)), cells)


def _one_by_one(lines: list[str], number: int, separator: Separator, *, is_last: bool) -> tuple[Records, list[str]]:
    """The records of lines, and the lines at their end that may be the beginning of a longer one."""
    numbers: list[int] = []
    found = Records(numbers)
    place = 0
    while place < len(lines):
        ends: list[int] = []
        rows, is_open = _readable(lines, place, separator, ends)
        numbers.extend(number + start for start in [place, *ends[:-1]] if rows)
        found.cells.extend(MARK.join(row) for row in rows)
        place = ends[-1] if ends else place
        if place == len(lines):
            break
        if is_open and not is_last and len(lines) - place < LONGEST_RECORD:
            return found, lines[place:]
        mended = _mended(lines[place], separator)
        if isinstance(mended, str):
            found.broken.append(BrokenRow(number + place, mended, lines[place].rstrip("\r\n")))
        else:
            numbers.append(number + place)
            found.cells.append(MARK.join(mended))
        place += 1
    return found, []


def _readable(lines: list[str], first: int, separator: Separator, ends: list[int]) -> tuple[list[list[str]], bool]:
    """The records from a line on, up to one that cannot be read, and whether that one may only be unfinished.

    The position behind each record goes into `ends`.
    """
    reader = csv.reader(map(lines.__getitem__, range(first, len(lines))), delimiter=separator.sign, strict=True)
    rows: list[list[str]] = []
    start = first
    try:
        for row in reader:
            end = first + reader.line_num
            if end - start > 1 and _has_swallowed(lines[start:end], separator):
                return rows, False
            rows.append(row)
            ends.append(end)
            start = end
    except csv.Error:
        return rows, first + reader.line_num >= len(lines)
    return rows, False


def _has_swallowed(lines: list[str], separator: Separator) -> bool:
    """Whether a quotation mark swallowed whole rows: each of the lines is a complete row by itself, or too many."""
    if len(lines) > LONGEST_RECORD:
        return True
    cells = separator.width or 0
    return cells > 2 and all(line.count(separator.sign) == cells - 1 for line in lines)


def _mended(line: str, separator: Separator) -> list[str] | str:
    """The cells of a line whose quotation marks do not pair, or the code of what is wrong with it.

    A mark inside a cell or behind a quoted one is taken as a mere sign, if the row then has the right number of
    cells. A mark that opens and never closes on its line stays a fault: where its cell ends is anybody's guess.
    """
    body = line.rstrip("\r\n")
    try:
        rows = list(csv.reader([f"{body}\n", _PLAIN_LINE], delimiter=separator.sign))
    except csv.Error:
        return "row_cell_too_long"
    if len(rows) == 2:
        for row in (rows[0], body.split(separator.sign)):
            if separator.width in (None, len(row)):
                return row
    return "row_quotes"

"""How much a file may hold before it is refused: each number with its reason."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read; the defaults suit 2 cores and 4 GB.

    Attributes:
        file_mb: size of a file in MB; a larger one is refused before a byte of it is read. Five million order lines
            as CSV are about 450 MB.
        line_mb: length of one line of a text file; real lines have a few thousand characters.
        table_cells: rows times columns of a CSV or Parquet file; a cell costs about 20 bytes here.
        parts: files inside a workbook; real ones have a few dozen.
        unpacked_mb: what a workbook unpacks to; half a million order lines unpack to 165–225 MB.
        ratio: how many times its packed size a part of a workbook may be; half a million order lines reach 10,
            bombs begin near 1,000.
        sheet_cells: rows times columns up to the last cell of a sheet. The library that opens workbooks sets aside
            room for each of them, filled or not: 621 MB for this many.
        child_mb: memory of the process that opens a workbook.
        child_seconds: processor time and wall time of that process at most; a small workbook gets less.
    """

    file_mb: int = 512
    line_mb: int = 4
    table_cells: int = 50_000_000
    parts: int = 500
    unpacked_mb: int = 300
    ratio: int = 100
    sheet_cells: int = 20_000_000
    child_mb: int = 1024
    child_seconds: int = 180


DEFAULT = Limits()


def in_mb(size: int) -> int:
    """A number of bytes in whole MB, rounded up.

    >>> in_mb(1), in_mb(2 * MB)
    (1, 2)
    """
    return -(-size // MB)

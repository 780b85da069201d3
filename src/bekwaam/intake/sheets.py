"""Sheets with the same headings as one table: an export that is split over a sheet per month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from bekwaam.intake.raw_table import RawColumn, RawTable

SMALLEST_STEP: Final = 1_000


def below_each_other(tables: Sequence[RawTable]) -> RawTable:
    """The tables as one, in their order; all have the same headings.

    Rows of the first sheet keep their numbers. Those of the others begin at a round number that `details` names in
    row_offsets ("feb 1000, mrt 2000"): row 1014 is row 14 of feb.
    """
    step = _step(tables)
    places = [(table, place * step) for place, table in enumerate(tables)]
    first = tables[0]
    names = [table.details["sheet"] for table in tables]
    offsets = ", ".join(f"{name} {place * step}" for place, name in enumerate(names) if place)
    return replace(
        first,
        columns=tuple(_column([table.columns[at] for table in tables], tables) for at in range(len(first.columns))),
        rows=pl.concat([(table.rows + offset).cast(pl.UInt32) for table, offset in places]),
        details={**first.details, "sheet": ", ".join(names), "row_offsets": offsets},
        left_out=tuple(replace(left, row=left.row + offset) for table, offset in places for left in table.left_out),
        broken=tuple(replace(broken, row=broken.row + offset) for table, offset in places for broken in table.broken),
    )


def _step(tables: Sequence[RawTable]) -> int:
    """The smallest power of ten that no row number reaches."""
    last, step = max(int(table.rows[-1]) for table in tables), SMALLEST_STEP
    while step <= last:
        step *= 10
    return step


def _column(parts: Sequence[RawColumn], tables: Sequence[RawTable]) -> RawColumn:
    """One kind of cell is kept where any sheet has it."""
    heights = [len(table) for table in tables]
    texts, numbers, days = (
        _joined([getattr(part, kind) for part in parts], heights) for kind in ("texts", "numbers", "days")
    )
    return RawColumn(parts[0].heading, texts=texts, numbers=numbers, days=days)


def _joined(parts: Sequence[pl.Series | None], heights: Sequence[int]) -> pl.Series | None:
    known = next((part for part in parts if part is not None), None)
    if known is None:
        return None
    whole = [
        part if part is not None else pl.Series([None] * height, dtype=known.dtype)
        for part, height in zip(parts, heights, strict=True)
    ]
    return pl.concat([series.alias(known.name).cast(known.dtype) for series in whole])

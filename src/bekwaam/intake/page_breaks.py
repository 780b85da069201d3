"""What a list printed page by page leaves in the middle of a table: its headings once more, and rulers."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from bekwaam.intake.raw_table import LeftOut, RawTable

_RULER: Final = re.compile(r"[-=_+*|–—]{3,}")


def page_break_rows(table: RawTable) -> dict[int, LeftOut]:
    """Position (from 0) → what is left out there, for rows that repeat all headings or only draw a line."""
    repeats = dict.fromkeys(_repeats(table), "repeated_heading")
    rulers = dict.fromkeys(_rulers(table), "title")
    return {
        place: LeftOut(int(table.rows[place]), kind, table.text_at(place))
        for place, kind in sorted({**rulers, **repeats}.items())
    }


def _repeats(table: RawTable) -> list[int]:
    named = [column for column in table.columns if column.heading]
    same = pl.repeat(True, len(table), eager=True)
    for column in named:
        if column.texts is None:
            return []
        same &= column.texts.eq_missing(pl.Series([column.heading]))
        if not same.any():
            return []
    return [int(place) for place in same.arg_true()] if len(named) > 1 else []


def _rulers(table: RawTable) -> list[int]:
    texts = [column.texts for column in table.columns if column.texts is not None]
    if not texts:
        return []
    first = pl.select(pl.coalesce(pl.lit(text) for text in texts)).to_series()
    drawn = first.str.contains(r"^[-=_+*|–—]{3,}$").fill_null(value=False)
    return [int(place) for place in drawn.arg_true() if _is_ruler(table, int(place))]


def _is_ruler(table: RawTable, place: int) -> bool:
    cells = [series[place] for column in table.columns for series in column.series if series[place] is not None]
    return all(isinstance(cell, str) and _RULER.fullmatch(cell) for cell in cells)

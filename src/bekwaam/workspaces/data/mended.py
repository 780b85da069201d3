"""A file of refused rows that comes back mended: which batch its rows belong to.

Such a file lies in the middle of orders of which the other lines are in. It would look like an export that lost
nearly everything, and a line of a product that its order has twice would look like a change. So its rows are not
laid beside the lines of the batch that refused them: in one file, different rows are different lines. And it is
read as that file was: the few rows that are left seldom prove which number is the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from bekwaam.intake.decimal_sign import evidence
from bekwaam.intake.headings import is_own
from bekwaam.intake.mapping import Mapping
from bekwaam.intake.raw_table import RawColumn, RawTable
from bekwaam.intake.written_date import take_date_apart
from bekwaam.records.models import Batch

MOST_ROWS: Final = 50_000
"""Of more refused rows than this the numbers are not kept; their file is then laid beside everything."""

AMOUNTS: Final = ("quantity", "revenue", "unit_price", "cost", "unit_cost")
ORDERS: Final = ("dmy", "mdy")


@dataclass(frozen=True)
class Origin:
    """Where mended rows come from.

    Attributes:
        batches: the batches whose refused rows these are, with the batches that those came from.
        read_as: how their files were read, as a mapping of which only `date_order` and `decimal` are told.
    """

    batches: frozenset[str] = frozenset()
    read_as: dict[str, Any] = field(default_factory=dict)


def traces(
    table: RawTable, mapping: Mapping, lines: pl.DataFrame, refused_rows: Iterable[int], origin: Origin
) -> dict[str, Any]:
    """What a batch must keep so that its refused rows are known again; `lines` are the good ones."""
    rows = sorted(set(refused_rows))
    if not rows:
        return {}
    return {
        "signature": Mapping.signature(table),
        "refused_rows": rows if len(rows) <= MOST_ROWS else [],
        "mended_from": sorted(origin.batches),
        "read_as": _read_as(table, mapping, lines),
    }


def origin_of(table: RawTable, name: str) -> Origin:
    """Where the rows of a mended file come from; nothing for any other file."""
    rows = _own_rows(table)
    if not rows:
        return Origin()
    signature = Mapping.signature(table)
    refusing = Batch.objects.filter(kind="sales", state=Batch.State.DONE, rows_refused__gt=0)
    fitting = [
        batch
        for batch in refusing
        if batch.report.get("signature") == signature and rows <= set(batch.report.get("refused_rows", []))
    ]
    batches = [batch for batch in fitting if name.startswith(f"{batch.batch_id}-")] or fitting
    found = frozenset(
        batch_id for batch in batches for batch_id in (batch.batch_id, *batch.report.get("mended_from", []))
    )
    return Origin(found, batches[0].report.get("read_as", {}) if batches else {})


def _own_rows(table: RawTable) -> set[int]:
    """The row numbers that Bekwaam wrote behind the rows; the first of its own columns that holds numbers."""
    found = (_whole_numbers(column) for column in table.columns if is_own(column.heading))
    return next((rows for rows in found if rows), set())


def _whole_numbers(column: RawColumn) -> set[int]:
    cells = [cell for series in column.series for cell in series.drop_nulls().to_list()]
    texts = [str(cell).removesuffix(".0") for cell in cells]
    return {int(text) for text in texts if text.isascii() and text.isdigit()}


def _read_as(table: RawTable, mapping: Mapping, lines: pl.DataFrame) -> dict[str, Any]:
    order = _order_of_days(table, mapping.column(table, "order_date"), lines)
    columns = [column for name in AMOUNTS if (column := mapping.column(table, name)) is not None]
    signs = {sign for sign in (evidence(column).sign for column in columns) if sign is not None}
    return {
        "date_order": {"order_date": order} if order else {},
        "decimal": signs.pop() if len(signs) == 1 else mapping.decimal,
    }


def _order_of_days(table: RawTable, column: RawColumn | None, lines: pl.DataFrame) -> str | None:
    """Which order of day and month the good lines were read in; None where their texts do not tell."""
    if column is None or column.texts is None or lines.is_empty():
        return None
    written = pl.DataFrame({"source_row": table.rows, "text": column.texts}).drop_nulls()
    pairs = lines.select("source_row", "order_date").join(written, on="source_row").select("text", "order_date")
    votes: Counter[str] = Counter()
    for text, day in pairs.unique().iter_rows():
        taken = take_date_apart(text.split()[0], last_year=day.year)
        read = [order for order in ORDERS if taken is not None and taken.read(order) == day]
        votes.update(read if len(read) == 1 else [])
    return votes.most_common(1)[0][0] if votes else None

"""Order lines: from a raw table to typed lines, and a reason for each row that cannot go in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from bekwaam.intake.cells import blank, exact_repeats, faults_at
from bekwaam.intake.judgement import Ask, CompanyTerms, Judged, Progress, unwatched
from bekwaam.intake.kinds import line_kind
from bekwaam.intake.mapping import NEEDED, Mapping, missing_columns
from bekwaam.intake.order_lines import LINE_COLUMNS
from bekwaam.intake.raw_table import RawColumn, RawTable
from bekwaam.intake.refusals import ColumnFaults, collect_refusals, picked_rows, refused_mask
from bekwaam.intake.sales_amounts import amounts
from bekwaam.intake.sales_columns import NUMBERS, TEXTS, SalesColumns, read_columns
from bekwaam.intake.sales_report import report_amounts, report_counts, report_names

NO_CUSTOMER: Final = "-"


def judge_sales(table: RawTable, mapping: Mapping, terms: CompanyTerms, progress: Progress | None = None) -> Judged:
    """The order lines of a table that can go in, and why the others cannot.

    Each row becomes one line (`order_lines.LINE_COLUMNS`) or is refused with all its faults. Lines without a
    customer, without a price, returns, credits and exact repeats go in and are counted. A file without order numbers
    gets one per customer and day ("104310/2026-09-14"). With questions open the lines are a preview; without a
    column for the date or the amount there are none.

    Faults: those of `read_days`, `read_numbers` and `amounts`, and order_number_missing, date_missing,
    text_too_long (limit), no_rate (currency).

    >>> judge_sales(table, propose_mapping(table, "sales"), CompanyTerms("EUR", "NL", date(2026, 9, 21))).counts
    {'rows_read': 3, 'rows_good': 2, 'rows_refused': 1, 'blank': 0, …}
    """
    tell = progress or unwatched
    missing = missing_columns(table, mapping, frozenset(ask.field for ask in mapping.questions))
    asks = (*mapping.questions, *missing)
    if any(ask.field in {name for group in NEEDED["sales"] for name in group} for ask in asks):
        return _nothing_judged(table, asks)
    rows = _judged(read_columns(table, mapping, terms, tell), mapping)
    worth = rows.frame.select(pl.when(pl.col("currency") == terms.currency).then("revenue")).to_series()
    refusals = collect_refusals(table, rows.faults, worth)
    is_good = ~rows.is_refused & ~rows.is_blank
    good = rows.frame.filter(is_good)
    repeats = exact_repeats(rows.columns.values(), is_good)
    judged = Judged(
        lines=good.select(pl.col(name).cast(kind) for name, kind in LINE_COLUMNS.items()),
        refusals=refusals,
        refused_rows=picked_rows(table, rows.is_refused),
        asks=(*asks, *rows.asks),
        counts=report_counts(
            good,
            refusals,
            blank=int(rows.is_blank.sum()),
            repeats=repeats,
            orders_made_up="order_number" not in rows.columns,
        ),
        amounts=report_amounts(good, refusals),
        names=report_names(good),
    )
    tell("judge", 1, 1)
    return judged


@dataclass(frozen=True)
class _Rows:
    """Every row of the table, good or not."""

    frame: pl.DataFrame
    columns: dict[str, RawColumn]
    faults: list[ColumnFaults]
    asks: list[Ask]
    is_refused: pl.Series
    is_blank: pl.Series


def _judged(read: SalesColumns, mapping: Mapping) -> _Rows:
    found = amounts(read, mapping)
    frame = _with_keys(read.frame.with_columns(found.frame), read)
    is_blank = _blank_rows(read)
    faults = [*read.faults, *found.faults, *_missing_keys(read)]
    kept = [ColumnFaults(one.column, _not_at(one.faults, is_blank)) for one in faults]
    return _Rows(
        frame=frame.with_columns(kind=line_kind()),
        columns=read.columns,
        faults=kept,
        asks=[*read.asks, *found.asks],
        is_refused=refused_mask(kept, frame.height),
        is_blank=is_blank,
    )


def _with_keys(frame: pl.DataFrame, read: SalesColumns) -> pl.DataFrame:
    made_up = pl.concat_str(pl.col("customer_number").fill_null(NO_CUSTOMER), pl.col("order_date"), separator="/")
    return frame.with_columns(
        order_number=pl.col("order_number") if "order_number" in read.columns else made_up,
        country=pl.col("country_code"),
        country_as_written=pl.col("country"),
    )


def _blank_rows(read: SalesColumns) -> pl.Series:
    """Rows in which nothing stands that we read: neither good nor refused."""
    nothing = read.frame.select(pl.all_horizontal(pl.col(*TEXTS, *NUMBERS, "order_date").is_null())).to_series()
    return nothing & ~refused_mask(read.faults, read.frame.height)


def _missing_keys(read: SalesColumns) -> list[ColumnFaults]:
    date_column, order_column = read.columns["order_date"], read.columns.get("order_number")
    unread = refused_mask([one for one in read.faults if one.column is date_column], read.frame.height)
    no_date = read.frame["order_date"].is_null() & ~unread
    found = [ColumnFaults(date_column, faults_at(no_date, "date_missing"))]
    if order_column is not None:
        no_number = read.frame["order_number"].is_null()
        found.append(ColumnFaults(order_column, faults_at(no_number, "order_number_missing")))
    return found


def _not_at(faults: pl.DataFrame, mask: pl.Series) -> pl.DataFrame:
    return faults.filter(~mask.gather(faults["index"])) if faults.height else faults


def _nothing_judged(table: RawTable, asks: tuple[Ask, ...]) -> Judged:
    frame = pl.DataFrame(schema={**LINE_COLUMNS, **dict.fromkeys(TEXTS, pl.String()), "has_quantity": pl.Boolean()})
    frame = frame.with_columns(unit_price=pl.lit(None, dtype=pl.Decimal(38, 9)))
    refusals = collect_refusals(table, [])
    return Judged(
        lines=frame.select(LINE_COLUMNS.keys()),
        refusals=refusals,
        refused_rows=picked_rows(table, blank(pl.Boolean(), len(table)).fill_null(value=False)),
        asks=asks,
        counts=report_counts(frame, refusals, blank=0, repeats=0, orders_made_up=False)
        | {"rows_read": len(table.rows) + len(table.broken)},
        amounts=report_amounts(frame, refusals),
        names=report_names(frame),
    )

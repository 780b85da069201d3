"""Files of opportunities, as a CRM program or a list of one's own gives them: typed rows, and reasons for refusal."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

import polars as pl

from bekwaam.intake.cells import blank, faults_at, faults_with_value, is_filled, text_of
from bekwaam.intake.dates import read_days
from bekwaam.intake.judgement import Ask, CompanyTerms, Judged
from bekwaam.intake.mapping import NEEDED, Mapping, missing_columns
from bekwaam.intake.numbers import MONEY_LIMIT, read_numbers
from bekwaam.intake.order_lines import as_money
from bekwaam.intake.parties import MARKET_TYPES, doubled, market_types, nothing_judged
from bekwaam.intake.raw_table import RawColumn, RawTable
from bekwaam.intake.refusals import ColumnFaults, collect_refusals, picked_rows, refused_mask
from bekwaam.intake.sales_columns import decimal_signs
from bekwaam.intake.stage_words import read_stages
from bekwaam.intake.synonyms import KINDS

KIND: Final = "opportunities"
DAYS: Final = ("opened_on", "expected_on", "closed_on")
LENGTHS: Final = {"title": 200, "competitor": 200, "reason": 300}
KEY_LENGTH: Final = 60
YEARS_AHEAD: Final = timedelta(days=5 * 365)
"""How far ahead an opportunity may be expected: a tender for years to come is no slip of the pen."""

COLUMNS: Final[dict[str, pl.DataType]] = {
    "number": pl.String(),
    "title": pl.String(),
    "customer_number": pl.String(),
    "stage": pl.String(),
    "amount": pl.Decimal(18, 2),
    "opened_on": pl.Date(),
    "expected_on": pl.Date(),
    "closed_on": pl.Date(),
    "seller_code": pl.String(),
    "competitor": pl.String(),
    "reason": pl.String(),
    "market_type": pl.String(),
    "source_row": pl.UInt32(),
}
"""One row per opportunity. Never null: number, customer_number, stage, source_row."""

_TEXTS: Final = (
    *("number", "title", "customer_number", "customer_name", "stage", "outcome", "seller_code", "seller_name"),
    *("competitor", "reason", "market_type"),
)


@dataclass(frozen=True)
class _Read:
    """Every row of the table as `COLUMNS` (customer_number as we know it), with what is wrong and what is asked."""

    rows: pl.DataFrame
    faults: list[ColumnFaults]
    asks: list[Ask] = field(default_factory=list)


def judge_opportunities(
    table: RawTable, mapping: Mapping, terms: CompanyTerms, customers: AnyMapping[str, str]
) -> Judged:
    """The opportunities of a table that can go in, and why the others cannot.

    `lines` has `COLUMNS`, one row per number. `customers` knows our customers: a number or a name in small letters →
    the number. A day of closing that stands with an open opportunity is the day on which it is expected to close. The
    chance that a file gives is left: nobody types it here.

    Faults: those of `read_days` and `read_numbers`, and key_missing, key_doubled (value, rows), customer_missing,
    customer_not_known (value), stage_missing, stage_not_known (value), market_type_unknown (value), text_too_long
    (limit).

    >>> judge_opportunities(table, propose_mapping(table, "opportunities"), terms, {"104310": "104310"}).lines.height
    3
    """
    asks = (*mapping.questions, *missing_columns(table, mapping, frozenset(ask.field for ask in mapping.questions)))
    found = {name: mapping.column(table, name) for name in KINDS[KIND]}
    columns = {name: column for name, column in found.items() if column is not None}
    if any(ask.field in {name for group in NEEDED[KIND] for name in group} for ask in asks):
        return nothing_judged(table, asks)
    is_blank = (
        ~pl.DataFrame([is_filled(one).alias(name) for name, one in columns.items()])
        .select(pl.any_horizontal(pl.all()))
        .to_series()
    )
    read = _read(table, columns, mapping, terms, customers)
    faults = [_with(one, ~is_blank) for one in read.faults]
    is_refused = refused_mask(faults, len(table))
    good = read.rows.filter(~is_refused & ~is_blank)
    lines = good.unique("number", keep="first", maintain_order=True)
    refusals = collect_refusals(table, faults, read.rows["amount"])
    refused = int(refusals["is_first"].sum())
    counts = {
        "rows_read": good.height + refused,
        "rows_good": good.height,
        "rows_refused": refused,
        "blank": int(is_blank.sum()),
        "exact_repeats": good.height - lines.height,
    }
    return Judged(lines, refusals, picked_rows(table, is_refused), (*asks, *read.asks), counts)


def _with(found: ColumnFaults, kept: pl.Series) -> ColumnFaults:
    """The faults of the rows that are kept."""
    index = kept.arg_true().cast(pl.UInt32)
    return replace(found, faults=found.faults.filter(pl.col("index").is_in(index.implode())))


def _read(
    table: RawTable,
    columns: dict[str, RawColumn],
    mapping: Mapping,
    terms: CompanyTerms,
    customers: AnyMapping[str, str],
) -> _Read:
    nothing = blank(pl.String(), len(table))
    texts = pl.DataFrame(
        {name: text_of(columns[name]) if name in columns else nothing for name in _TEXTS}
    ).with_columns(source_row=table.rows)
    days = _days(columns, mapping, terms, len(table))
    money = _money(columns, mapping, len(table))
    rows = texts.with_columns(
        days.rows.get_columns() + money.rows.get_columns(),
        customer_number=_customers(texts, customers),
        stage=_stages(texts),
        seller_code=pl.coalesce("seller_code", "seller_name"),
        market_type=market_types(texts["market_type"]),
    )
    rows = _closed(rows).select(pl.col(name).cast(kind) for name, kind in COLUMNS.items())
    faults = [
        *_text_faults(texts, columns),
        *_key_faults(table, rows, columns),
        *_customer_faults(texts, rows, columns),
    ]
    faults += [*_stage_faults(texts, rows, columns), *days.faults, *money.faults]
    return _Read(rows, faults, [*days.asks, *money.asks])


def _customers(texts: pl.DataFrame, known: AnyMapping[str, str]) -> pl.Series:
    """The number of each customer, found by the number that is written or else by the name."""
    written = texts.select(
        pl.col(name).str.to_lowercase().replace_strict(known, default=None, return_dtype=pl.String).alias(name)
        for name in ("customer_number", "customer_name")
    )
    return written.select(pl.coalesce("customer_number", "customer_name")).to_series()


def _stages(texts: pl.DataFrame) -> pl.Series:
    """The stage; won and lost may stand in a column of their own beside the last stage."""
    outcome = read_stages(texts["outcome"])
    ended = outcome.set(~outcome.is_in(["won", "lost"]).fill_null(value=True), None)
    found = pl.DataFrame({"ended": ended, "stage": read_stages(texts["stage"]), "outcome": outcome})
    return found.select(pl.coalesce("ended", "stage", "outcome")).to_series()


def _closed(rows: pl.DataFrame) -> pl.DataFrame:
    """Only what is won or lost is closed; the day of closing of the others is when they are expected to."""
    is_closed = pl.col("stage").is_in(["won", "lost"])
    return rows.with_columns(
        expected_on=pl.when(is_closed).then("expected_on").otherwise(pl.coalesce("expected_on", "closed_on")),
        closed_on=pl.when(is_closed).then(pl.coalesce("closed_on", "expected_on")),
    )


def _days(columns: dict[str, RawColumn], mapping: Mapping, terms: CompanyTerms, rows: int) -> _Read:
    ahead = replace(terms, today=terms.today + YEARS_AHEAD)
    found, faults, asks = {}, [], []
    for name in DAYS:
        if name not in columns:
            found[name] = blank(pl.Date(), rows)
            continue
        read = read_days(columns[name], name, mapping.date_order.get(name), ahead)
        found[name] = read.cells.values
        faults.append(ColumnFaults(columns[name], read.cells.faults))
        asks += [read.ask] if read.ask else []
    return _Read(pl.DataFrame(found), faults, asks)


def _money(columns: dict[str, RawColumn], mapping: Mapping, rows: int) -> _Read:
    if "amount" not in columns:
        return _Read(pl.DataFrame({"amount": blank(pl.Decimal(18, 2), rows)}), [])
    signs, asks = decimal_signs({"amount": columns["amount"]}, mapping)
    cells = read_numbers(columns["amount"], signs["amount"], limit=MONEY_LIMIT)
    amount = pl.DataFrame({"amount": cells.values}).select(as_money("amount"))
    return _Read(amount, [ColumnFaults(columns["amount"], cells.faults)], asks)


def _text_faults(texts: pl.DataFrame, columns: dict[str, RawColumn]) -> list[ColumnFaults]:
    found = []
    for name, column in columns.items():
        if name in _TEXTS and name not in ("stage", "outcome", "customer_number", "customer_name"):
            limit = LENGTHS.get(name, KEY_LENGTH)
            too_long = texts[name].str.len_chars() > limit
            found.append(ColumnFaults(column, faults_at(too_long, "text_too_long", {"limit": limit})))
    if "market_type" in columns:
        unknown = ~market_types(texts["market_type"]).is_in(MARKET_TYPES)
        told = faults_with_value(unknown, "market_type_unknown", columns["market_type"])
        found.append(ColumnFaults(columns["market_type"], told))
    return found


def _key_faults(table: RawTable, rows: pl.DataFrame, columns: dict[str, RawColumn]) -> list[ColumnFaults]:
    column = columns["number"]
    missing = ColumnFaults(column, faults_at(rows["number"].is_null(), "key_missing"))
    return [missing, doubled(table, rows.drop("source_row"), column, "number")]


def _customer_faults(texts: pl.DataFrame, rows: pl.DataFrame, columns: dict[str, RawColumn]) -> list[ColumnFaults]:
    column = columns.get("customer_number") or columns["customer_name"]
    written = texts.select(pl.coalesce("customer_number", "customer_name")).to_series()
    unknown = written.is_not_null() & rows["customer_number"].is_null()
    return [
        ColumnFaults(column, faults_at(written.is_null(), "customer_missing")),
        ColumnFaults(column, faults_with_value(unknown, "customer_not_known", column)),
    ]


def _stage_faults(texts: pl.DataFrame, rows: pl.DataFrame, columns: dict[str, RawColumn]) -> list[ColumnFaults]:
    column = columns.get("stage") or columns["outcome"]
    written = texts.select(pl.coalesce("stage", "outcome")).to_series()
    unknown = written.is_not_null() & rows["stage"].is_null()
    return [
        ColumnFaults(column, faults_at(written.is_null(), "stage_missing")),
        ColumnFaults(column, faults_with_value(unknown, "stage_not_known", column)),
    ]

"""Files of customers, products and sellers: typed rows, and a reason for each row that cannot go in."""

from __future__ import annotations

from typing import Final

import polars as pl

from bekwaam.intake.cells import blank, faults_at, faults_told, faults_with_value, text_of
from bekwaam.intake.countries import country_codes
from bekwaam.intake.judgement import Ask, Judged
from bekwaam.intake.mapping import NEEDED, Mapping, missing_columns
from bekwaam.intake.raw_table import RawColumn, RawTable
from bekwaam.intake.refusals import ColumnFaults, collect_refusals, picked_rows, refused_mask
from bekwaam.intake.synonyms import KINDS

MARKET_TYPES: Final = ("B2B", "B2R", "B2G")

LENGTHS: Final[dict[str, int]] = {
    "name": 200,
    "description": 300,
    "city": 120,
    "segment": 120,
    "customer_group": 120,
    "product_group": 120,
    "unit": 20,
}
"""The longest text of a field; keys and codes have at most 60 characters."""

CODE_LENGTH: Final = 60

_NO_COUNTRIES: Final = pl.DataFrame(schema={"country_as_written": pl.String, "lines": pl.UInt32})


def judge_parties(table: RawTable, mapping: Mapping, kind: str) -> Judged:
    """The rows of a file of customers, products or sellers that can go in, and why the others cannot.

    `lines` has the fields of the kind for which the file has a column, as text (country as ISO 3166 alpha-2 code,
    market_type as B2B, B2R or B2G), and source_row; one row per key. Rows that say the same twice go in once.

    Faults: key_missing, key_doubled (value, rows: the same key with different content), text_too_long (limit),
    market_type_unknown (value).

    >>> judge_parties(table, propose_mapping(table, "customers"), "customers").lines.columns
    ['number', 'name', 'country', 'source_row']
    """
    key = NEEDED[kind][0][0]
    asks = (*mapping.questions, *missing_columns(table, mapping, frozenset(ask.field for ask in mapping.questions)))
    found = {name: mapping.column(table, name) for name in KINDS[kind]}
    columns = {name: column for name, column in found.items() if column is not None}
    if key not in columns:
        return nothing_judged(table, asks)
    rows = pl.DataFrame({name: text_of(column) for name, column in columns.items()})
    is_blank = rows.select(pl.all_horizontal(pl.all().is_null())).to_series()
    faults = _faults(table, rows, columns, key, is_blank)
    is_refused = refused_mask(faults, rows.height)
    good = _typed(rows.with_columns(source_row=table.rows)).filter(~is_refused & ~is_blank)
    refusals = collect_refusals(table, faults)
    lines = good.unique(key, keep="first", maintain_order=True)
    counts = {
        "rows_read": good.height + int(refusals["is_first"].sum()),
        "rows_good": good.height,
        "rows_refused": int(refusals["is_first"].sum()),
        "blank": int(is_blank.sum()),
        "exact_repeats": good.height - lines.height,
    }
    names = {"countries_without_code": _without_code(rows.filter(~is_refused & ~is_blank))}
    counts["countries_without_code"] = int(names["countries_without_code"]["lines"].sum())
    return Judged(lines, refusals, picked_rows(table, is_refused), asks, counts, names=names)


def nothing_judged(table: RawTable, asks: tuple[Ask, ...]) -> Judged:
    """What comes of a file in which a column that is needed cannot be told."""
    counts = dict.fromkeys(("rows_good", "rows_refused", "blank", "exact_repeats", "countries_without_code"), 0)
    nothing = picked_rows(table, blank(pl.Boolean(), len(table)).fill_null(value=False))
    told = {"rows_read": len(table), **counts}
    names = {"countries_without_code": _NO_COUNTRIES.clear()}
    return Judged(pl.DataFrame(), collect_refusals(table, []), nothing, asks, told, names=names)


def _faults(
    table: RawTable, rows: pl.DataFrame, columns: dict[str, RawColumn], key: str, is_blank: pl.Series
) -> list[ColumnFaults]:
    found = [ColumnFaults(columns[key], faults_at(rows[key].is_null() & ~is_blank, "key_missing"))]
    for name, column in columns.items():
        limit = LENGTHS.get(name, CODE_LENGTH)
        too_long = rows[name].str.len_chars() > limit
        found.append(ColumnFaults(column, faults_at(too_long, "text_too_long", {"limit": limit})))
    if "market_type" in columns:
        column = columns["market_type"]
        unknown = ~market_types(rows["market_type"]).is_in(MARKET_TYPES)
        found.append(ColumnFaults(column, faults_with_value(unknown, "market_type_unknown", column)))
    return [*found, doubled(table, rows, columns[key], key)]


def doubled(table: RawTable, rows: pl.DataFrame, column: RawColumn, key: str) -> ColumnFaults:
    """Every row of a key that stands in the file with different content: nobody can say which is right."""
    numbered = rows.with_row_index("index").with_columns(row=table.rows).drop_nulls(key)
    different = numbered.unique(rows.columns).filter(pl.col(key).is_duplicated())[key].unique()
    doubled = numbered.filter(pl.col(key).is_in(different.implode()))
    together = doubled.with_columns(rows=pl.col("row").cast(pl.String).str.join(", ").over(key))
    told = [("key_doubled", {"value": value, "rows": at}) for value, at in together.select(key, "rows").iter_rows()]
    return ColumnFaults(column, faults_told(together["index"], told))


def _typed(rows: pl.DataFrame) -> pl.DataFrame:
    changes = {"country": country_codes, "market_type": market_types}
    return rows.with_columns(change(rows[name]).alias(name) for name, change in changes.items() if name in rows.columns)


def market_types(written: pl.Series) -> pl.Series:
    """Market types without white space and hyphens, in capitals: one of `MARKET_TYPES` where they are known."""
    return written.str.to_uppercase().str.replace_all(r"[\s-]", "")


def _without_code(rows: pl.DataFrame) -> pl.DataFrame:
    """The countries that no code fits, as written, with the number of rows."""
    if "country" not in rows.columns:
        return _NO_COUNTRIES.clear()
    written = rows.select(country_as_written="country").with_columns(code=country_codes(rows["country"]))
    unknown = written.filter(pl.col("code").is_null()).drop_nulls("country_as_written")
    counted = unknown.group_by("country_as_written").agg(lines=pl.len())
    return counted.sort("lines", "country_as_written", descending=[True, False])

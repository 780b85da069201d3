"""Order lines: which go in, which are refused and why, and what is said about them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_tables import TERMS, judged, order_table, refused_codes, table

from bekwaam.intake.judgement import CompanyTerms
from bekwaam.intake.mapping import propose_mapping
from bekwaam.intake.order_lines import LINE_COLUMNS
from bekwaam.intake.raw_table import BrokenRow, RawColumn, RawTable
from bekwaam.intake.refused_file import write_refused
from bekwaam.intake.sales import judge_sales
from bekwaam.terms.codes import CODES

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "retention" / "online_retail.parquet"
DAY = date(2026, 9, 14)


def test_a_whole_line_comes_out_typed() -> None:
    raw = table(
        {
            "Ordernr": [61877.0],
            "Regel": ["10"],
            "Datum": ["14-09-2026"],
            "Klantnr": ["0104310"],
            "Artikelcode": [" FP-12 "],
            "Verkoper": ["JV"],
            "Rayon": ["Oost"],
            "Land": ["Duitsland"],
            "Aantal": ["120"],
            "Eenheid": ["st"],
            "Nettowaarde": ["€ 2.880,00"],
            "Kostprijs totaal": ["1.900,50"],
            "Valuta": ["EUR"],
        }
    )
    found = judged(raw)
    assert found.asks == ()
    assert dict(found.lines.schema) == LINE_COLUMNS
    assert found.lines.row(0, named=True) == {
        "order_number": "61877",
        "line_number": "10",
        "order_date": DAY,
        "customer_number": "0104310",
        "product_code": "FP-12",
        "seller_code": "JV",
        "territory_code": "Oost",
        "country": "DE",
        "country_as_written": "Duitsland",
        "quantity": Decimal("120.000"),
        "unit": "st",
        "revenue": Decimal("2880.00"),
        "cost": Decimal("1900.50"),
        "currency": "EUR",
        "kind": "sale",
        "source_row": 2,
    }


def test_refusals_name_row_column_value_and_worth() -> None:
    found = judged(order_table(Datum=["31-09-2026", "15-09-2026"], Omzet=["1.912,00", "240,00"]))
    (refusal,) = found.refusals.to_dicts()
    assert json.loads(refusal.pop("values"))["earlier"] == "30-09-2026"
    assert refusal == {
        "row": 2,
        "column": "Datum",
        "value": "31-09-2026",
        "code": "date_not_in_month",
        "revenue": Decimal("1912.00"),
        "is_first": True,
    }
    assert found.counts["rows_read"] == 2
    assert found.amounts == {
        "revenue_good": Decimal("240.00"),
        "revenue_refused": Decimal("1912.00"),
        "quantity_good": Decimal("1.000"),
    }


def test_all_faults_of_a_row_are_told_and_the_row_counts_once() -> None:
    found = judged(order_table(Datum=["gisteren"], Aantal=["veel"], Omzet=["niets"], Ordernr=[None]))
    assert sorted(refused_codes(found)) == [
        "date_not_read",
        "number_not_read",
        "number_not_read",
        "order_number_missing",
    ]
    assert found.counts["rows_refused"] == found.refusals["is_first"].sum() == 1
    assert found.counts["refused_unknown"] == 1


def test_without_revenue_price_times_quantity_counts() -> None:
    raw = order_table(Prijs=["0,125", "-2,00", "0,00"], Aantal=["1", "3", "5"], Omzet=[None, None, None])
    found = judged(raw)
    assert found.lines["revenue"].to_list() == [Decimal("0.13"), Decimal("-6.00"), Decimal("0.00")]
    assert found.lines["kind"].to_list() == ["sale", "credit", "sale"]
    assert (found.counts["zero_price"], found.counts["negative_price"]) == (1, 1)


def test_a_row_without_any_amount_is_refused_and_its_worth_is_unknown() -> None:
    found = judged(order_table(Omzet=[None, "5,00"]))
    assert refused_codes(found) == ["amount_missing"]
    assert found.refusals["revenue"].to_list() == [None]
    assert found.counts["refused_unknown"] == 1


def test_an_amount_that_cannot_be_read_is_refused_once() -> None:
    found = judged(order_table(Prijs=["drie", "3,00"], Aantal=["1", "1"], Omzet=[None, None]))
    assert refused_codes(found) == ["number_not_read"]


def test_a_worth_beyond_all_bounds_is_refused() -> None:
    found = judged(order_table(Prijs=[9e12], Aantal=[1e3], Omzet=[None]))
    assert refused_codes(found) == ["number_out_of_range"]


@pytest.mark.parametrize(
    ("quantity", "revenue", "kind"),
    [(2, 10, "sale"), (0, 10, "sale"), (2, 0, "sale"), (-2, -10, "return"), (-2, 10, "return"), (0, -10, "credit")],
)
def test_the_signs_say_what_kind_of_line_it_is(quantity: int, revenue: int, kind: str) -> None:
    assert judged(order_table(Aantal=[quantity], Omzet=[revenue])).lines["kind"].to_list() == [kind]


def test_another_currency_is_refused_and_worth_nothing_that_we_know() -> None:
    found = judged(order_table(Valuta=["CHF", "EUR", None, "€"]))
    assert refused_codes(found) == ["no_rate"]
    assert json.loads(found.refusals["values"][0]) == {"currency": "CHF"}
    assert found.refusals["revenue"].to_list() == [None]
    assert found.lines["currency"].unique().to_list() == ["EUR"]


def test_a_currency_beside_the_amount_or_in_the_heading_counts() -> None:
    assert refused_codes(judged(order_table(Omzet=["$ 5,00", "€ 5,00", "5,00"]))) == ["no_rate"]
    raw = table({"Ordernr": ["1"], "Datum": [DAY], "Omzet (USD)": [5]})
    assert refused_codes(judged(raw)) == ["no_rate"]
    assert judged(raw, terms=CompanyTerms("USD", "US", TERMS.today)).lines["currency"].to_list() == ["USD"]


def test_blank_rows_are_neither_read_nor_refused() -> None:
    raw = order_table(
        **{name: [None, value] for name, value in {"Ordernr": "1", "Datum": DAY, "Klantnr": "2"}.items()},
        Artikelcode=[" ", "a"],
        Aantal=[None, 1],
        Omzet=[None, 5],
    )
    found = judged(raw)
    assert (found.counts["blank"], found.counts["rows_read"], found.refusals.height) == (1, 1, 0)


def test_a_row_that_could_not_be_split_is_refused_with_its_text() -> None:
    raw = table({"Ordernr": ["1"], "Datum": [DAY], "Omzet": [5]}, broken=[BrokenRow(3, "row_broken", 'x;"y')])
    found = judged(raw)
    assert found.counts["rows_read"] == 2
    assert found.refusals.select("row", "column", "value", "code").rows() == [(3, "", 'x;"y', "row_broken")]


def test_a_file_without_order_numbers_gets_one_per_customer_and_day() -> None:
    raw = table({"Klantnr": ["7", "7", None], "Datum": [DAY] * 3, "Omzet": [1, 2, 3]})
    found = judged(raw)
    assert found.lines["order_number"].to_list() == ["7/2026-09-14", "7/2026-09-14", "-/2026-09-14"]
    assert (found.counts["orders_made_up"], found.counts["without_customer"]) == (2, 1)


def test_a_key_that_no_record_can_hold_is_refused() -> None:
    assert refused_codes(judged(order_table(Klantnr=["9" * 61, "9" * 60]))) == ["text_too_long"]


def test_a_line_without_a_quantity_keeps_its_revenue() -> None:
    found = judged(order_table(Aantal=[None, 2]))
    assert found.lines["quantity"].to_list() == [Decimal(0), Decimal(2)]
    assert found.counts["without_quantity"] == 1


def test_without_cost_the_cost_is_null_everywhere() -> None:
    found = judged(order_table(Omzet=[5, 6]))
    assert found.lines["cost"].null_count() == 2
    assert "cost_good" not in found.amounts


@pytest.mark.parametrize(
    ("cost", "expected"),
    [
        ([6, 30, 60], [Decimal(6), Decimal(30), Decimal(60)]),
        ([6, 6, 6], [Decimal(6), Decimal(30), Decimal(60)]),
    ],
)
def test_a_cost_price_is_of_the_line_or_of_one_piece_as_the_figures_show(cost: list[int], expected: list[Any]) -> None:
    several = 8
    raw = order_table(Aantal=[1, 5, 10] * several, Omzet=[10, 50, 100] * several, Kostprijs=cost * several)
    assert judged(raw).lines["cost"].to_list() == expected * several


def test_a_cost_price_that_can_be_either_is_asked_and_the_answer_is_used() -> None:
    raw = order_table(Aantal=[2, 2], Omzet=[10, 10], Kostprijs=[3, 3])
    mapping = propose_mapping(raw, "sales")
    (ask,) = judged(raw, mapping).asks
    assert (ask.code, ask.field) == ("cost_basis", "cost")
    assert judged(raw, mapping.answered(ask, "line")).lines["cost"].to_list() == [Decimal(3)] * 2
    assert judged(raw, mapping.answered(ask, "unit")).lines["cost"].to_list() == [Decimal(6)] * 2


def test_exact_repeats_are_kept_and_counted() -> None:
    found = judged(order_table(Ordernr=["1", "1", "1", "2"]))
    assert (found.lines.height, found.counts["exact_repeats"]) == (4, 2)


def test_a_time_of_day_tells_repeats_apart_and_is_dropped(tmp_path: Path) -> None:
    moments = pl.Series([datetime(2026, 9, 14, 8), datetime(2026, 9, 14, 9), datetime(2026, 9, 14, 9)])
    raw = order_table(Ordernr=["1"] * 3, Omzet=["x", "5", "5"])
    raw = replace(raw, columns=(raw.columns[0], RawColumn("Datum", days=moments), *raw.columns[2:]))
    found = judged(raw)
    assert found.lines["order_date"].to_list() == [DAY, DAY]
    assert found.counts["exact_repeats"] == 1
    assert write_refused(tmp_path / "refused.xlsx", raw, found).exists()


def test_a_country_that_no_code_fits_is_kept_as_written_and_counted() -> None:
    found = judged(order_table(Land=["Atlantis", "EIRE", None, "België"]))
    assert found.lines["country"].to_list() == [None, "IE", None, "BE"]
    assert found.lines["country_as_written"].to_list() == ["Atlantis", "EIRE", None, "België"]
    assert found.counts["countries_without_code"] == 1
    assert found.names["countries_without_code"].rows() == [("Atlantis", 1)]


def test_each_key_gets_the_name_that_stands_on_most_lines() -> None:
    raw = order_table(
        Klantnr=["7", "7", "7", "8"], Klantnaam=["Kranswijk", "Kranswijk BV", "Kranswijk BV", None], Land=["NL"] * 4
    )
    found = judged(raw)
    assert found.names["customers"].rows() == [("7", "Kranswijk BV", "NL"), ("8", None, "NL")]


def test_a_table_without_a_date_column_is_asked_about_and_nothing_is_judged() -> None:
    found = judged(table({"Omzet": [5]}))
    assert [ask.code for ask in found.asks] == ["which_column"]
    assert found.lines.is_empty()
    assert dict(found.lines.schema) == LINE_COLUMNS


def test_an_empty_table_is_judged_without_complaint() -> None:
    found = judged(table({"Ordernr": [], "Datum": [], "Omzet": []}))
    assert (found.lines.height, found.refusals.height, found.asks) == (0, 0, ())


def test_the_order_of_the_rows_does_not_matter() -> None:
    cells: dict[str, list[Any]] = {
        "Ordernr": ["1", "2", "3", "4"],
        "Datum": ["1/2/2026", "13/2/2026", "2/14/2026", "31/9/2026"],
        "Omzet": ["1.000", "2,50", "x", "4"],
    }
    forwards, backwards = judged(table(cells)), judged(table({name: each[::-1] for name, each in cells.items()}))
    columns = [name for name in LINE_COLUMNS if name != "source_row"]
    assert forwards.lines.select(columns).sort(columns).equals(backwards.lines.select(columns).sort(columns))
    assert sorted(refused_codes(forwards)) == sorted(refused_codes(backwards))


def test_every_refusal_has_a_code_with_exactly_the_values_that_its_sentence_needs() -> None:
    raw = order_table(
        Datum=["31-09-2026", "x", "09-14-2026", "14-09-2099", None, *["14-09-2026"] * 9],
        Aantal=["1"] * 5 + ["2×5", "=A1", "1e300", "veel"] + ["1"] * 5,
        Omzet=["1"] * 9 + [None] + ["1"] * 4,
        Valuta=[None] * 10 + ["CHF"] + [None] * 3,
        Ordernr=["1"] * 11 + [None, "9" * 99, "1"],
    )
    found = judged(raw)
    assert set(refused_codes(found)) == {
        *("date_not_in_month", "date_not_read", "date_other_order", "date_implausible", "date_missing"),
        *("number_times", "number_is_formula", "number_out_of_range", "number_not_read"),
        *("amount_missing", "no_rate", "order_number_missing", "text_too_long"),
    }
    for code, values in found.refusals.select("code", "values").iter_rows():
        assert set(json.loads(values)) == set(CODES[code]), code


def test_every_question_has_a_code_with_exactly_the_values_that_its_sentence_needs() -> None:
    raws = [
        table({"Omzet": [5]}),
        table({"Datum": [DAY], "Nettowaarde": [5], "Omzet excl. btw": [6]}),
        order_table(Datum=["1/2/2026"]),
        order_table(Omzet=["1,234"]),
        order_table(Aantal=[2], Omzet=[10], Kostprijs=[3]),
    ]
    asks = [ask for raw in raws for ask in judged(raw).asks]
    assert {ask.code for ask in asks} == {"which_column", "columns_alike", "date_order", "decimal_sign", "cost_basis"}
    for ask in asks:
        assert set(ask.values) == set(CODES[ask.code]), ask.code
        assert len(ask.choices) > 0


DIRT: dict[str, st.SearchStrategy[Any]] = {
    "Ordernr": st.sampled_from(["1", "2", 3, None, "9" * 61]),
    "Datum": st.sampled_from(["1/2/2026", "13/2/2026", "2/13/2026", "31/9/2026", "x", None, DAY, 46279, "2099-01-01"]),
    "Klantnr": st.sampled_from(["7", 8.0, None]),
    "Aantal": st.sampled_from(["1", "2,5", -3, None, "2×5", 1e308, "1.000"]),
    "Omzet": st.sampled_from(["10,50", "1.234,00", 5.005, None, "=A1", "€ 3-"]),
    "Prijs": st.sampled_from(["0,125", 2, None, "x"]),
    "Valuta": st.sampled_from(["EUR", None, "CHF"]),
}


@given(st.lists(st.fixed_dictionaries(DIRT), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None)
def test_every_row_goes_in_or_is_refused_or_is_blank(rows: list[dict[str, Any]]) -> None:
    raw = table({name: [row[name] for row in rows] for name in DIRT})
    found = judged(raw)
    counts = found.counts
    assert counts["rows_good"] + counts["rows_refused"] + counts["blank"] == len(rows)
    assert counts["rows_read"] == counts["rows_good"] + counts["rows_refused"]
    good, refused = set(found.lines["source_row"]), set(found.refusals["row"])
    assert (len(good), len(refused), good & refused) == (counts["rows_good"], counts["rows_refused"], set())
    assert set(found.refused_rows.rows) == refused
    assert (
        found.lines.select("order_number", "order_date", "quantity", "revenue", "kind").null_count().sum_horizontal()[0]
        == 0
    )
    assert found.amounts["revenue_good"] == sum(found.lines["revenue"], Decimal(0))


@pytest.mark.shared
def test_online_retail_goes_in_whole() -> None:
    if not SHARED.exists():
        pytest.skip("the public data does not stand beside the checkout")
    raw = _online_retail()
    found = judge_sales(raw, propose_mapping(raw, "sales"), CompanyTerms("GBP", "GB", date(2012, 1, 1)))
    assert (found.asks, found.refusals.height, found.lines.height) == ((), 0, 541_909)
    assert found.amounts["revenue_good"] == Decimal("9747747.93")
    counts = {name: found.counts[name] for name in ("without_customer", "exact_repeats", "orders", "customers")}
    assert counts == {"without_customer": 135_080, "exact_repeats": 5_268, "orders": 25_900, "customers": 4_372}
    assert found.counts["zero_price"] + found.counts["negative_price"] == 2_517
    assert (found.lines["quantity"] <= 0).sum() == 10_624
    assert found.names["countries_without_code"].rows() == [
        ("Channel Islands", 758),
        ("Unspecified", 446),
        ("European Community", 61),
    ]
    assert found.lines["cost"].null_count() == 541_909


def _online_retail() -> RawTable:
    frame = pl.read_parquet(SHARED)
    columns = [_raw(frame[name]) for name in frame.columns]
    rows = pl.int_range(1, frame.height + 1, dtype=pl.UInt32, eager=True)
    return RawTable("online_retail.parquet", "parquet", tuple(columns), rows, {}, 0, ())


def _raw(series: pl.Series) -> RawColumn:
    if series.dtype.is_numeric():
        return RawColumn(series.name, texts=None, numbers=series, days=None)
    if series.dtype.is_temporal():
        return RawColumn(series.name, texts=series.dt.to_string("%Y-%m-%d %H:%M"), numbers=None, days=None)
    return RawColumn(series.name, texts=series.cast(pl.String), numbers=None, days=None)

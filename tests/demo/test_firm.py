"""The firm of the demo: as large as it should be, the same each time, and right to the cent."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from bekwaam.demo.firm import Company, company, last_working_day_before

UNTIL = date(2026, 9, 18)
TABLES = [each.name for each in fields(Company) if each.name != "truth"]


def test_it_is_a_firm_of_three_years_as_large_as_the_demo_needs(firm: Company) -> None:
    assert (firm.customers.height, firm.products.height, firm.sellers.height) == (400, 250, 12)
    assert firm.customers["country"].n_unique() == 5
    assert firm.sellers["territory"].n_unique() == 6
    assert firm.sellers["team"].n_unique() == 2
    assert firm.products["group"].n_unique() == 10
    assert firm.sales["date"].min() == date(2023, 9, 1)
    assert firm.sales["date"].max() == UNTIL
    assert 40_000 < firm.sales.height < 80_000
    assert all(getattr(firm, name).height for name in TABLES)


def test_names_and_numbers_are_those_of_one_customer_each(firm: Company) -> None:
    keys = {
        "customers": ["number", "name"],
        "products": ["code"],
        "sellers": ["code", "name"],
        "invoices": ["invoice"],
        "quotes": ["quote"],
        "opportunities": ["opportunity"],
        "complaints": ["complaint"],
        "visits": ["visit"],
        "fair_leads": ["lead"],
    }
    for name, columns in keys.items():
        table = getattr(firm, name)
        for column in columns:
            assert table[column].n_unique() == table.height, (name, column)
    assert not firm.sales.select("invoice", "line").is_duplicated().any()
    assert not firm.order_book.select("order", "line").is_duplicated().any()


def test_the_same_seed_and_day_give_the_same_firm_and_another_seed_another(firm: Company) -> None:
    again = company(1, UNTIL)
    assert all(getattr(again, name).equals(getattr(firm, name)) for name in TABLES)
    assert again.truth == firm.truth
    other = company(2, UNTIL)
    assert not other.sales.equals(firm.sales)
    assert other.truth.lapses != firm.truth.lapses


def test_invoices_are_the_sums_of_their_lines(firm: Company) -> None:
    sums = firm.sales.group_by("invoice").agg(pl.col("revenue").sum())
    both = firm.invoices.join(sums, on="invoice", validate="1:1")
    assert both.height == firm.invoices.height
    assert (both["amount"] == both["revenue"]).all()
    assert firm.invoices["amount"].sum() == firm.sales["revenue"].sum()


def test_every_line_is_its_price_times_its_quantity(firm: Company) -> None:
    lines = firm.sales.filter(pl.col("kind") != "credit")
    assert (lines["price"] * lines["quantity"] == lines["revenue"]).all()
    assert (lines["price"] <= lines["list_price"]).all()
    cents = [(row["list_price"], row["discount"], row["price"]) for row in lines.head(500).iter_rows(named=True)]
    for listed, given, price in cents:
        exact = listed * (100 - Decimal(str(given))) / 100
        assert abs(exact - price) <= Decimal("0.005"), (listed, given)


@pytest.mark.parametrize(("kind", "quantity", "sign"), [("sale", 1, 1), ("return", -1, -1), ("credit", 0, -1)])
def test_returns_take_goods_back_and_credits_only_give_money(
    firm: Company, kind: str, quantity: int, sign: int
) -> None:
    lines = firm.sales.filter(pl.col("kind") == kind)
    assert lines.height > 100
    assert set(lines["quantity"].sign().unique()) == {quantity}
    assert (lines["revenue"].cast(pl.Float64).sign() == sign).all()


def test_the_ledger_says_what_the_lines_say(firm: Company) -> None:
    by_month = firm.sales.group_by(month=pl.col("date").dt.truncate("1mo")).agg(pl.col("revenue", "cost").sum())
    for account, column in (("8000", "revenue"), ("7000", "cost")):
        both = firm.ledger.filter(pl.col("account") == account).join(by_month, on="month")
        assert both.height == 36
        assert (both["amount"] == both[column]).all()


def test_debtors_are_the_invoices_that_were_open_at_the_month_s_end(firm: Company) -> None:
    last = firm.ledger.filter(pl.col("account") == "1300").sort("month").row(-1, named=True)
    ends = date(2026, 9, 1)
    still_open = pl.col("paid_on").is_null() | (pl.col("paid_on") >= ends)
    owed = firm.invoices.filter(pl.col("date") < ends, still_open)["amount"].sum()
    assert (last["month"], last["amount"]) == (date(2026, 8, 1), owed)


def test_nothing_is_known_of_what_comes_after_the_last_day(firm: Company) -> None:
    dated = {
        "sales": ["date"],
        "invoices": ["date", "paid_on"],
        "order_book": ["ordered_on", "delivered_on"],
        "quotes": ["quoted_on", "decided_on"],
        "opportunities": ["opened_on", "closed_on"],
        "opportunity_stages": ["entered_on"],
        "complaints": ["opened_on", "closed_on"],
        "visits": ["date"],
        "fair_leads": ["followed_on"],
    }
    for name, columns in dated.items():
        for column in columns:
            assert getattr(firm, name)[column].drop_nulls().max() <= UNTIL, (name, column)


def test_the_order_book_holds_what_was_delivered_and_what_is_still_to_come(firm: Company) -> None:
    to_come = firm.order_book.filter(pl.col("delivered_on").is_null())
    assert 50 < to_come.height < 3_000
    came = firm.order_book.drop_nulls("delivered_on")
    late = came.filter(pl.col("delivered_on") > pl.col("promised_on")).height / came.height
    assert 0.05 < late < 0.3
    year = firm.sales.filter(pl.col("kind") == "sale", pl.col("date") > UNTIL - timedelta(days=365))
    assert came["revenue"].sum() == year["revenue"].sum()


def test_rows_speak_only_of_what_there_is(firm: Company) -> None:
    known = {
        "customer": set(firm.customers["number"]),
        "product": set(firm.products["code"]),
        "seller": set(firm.sellers["code"]),
        "invoice": set(firm.invoices["invoice"]),
        "fair": set(firm.fairs["fair"]),
    }
    for name in TABLES:
        table = getattr(firm, name)
        for column in known.keys() & set(table.columns):
            assert set(table[column].drop_nulls()) <= known[column], (name, column)


def test_nobody_delivers_on_a_free_day(firm: Company) -> None:
    days = set(firm.sales["date"])
    assert not any(day.weekday() > 4 for day in days)
    assert not days & {date(2025, 4, 21), date(2025, 12, 25), date(2026, 1, 1), date(2026, 4, 27)}


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 11, 28), date(2026, 11, 27)),
        (date(2026, 11, 30), date(2026, 11, 27)),
        (date(2026, 4, 28), date(2026, 4, 24)),
        (date(2027, 1, 2), date(2026, 12, 31)),
    ],
)
def test_the_last_working_day_skips_weekends_and_holidays(day: date, last: date) -> None:
    assert last_working_day_before(day) == last


def test_tables_of_a_firm_cannot_be_exchanged_in_place(firm: Company) -> None:
    with pytest.raises(AttributeError):
        firm.sales = firm.sales.clear()  # type: ignore[misc]
    assert replace(firm, sales=firm.sales.clear()).sales.is_empty()

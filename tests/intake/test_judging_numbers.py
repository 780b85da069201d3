"""Numbers: comma or point over the whole column, then over the file, then by a person; exact to the cent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_tables import column, judged, order_table, refused_codes

from bekwaam.intake.decimal_sign import Sign, evidence
from bekwaam.intake.mapping import propose_mapping
from bekwaam.intake.numbers import MONEY_LIMIT, read_numbers
from bekwaam.intake.order_lines import money_from_cents, product_in_cents

NANO = Decimal("0.000000001")
CENT = Decimal("0.01")

WRITTEN_WITH_COMMA = {
    "1.234,56": "1234.56",
    "1234,56": "1234.56",
    "12,5": "12.5",
    ",5": "0.5",
    "12": "12",
    "1.234.567": "1234567",
    "1 234 567,89": "1234567.89",
    "1\u00a0234,50": "1234.5",
    "1'234,50": "1234.5",
    "€ 12,50": "12.5",
    "12,50 EUR": "12.5",
    "€ -12,50": "-12.5",
    "-€ 12,50": "-12.5",
    "12,50-": "-12.5",
    "(12,50)": "-12.5",
    "\u221212,50": "-12.5",
    "+12,50": "12.5",
    "1,5E+03": "1500",
    "2e-3": "0.002",
    "'-12,50": "-12.5",
    "0,0000000005": "0.000000001",
}


@pytest.mark.parametrize(("written", "number"), WRITTEN_WITH_COMMA.items())
def test_a_number_with_a_decimal_comma_is_read(written: str, number: str) -> None:
    cells = read_numbers(column("Omzet", [written]), "comma", limit=MONEY_LIMIT)
    assert cells.values[0] == Decimal(number)
    assert cells.faults.is_empty()


@pytest.mark.parametrize(("written", "number"), [("1,234.56", "1234.56"), ("0.5-", "-0.5"), ("1,234,567", "1234567")])
def test_a_number_with_a_decimal_point_is_read(written: str, number: str) -> None:
    assert read_numbers(column("Sales", [written]), "point", limit=MONEY_LIMIT).values[0] == Decimal(number)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("twaalf", "number_not_read"),
        ("12 %", "number_not_read"),
        ("1.2.3", "number_not_read"),
        ("12.34", "number_not_read"),
        ("-5-", "number_not_read"),
        ("1,2,3", "number_not_read"),
        ("-", "number_not_read"),
        ("2×5", "number_times"),
        ("=B2*C2", "number_is_formula"),
        ("1e308", "number_out_of_range"),
        ("10000000000000", "number_out_of_range"),
        ("123456789012345678901234567890", "number_out_of_range"),
    ],
)
def test_what_is_no_number_is_a_fault(written: str, code: str) -> None:
    cells = read_numbers(column("Omzet", [written, "1,5"]), "comma", limit=MONEY_LIMIT)
    assert cells.faults.select("index", "code").rows() == [(0, code)]
    assert cells.values.to_list() == [None, Decimal("1.5")]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e308, -1e13])
def test_a_typed_number_out_of_range_is_a_fault(number: float) -> None:
    cells = read_numbers(column("Omzet", [number, 1.5]), "comma", limit=MONEY_LIMIT)
    assert cells.faults["code"].to_list() == ["number_out_of_range"]


def test_blank_cells_are_neither_numbers_nor_faults() -> None:
    cells = read_numbers(column("Omzet", ["", "  ", None, "\u00a0", "1"]), "comma", limit=MONEY_LIMIT)
    assert cells.values.to_list() == [None, None, None, None, Decimal(1)]
    assert cells.faults.is_empty()


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12), min_size=1))
@settings(max_examples=60, deadline=None)
def test_a_float_is_read_as_its_shortest_text(numbers: list[float]) -> None:
    read = read_numbers(column("Omzet", numbers), "comma", limit=MONEY_LIMIT).values.to_list()
    assert read == [Decimal(repr(number)).quantize(NANO, ROUND_HALF_UP) for number in numbers]


@pytest.mark.parametrize(
    ("written", "sign"),
    [
        (["1.234,56"], "comma"),
        (["1,234.56"], "point"),
        (["12,5"], "comma"),
        (["0,123"], "comma"),
        (["1.234.567"], "comma"),
        (["1,234,567"], "point"),
        (["1234.567"], "point"),
        (["1 234,567"], "comma"),
        (["1,234", "12.5"], "point"),
        (["1,234"], None),
        (["1234"], None),
    ],
)
def test_the_column_proves_its_decimal_sign(written: list[str], sign: Sign | None) -> None:
    assert evidence(column("Omzet", written)).sign == sign


def test_one_cell_never_decides() -> None:
    """ "1.234" alone could be a thousand; its neighbours say that it is."""
    found = judged(order_table(Omzet=["1.234", "12,50", "7,00"]))
    assert found.lines["revenue"].to_list() == [Decimal(1234), Decimal("12.50"), Decimal(7)]


def test_a_sibling_column_decides_what_the_column_cannot() -> None:
    found = judged(order_table(Aantal=["1.000", "2.000"], Omzet=["12,50", "25,00"]))
    assert found.asks == ()
    assert found.lines["quantity"].to_list() == [Decimal(1000), Decimal(2000)]


def test_what_no_column_decides_is_asked_and_the_answer_is_used() -> None:
    raw = order_table(Omzet=["1,234", "2,500"])
    mapping = propose_mapping(raw, "sales")
    (ask,) = judged(raw, mapping).asks
    assert ask.code == "decimal_sign"
    assert ask.values == {"field": "revenue", "heading": "Omzet", "example": "1,234", "small": "1", "whole": "1234"}
    with_point = judged(raw, mapping.answered(ask, "point"))
    assert (with_point.asks, with_point.lines["revenue"].to_list()) == ((), [Decimal(1234), Decimal(2500)])
    with_comma = judged(raw, mapping.answered(ask, "comma"))
    assert with_comma.lines["revenue"].to_list() == [Decimal("1.23"), Decimal("2.50")]


def test_proof_goes_before_a_remembered_answer() -> None:
    raw = order_table(Omzet=["1.234,50"])
    mapping = propose_mapping(raw, "sales").corrected({"decimal": "point"})
    assert judged(raw, mapping).lines["revenue"].to_list() == [Decimal("1234.50")]


def test_cells_against_the_column_are_refused() -> None:
    found = judged(order_table(Omzet=["12,50", "7,25", "1,234.56"]))
    assert refused_codes(found) == ["number_not_read"]
    assert found.refusals["value"].to_list() == ["1,234.56"]


prices = st.decimals(min_value=-9_999_999_999_999, max_value=9_999_999_999_999, places=6)
quantities = st.decimals(min_value=-999_999_999_999, max_value=999_999_999_999, places=3)
pairs = st.tuples(prices, quantities) | st.tuples(
    st.decimals(min_value=-999, max_value=999, places=6), st.decimals(min_value=-99, max_value=99, places=3)
)


def by_hand(price: Decimal, quantity: Decimal) -> Decimal | None:
    """Price × quantity to the cent by Python's own decimals; None where it is out of range."""
    with localcontext(prec=60):
        exact = (price * quantity).quantize(CENT, ROUND_HALF_UP)
    return exact if abs(exact) < MONEY_LIMIT else None


@given(st.lists(pairs, min_size=1, max_size=50))
@settings(max_examples=100, deadline=None)
def test_price_times_quantity_is_exact_to_the_cent(given_pairs: list[tuple[Decimal, Decimal]]) -> None:
    price = pl.Series([price for price, _ in given_pairs], dtype=pl.Decimal(38, 9))
    quantity = pl.Series([quantity for _, quantity in given_pairs], dtype=pl.Decimal(18, 3))
    worth = money_from_cents(product_in_cents(price, quantity)).to_list()
    assert worth == [by_hand(price, quantity) for price, quantity in given_pairs]


def test_half_a_cent_goes_up_on_either_side_of_zero() -> None:
    price = pl.Series(["0.125", "-0.125", "0.124999999"], dtype=pl.String).str.to_decimal(scale=9)
    cents = product_in_cents(price, pl.Series(["1", "1", "1"]).str.to_decimal(scale=3))
    assert cents.to_list() == [13, -13, 12]


def test_the_largest_price_times_the_largest_quantity_does_not_overflow() -> None:
    """9,999,999,999,999.999999999 × 999,999,999,999.999 is 10^25 less about 10^13, so in cents:"""
    price = pl.Series([Decimal("9999999999999.999999999")], dtype=pl.Decimal(38, 9))
    quantity = pl.Series([Decimal("999999999999.999")], dtype=pl.Decimal(18, 3))
    assert product_in_cents(price, quantity).item() == 999_999_999_999_998_999_999_900_000
    assert money_from_cents(product_in_cents(price, quantity)).to_list() == [None]

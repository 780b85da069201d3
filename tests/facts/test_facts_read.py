"""Answers with figures that a reader can check by hand, and what each person may see of them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from facts_cast import (
    BOARD,
    LEADER,
    LEADER_WITH_MARGINS,
    OUTSIDER,
    dimension,
    lines,
    read_in,
    retractions,
    undo,
    write_dimensions,
)

from bekwaam.facts import database, question
from bekwaam.facts.read import Facts
from bekwaam.facts.store import Store
from bekwaam.terms.actor import SYSTEM, Actor
from bekwaam.terms.errors import Refused, WrongCall

YEAR = {"first": date(2025, 1, 1), "until": date(2026, 1, 1)}
EVERY_VALUE: dict[str, Any] = {
    **YEAR,
    "as_of": date(2026, 1, 1),
    "middle": date(2025, 7, 1),
    "last": date(2025, 12, 31),
    "customer": "C1",
    "product": "P1",
    "order": "O1",
    "batch": "B0001",
    "limit": 100,
    "offset": 0,
}
ORDER_LINES = lines(
    1,
    {"order_number": "O1", "revenue": Decimal("100.00"), "cost": Decimal("60.00"), "quantity": Decimal(10)},
    {"order_number": "O1", "product_code": "P2", "unit": "kg", "revenue": Decimal("50.00"), "cost": Decimal("20.00")},
    {"order_number": "O2", "order_date": date(2025, 4, 2), "customer_number": "C2", "revenue": Decimal("30.00")},
    {
        "order_number": "O3",
        "order_date": date(2025, 4, 30),
        "kind": "return",
        "revenue": Decimal("-5.00"),
        "cost": Decimal("-3.00"),
    },
    {
        "order_number": "O4",
        "order_date": date(2025, 8, 9),
        "customer_number": None,
        "country": None,
        "country_as_written": "Ruritania",
        "revenue": Decimal("7.77"),
        "seller_code": "S1",
        "cost": Decimal("0.00"),
    },
    {"order_number": "O5", "order_date": date(2026, 1, 1), "customer_number": "C3", "revenue": Decimal("1000.00")},
    {"order_number": "O6", "order_date": date(2025, 4, 30), "kind": "credit", "revenue": Decimal(0)},
)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    root = tmp_path_factory.mktemp("answers") / "facts"
    store = Store(root)
    store.create()
    read_in(store, ORDER_LINES)
    write_dimensions(store, 2, customers=dimension("customers", ("C2", "S1", None, None, None, None, None)))
    return Facts(root)


def ask(facts: Facts, name: str, actor: Actor = SYSTEM, **more: Any) -> list[dict[str, Any]]:
    asked = question.named(name)
    values = {key: value for key, value in EVERY_VALUE.items() if key in asked.parameters - asked.optional}
    return facts.ask(name, actor, **{**values, **more}).dicts()


def test_totals_of_a_year(facts: Facts) -> None:
    (row,) = ask(facts, "totals_between")
    assert row["revenue"] == Decimal("182.77")
    assert (row["returned"], row["returns"], row["credits"]) == (Decimal("-5.00"), Decimal("-5.00"), Decimal(0))
    assert (row["lines"], row["orders"], row["customers"], row["lines_without_customer"]) == (6, 5, 2, 1)
    assert row["revenue_without_customer"] == Decimal("7.77")
    assert (row["first_date"], row["last_date"], row["lines_with_cost"]) == (date(2025, 3, 1), date(2025, 8, 9), 4)


def test_a_period_without_lines_has_totals_of_zero(facts: Facts) -> None:
    (row,) = ask(facts, "totals_between", first=date(2000, 1, 1), until=date(2000, 1, 2))
    assert (row["revenue"], row["returned"], row["lines"], row["cost"]) == (Decimal(0), Decimal(0), 0, None)


def test_one_line_with_revenue_but_without_cost_makes_profit_unknown(facts: Facts) -> None:
    (year,) = ask(facts, "totals_between")
    assert (year["cost"], year["gross_profit"]) == (None, None)
    (march,) = ask(facts, "totals_between", until=date(2025, 4, 1))
    assert (march["cost"], march["gross_profit"]) == (Decimal("80.00"), Decimal("70.00"))


def test_a_line_without_revenue_needs_no_cost(facts: Facts) -> None:
    """O6 has neither revenue nor cost, on the same day as O3."""
    (row,) = ask(facts, "sum_of_lines_between", first=date(2025, 4, 30), until=date(2025, 5, 1))
    assert (row["lines"], row["cost"], row["gross_profit"]) == (2, Decimal("-3.00"), Decimal("-2.00"))


def test_quantity_adds_up_within_one_unit_only(facts: Facts) -> None:
    assert ask(facts, "totals_between")[0]["quantity"] is None
    assert ask(facts, "totals_between", first=date(2025, 4, 1))[0]["quantity"] == Decimal(4)


def test_months_add_up_to_the_whole(facts: Facts) -> None:
    months = ask(facts, "revenue_by_month")
    assert [(row["month"], row["revenue"], row["gross_profit"]) for row in months] == [
        (date(2025, 3, 1), Decimal("150.00"), Decimal("70.00")),
        (date(2025, 4, 1), Decimal("25.00"), None),
        (date(2025, 8, 1), Decimal("7.77"), Decimal("7.77")),
    ]
    for name in ("country", "product", "seller"):
        parts = ask(facts, f"revenue_by_month_and_{name}")
        assert sum(row["revenue"] for row in parts) == Decimal("182.77"), name


def test_lines_without_customer_count_in_totals_only(facts: Facts) -> None:
    parts = ask(facts, "revenue_by_month_and_customer")
    assert sum(row["revenue"] for row in parts) == Decimal("175.00")
    assert {row["customer_number"] for row in parts} == {"C1", "C2"}
    assert [row["customer_number"] for row in ask(facts, "revenue_by_customer_between")] == ["C1", "C2"]


def test_countries_without_a_code_stand_as_they_were_written(facts: Facts) -> None:
    rows = ask(facts, "totals_by_country_between")
    assert [(row["country"], row["country_as_written"], row["revenue"]) for row in rows] == [
        ("NL", None, Decimal("175.00")),
        (None, "Ruritania", Decimal("7.77")),
    ]


def test_order_days_hold_what_was_sold_and_nothing_that_came_back(facts: Facts) -> None:
    rows = ask(facts, "order_days")
    assert [(row["customer_number"], row["order_date"], row["revenue"], row["cost"]) for row in rows] == [
        ("C1", date(2025, 3, 1), Decimal("150.00"), Decimal("80.00")),
        ("C2", date(2025, 4, 2), Decimal("30.00"), None),
    ]


def test_price_and_volume_per_product_and_unit(facts: Facts) -> None:
    rows = ask(facts, "price_and_volume_between")
    assert [(row["product_code"], row["unit"], row["revenue_before"], row["quantity_before"]) for row in rows] == [
        ("P1", "piece", Decimal("125.00"), Decimal(13)),
        ("P2", "kg", Decimal("50.00"), Decimal(1)),
    ]
    assert sum(row["revenue_before"] + row["revenue_now"] for row in rows) == Decimal("182.77")


def test_keys_that_occur(facts: Facts) -> None:
    found = [(row["kind"], row["key"]) for row in ask(facts, "keys")]
    assert found == [
        ("customers", "C1"),
        ("customers", "C2"),
        ("customers", "C3"),
        ("products", "P1"),
        ("products", "P2"),
        ("sellers", "S1"),
    ]


def test_whom_nobody_looks_after(facts: Facts) -> None:
    assert [row["customer_number"] for row in ask(facts, "customers_with_seller")] == ["C2"]
    rows = ask(facts, "customers_without_seller_between")
    assert [(row["customer_number"], row["revenue"]) for row in rows] == [("C1", Decimal("145.00"))]


@pytest.mark.parametrize(
    ("filters", "orders"),
    [
        ({"customer": "C1"}, ["O6", "O3", "O1", "O1"]),
        ({"customer": "-"}, ["O4"]),
        ({"product": "P2"}, ["O1"]),
        ({"country": "NL", "kind": "return"}, ["O6", "O3"]),
        ({"country": "-"}, ["O4"]),
        ({"seller": "S1"}, ["O4"]),
        ({}, ["O4", "O6", "O3", "O2", "O1", "O1"]),
    ],
)
def test_the_lines_behind_a_figure_and_their_sum_agree(
    facts: Facts, filters: dict[str, str], orders: list[str]
) -> None:
    rows = ask(facts, "lines_between", **filters)
    (total,) = ask(facts, "sum_of_lines_between", **filters)
    assert [row["order_number"] for row in rows] == orders
    assert (total["lines"], total["revenue"]) == (len(rows), sum(row["revenue"] for row in rows))


def test_lines_come_in_pages(facts: Facts) -> None:
    whole = ask(facts, "lines_of_customer_between")
    pages = [ask(facts, "lines_of_customer_between", limit=3, offset=offset) for offset in (0, 3, 6)]
    assert [row for page in pages for row in page] == whole
    (total,) = ask(facts, "sum_of_customer_between")
    assert (total["lines"], total["revenue"]) == (len(whole), Decimal("145.00"))
    assert ask(facts, "lines_of_customer", limit=2) == whole[:2]


def test_what_a_file_of_these_days_lies_over(facts: Facts) -> None:
    days = {"first": date(2025, 3, 1), "last": date(2025, 4, 2)}
    assert [row["order_number"] for row in ask(facts, "lines_on_hand", **days)] == ["O1", "O1", "O2"]
    assert [row["order_number"] for row in ask(facts, "orders_elsewhere", **days)] == ["O3", "O4", "O5", "O6"]


def test_orders_and_lines_of_one_order_and_batch(facts: Facts) -> None:
    orders = ask(facts, "orders_of_customer", limit=2)
    assert [(row["order_number"], row["revenue"], row["lines"]) for row in orders] == [
        ("O6", Decimal(0), 1),
        ("O3", Decimal("-5.00"), 1),
    ]
    assert [row["revenue"] for row in ask(facts, "lines_of_order")] == [Decimal("100.00"), Decimal("50.00")]
    assert len(ask(facts, "lines_of_batch")) == ORDER_LINES.height


def test_who_may_not_see_lines_gets_their_columns_and_no_rows(facts: Facts) -> None:
    for name in question.names():
        asked = question.named(name)
        values = {key: value for key, value in EVERY_VALUE.items() if key in asked.parameters - asked.optional}
        answer = facts.ask(name, BOARD, **values)
        assert answer.columns == facts.ask(name, SYSTEM, **values).columns
        assert bool(answer.rows) == (asked.reach == "totals"), name
        assert facts.ask(name, OUTSIDER, **values).rows == [], name


def test_without_the_right_cost_columns_are_absent_in_every_form(facts: Facts) -> None:
    for name in question.names():
        asked = question.named(name)
        values = {key: value for key, value in EVERY_VALUE.items() if key in asked.parameters - asked.optional}
        answer, whole = facts.ask(name, LEADER, **values), facts.ask(name, LEADER_WITH_MARGINS, **values)
        assert set(whole.columns) - set(answer.columns) == asked.cost_columns, name
        assert len(answer.rows) == len(whole.rows)
        assert all(len(row) == len(answer.columns) for row in answer.rows)
        assert answer.polars().columns == answer.arrow().column_names == answer.columns


def test_the_order_of_rows_is_the_same_without_the_cost_columns(facts: Facts) -> None:
    for name in ("totals_by_country_between", "lines_between"):
        key = "lines" if name.startswith("totals") else "line_id"
        assert [row[key] for row in ask(facts, name, LEADER)] == [row[key] for row in ask(facts, name)]


def test_an_answer_is_the_same_as_rows_and_as_a_frame(facts: Facts) -> None:
    answer = facts.ask("order_days", SYSTEM, as_of=date(2026, 1, 1))
    frame = answer.polars()
    assert frame.rows() == answer.rows == answer.polars().rows()
    assert frame.schema["revenue"] == pl.Decimal(38, 2)
    assert frame.schema["order_date"] == pl.Date


def test_a_version_that_is_not_there_is_refused(facts: Facts, store: Store, root: Path) -> None:
    with pytest.raises(Refused, match="version_unknown"):
        Facts(root, 1)
    read_in(store, lines(1, {}))
    assert Facts(root).version == Facts(root, 1).version == 1
    assert Facts(root, 0).ask("span", SYSTEM).dicts()[0]["lines"] == 0


def test_facts_keep_to_their_version_while_others_write(store: Store, root: Path) -> None:
    rows = lines(1, {}, {})
    read_in(store, rows)
    before = Facts(root)
    read_in(store, lines(2, {}), taken=retractions(2, rows["line_id"][:1]))
    undo(store, 1)
    assert before.ask("span", SYSTEM).dicts()[0]["lines"] == 2
    assert Facts(root).ask("span", SYSTEM).dicts()[0]["lines"] == 1


@pytest.mark.parametrize("name", ["no_such_question", "../schema", "span.sql", "Span"])
def test_an_unknown_question_is_a_wrong_call(facts: Facts, name: str) -> None:
    with pytest.raises(WrongCall, match="question_unknown"):
        facts.ask(name, SYSTEM)


def test_parameters_must_be_those_of_the_question(facts: Facts) -> None:
    with pytest.raises(TypeError, match="until"):
        facts.ask("totals_between", SYSTEM, first=date(2025, 1, 1))
    with pytest.raises(TypeError, match="color"):
        facts.ask("span", SYSTEM, color="blue")


def test_a_value_is_never_code(facts: Facts) -> None:
    assert ask(facts, "lines_of_customer", customer="C1' OR '1'='1") == []


def test_the_reader_can_reach_no_other_folder_and_cannot_be_unlocked(store: Store, root: Path) -> None:
    connection = database.connection(root)
    outside = root.parent / "outside.csv"
    outside.write_text("a\n1\n")
    for statement in (
        f"SELECT * FROM read_csv({database.quoted(str(outside))})",
        f"COPY (SELECT 1) TO {database.quoted(str(outside))}",
        "SET enable_external_access = true",
        "SET autoload_known_extensions = true",
        "INSTALL httpfs",
    ):
        with pytest.raises(duckdb.Error):
            connection.execute(statement)


def test_reading_imports_nothing_heavy_and_prints_nothing_at_exit(store: Store, root: Path) -> None:
    read_in(store, lines(1, {}))
    code = (
        "import sys, pathlib, time\n"
        "from bekwaam.facts.read import Facts\n"
        "from bekwaam.facts.store import Store\n"
        "spent = time.process_time()\n"
        "from bekwaam.terms.actor import SYSTEM\n"
        f"facts = Facts(pathlib.Path({str(root)!r}))\n"
        "answer = facts.ask('span', SYSTEM)\n"
        "answer.rows\n"
        "print(sorted({'polars', 'pyarrow', 'pandas', 'numpy', 'django'} & set(sys.modules)), spent)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    heavy, spent = told.stdout.rsplit(" ", 1)
    assert (heavy, told.stderr) == ("[]", "")
    assert float(spent) < 1.0  # 0.2 CPU s when the machine is quiet

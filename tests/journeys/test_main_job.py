"""From an order file to the leader's Monday: figures are recomputed from the file, independently of the product."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from commands import Told, bekwaam

ROOT = Path(__file__).resolve().parents[2]
SLICE = ROOT / "tests" / "data" / "online_retail_slice.csv"
WHOLE = ROOT.parent / "shared" / "data" / "retention" / "online_retail.parquet"
AS_OF = date(2011, 12, 10)
YEAR_BEFORE = date(2010, 12, 10)


@dataclass
class Recount:
    """The figures of a file, counted by hand."""

    lines: int = 0
    revenue: Decimal = Decimal(0)
    returned: Decimal = Decimal(0)
    quantity: Decimal = Decimal(0)
    customers: int = 0
    by_country: dict[str, Decimal] | None = None


def recount(rows: Iterator[dict[str, Any]], *, since: date | None = None) -> Recount:
    found, customers, countries = Recount(), set(), defaultdict(Decimal)
    for row in rows:
        if since is not None and row["day"] < since:
            continue
        revenue = (row["quantity"] * row["price"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
        found.lines += 1
        found.revenue += revenue
        found.quantity += row["quantity"]
        if row["quantity"] < 0 or row["price"] < 0:
            found.returned += revenue
        if row["customer"]:
            customers.add(row["customer"])
        countries[row["country"]] += revenue
    found.customers, found.by_country = len(customers), dict(countries)
    return found


def rows_of_slice() -> Iterator[dict[str, Any]]:
    with SLICE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {
                "day": datetime.fromisoformat(row["InvoiceDate"]).date(),
                "quantity": Decimal(row["Quantity"]),
                "price": Decimal(row["UnitPrice"]),
                "customer": row["CustomerID"],
                "country": row["Country"],
            }


def rows_of_whole() -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    for row in pq.read_table(WHOLE).to_pylist():
        yield {
            "day": row["InvoiceDate"].date(),
            "quantity": Decimal(row["Quantity"]),
            "price": Decimal(repr(row["UnitPrice"])),
            "customer": row["CustomerID"],
            "country": row["Country"],
        }


COUNTRY_CODES = {"United Kingdom": "GB", "Netherlands": "NL", "EIRE": "IE", "Germany": "DE", "France": "FR"}


def check_import(told: Told, counted: Recount) -> None:
    assert told.code == 0, told.err
    found = told.object
    assert found["rows_read"] == found["rows_imported"] == counted.lines
    assert found["rows_refused"] == 0
    assert found["questions"] == []
    assert found["refusals"] == []
    assert Decimal(found["revenue"]) == counted.revenue
    assert Decimal(found["quantity"]) == counted.quantity
    assert found["customers"] == counted.customers


def check_brief(found: dict[str, Any], year: Recount) -> None:
    totals = found["totals"]["last_12_months"]
    assert Decimal(totals["revenue"]) == year.revenue
    assert Decimal(totals["returned"]) == year.returned
    assert totals["lines"] == year.lines
    assert totals["customers"] == year.customers
    assert totals["gross_profit"] is None
    assert found["totals"]["twelve_before"] is None
    assert sum(Decimal(row["revenue"]) for row in found["totals"]["by_country"]) == year.revenue
    by_country = [Decimal(row["revenue"]) for row in found["totals"]["by_country"]]
    assert sorted(by_country) == sorted((year.by_country or {}).values())
    named = {row["country"]: Decimal(row["revenue"]) for row in found["totals"]["by_country"] if row["country"]}
    for name, code in COUNTRY_CODES.items():
        if name in (year.by_country or {}):
            assert named[code] == year.by_country[name]


def check_words(told: Told) -> None:
    assert told.code == 0, told.err
    assert "Wat vraagt deze week aandacht?" in told.out
    assert "op het spel" in told.out
    assert "%(" not in told.out
    assert "None" not in told.out


@pytest.fixture(scope="module")
def monday(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Told, Told]:
    home = tmp_path_factory.mktemp("slice") / "home"
    imported = bekwaam(home, "import", "sales", SLICE, "--json")
    refreshed = bekwaam(home, "refresh", "--as-of", "2011-12-10", "--json")
    assert refreshed.code == 0, refreshed.err
    return home, imported, bekwaam(home, "brief", "--as-of", "2011-12-10", "--json")


def test_every_line_of_the_slice_goes_in(monday: tuple[Path, Told, Told]) -> None:
    check_import(monday[1], recount(rows_of_slice()))


def test_the_brief_of_the_slice_adds_up_to_the_file(monday: tuple[Path, Told, Told]) -> None:
    assert monday[2].code == 0, monday[2].err
    check_brief(monday[2].object, recount(rows_of_slice(), since=YEAR_BEFORE))


def test_the_monday_is_written_in_dutch(monday: tuple[Path, Told, Told]) -> None:
    check_words(bekwaam(monday[0], "brief", "--as-of", "2011-12-10", "--lang", "nl"))


def test_slipping_customers_carry_their_chance_and_what_is_at_stake(monday: tuple[Path, Told, Told]) -> None:
    slipping = monday[2].object["slipping"]
    assert slipping
    losses = [Decimal(row["expected_loss"]) for row in slipping]
    assert losses == sorted(losses, reverse=True)
    for row in slipping:
        assert 0 <= row["chance_of_order_90d"] <= 1
        assert row["gross_profit_at_stake"] is None
        assert row["days_silent"] > 0


def test_the_same_file_again_changes_nothing(monday: tuple[Path, Told, Told]) -> None:
    again = bekwaam(monday[0], "import", "sales", SLICE, "--json")
    assert again.code == 0, again.err
    assert again.object["batch"] == monday[1].object["batch"]
    assert again.object["rows_imported"] == 0
    assert again.object["facts_version"] == monday[1].object["facts_version"]


def test_a_brief_straight_from_a_file_needs_no_home(tmp_path: Path) -> None:
    out = tmp_path / "monday.html"
    told = bekwaam(tmp_path / "never-made", "brief", SLICE, "--as-of", "2011-12-10", "--lang", "nl", "--html", out)
    assert told.code == 0, told.err
    page = out.read_text(encoding="utf-8")
    assert "Wat vraagt deze week aandacht?" in page
    assert "<script" not in page
    assert "http" not in page
    assert not (tmp_path / "never-made").exists()


def test_a_brief_on_paper(monday: tuple[Path, Told, Told], tmp_path: Path) -> None:
    out = tmp_path / "monday.pdf"
    told = bekwaam(monday[0], "brief", "--as-of", "2011-12-10", "--pdf", out)
    assert told.code == 0, told.err
    assert out.read_bytes().startswith(b"%PDF")


def test_a_look_at_a_past_day_shows_what_became_of_its_call_list(monday: tuple[Path, Told, Told]) -> None:
    past = bekwaam(monday[0], "brief", "--as-of", "2011-07-01", "--json")
    assert past.code == 0, past.err
    found = past.object
    assert found["as_of"] == "2011-07-01"
    assert found["hindsight"]["then"] == "2011-07-01"
    assert {rule["rule"] for rule in found["hindsight"]["rules"]} >= {"call_list", "silent_longer"}
    named = {row["customer"] for row in found["slipping"]}
    judged = found["hindsight"]["customers"]
    assert {row["customer"] for row in [*judged["seen"], *judged["for_nothing"]]} == named


def test_an_undo_takes_everything_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    batch = bekwaam(home, "import", "sales", SLICE, "--json").object["batch"]
    undone = bekwaam(home, "undo", batch, "--json")
    assert undone.code == 0, undone.err
    assert undone.object["removed"]["customers"] > 0
    assert bekwaam(home, "refresh").code == 1
    assert bekwaam(home, "undo", batch).code == 1
    again = bekwaam(home, "import", "sales", SLICE, "--json")
    assert again.code == 0, again.err
    assert again.object["batch"] != batch


@pytest.mark.shared
@pytest.mark.skipif(not WHOLE.exists(), reason="the public data beside the checkout is absent")
def test_the_whole_wholesaler(tmp_path: Path) -> None:
    home = tmp_path / "home"
    rows = list(rows_of_whole())
    check_import(bekwaam(home, "import", "sales", WHOLE, "--json"), recount(iter(rows)))
    assert bekwaam(home, "refresh", "--as-of", "2011-12-10").code == 0
    check_brief(
        bekwaam(home, "brief", "--as-of", "2011-12-10", "--json").object, recount(iter(rows), since=YEAR_BEFORE)
    )
    check_words(bekwaam(home, "brief", "--as-of", "2011-12-10", "--lang", "nl"))

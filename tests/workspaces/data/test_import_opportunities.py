"""Files of opportunities: what they make, what they bring up to date, and their undo."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from data_room import DataRoom
from django.utils import timezone

from bekwaam.records.models import Batch, Customer, Opportunity, SearchEntry, Seller

HEADINGS = ("Verkoopkans", "Klant", "Onderwerp", "Fase", "Bedrag", "Geopend op", "Verwacht op", "Verkoper")
FIRST = ("VK1", "100", "Pompen", "Offerte", "1.500,00", "13-03-2026", "30-06-2027", "V1; V2")


def customers(room: DataRoom) -> None:
    rows = (("100", "Bakker BV", "B2B"), ("200", "Gemeente Goes", "B2G"), ("300", "Dubbel", ""), ("301", "Dubbel", ""))
    room.offer(room.file(rows, name="k.csv", headings=("Klantnummer", "Naam", "Marktsoort")), kind="customers")


def offered(room: DataRoom, *rows: tuple[str, ...], name: str = "kansen.csv", **options: Any) -> Any:
    return room.offer(room.file(rows, name=name, headings=HEADINGS), kind="opportunities", **options)


def test_a_file_makes_opportunities_of_known_customers(room: DataRoom) -> None:
    customers(room)
    tender = ("VK2", "gemeente goes", "Bestek", "Gewonnen", "", "13-03-2026", "14-05-2026", "")
    outcome = offered(room, FIRST, tender)
    assert (outcome.exit_code, outcome.created) == (0, {"opportunities": 2, "sellers": 2})
    first, second = Opportunity.objects.order_by("number")
    assert (first.customer.number, first.stage, first.amount) == ("100", "quoted", Decimal("1500.00"))
    assert [(one.seller.code, one.share) for one in first.shares.order_by("seller__code")] == [("V1", 50), ("V2", 50)]
    assert (second.customer.number, second.stage, second.closed_on) == ("200", "won", date(2026, 5, 14))
    assert list(second.history.values_list("stage", "since")) == [
        ("announced", date(2026, 3, 13)),
        ("won", date(2026, 5, 14)),
    ]
    assert SearchEntry.objects.filter(object_type="opportunities").count() == 2


def test_a_tender_at_the_step_of_a_quotation_is_a_submitted_bid(room: DataRoom) -> None:
    customers(room)
    offered(room, ("VK2", "200", "Bestek", "Offerte", "", "13-03-2026", "", ""))
    assert Opportunity.objects.get().stage == "submitted"


def test_an_unknown_customer_and_a_name_that_two_have_are_refused_with_their_reason(room: DataRoom) -> None:
    customers(room)
    rows = (FIRST, ("VK2", "Niemand", "", "lead", "", "", "", ""), ("VK3", "Dubbel", "", "lead", "", "", "", ""))
    assert offered(room, *rows).exit_code == 1
    assert not Opportunity.objects.exists()
    outcome = offered(room, *rows, skip_refused=True)
    assert (outcome.rows_imported, outcome.rows_refused) == (1, 2)
    assert "'Niemand' is not a customer we know" in outcome.refusals[0]["reason"]


def test_the_same_list_of_a_later_day_brings_up_to_date_and_its_undo_puts_back(room: DataRoom) -> None:
    customers(room)
    offered(room, FIRST)
    later = ("VK1", "100", "", "Verloren", "2.000,00", "", "20-07-2026", "V2")
    outcome = offered(room, later, ("VK9", "100", "Nieuw", "Lead", "", "", "", ""), name="later.csv")
    assert outcome.updated == {"opportunities": 1}
    found = Opportunity.objects.get(number="VK1")
    assert (found.title, found.stage, found.amount) == ("Pompen", "lost", Decimal("2000.00"))
    assert list(found.history.values_list("stage", flat=True)) == ["quoted", "lost"]
    assert [one.seller.code for one in found.shares.all()] == ["V2"]
    room.undo(outcome.batch)
    found = Opportunity.objects.get()
    assert (found.number, found.stage, found.amount, found.closed_on) == ("VK1", "quoted", Decimal("1500.00"), None)
    assert list(found.history.values_list("stage", flat=True)) == ["quoted"]
    assert {one.seller.code for one in found.shares.all()} == {"V1", "V2"}


def test_an_undo_takes_opportunities_away_but_not_what_someone_worked_on(room: DataRoom) -> None:
    customers(room)
    outcome = offered(room, FIRST, ("VK2", "200", "Bestek", "Lead", "", "", "", "V3"))
    Opportunity.objects.filter(number="VK2").update(touched_at=timezone.now())
    told = room.undo(outcome.batch)
    assert (told["removed"]["opportunities"], told["touched"]) == (1, {"opportunities": ["Bestek"]})
    assert [one.number for one in Opportunity.objects.all()] == ["VK2"]
    assert not SearchEntry.objects.filter(object_type="opportunities", object_key="VK1").exists()
    assert set(Seller.objects.values_list("code", flat=True)) == {"V3"}


def test_an_undo_of_the_customers_keeps_those_with_opportunities(room: DataRoom) -> None:
    customers(room)
    offered(room, FIRST)
    room.undo(Batch.objects.get(kind="customers").batch_id)
    assert set(Customer.objects.values_list("number", flat=True)) == {"100"}


def test_a_dry_run_stores_nothing(room: DataRoom) -> None:
    customers(room)
    assert offered(room, FIRST, dry_run=True).rows_to_import == 1
    assert not Opportunity.objects.exists()


def test_a_pipeline_in_a_parquet_file_goes_in(room: DataRoom, tmp_path: Path) -> None:
    Customer.objects.create(number="Cancity", name="Cancity")
    path = tmp_path / "pipeline.parquet"
    pl.DataFrame(
        {
            "opportunity_id": ["1C1I7A6R", "Z063OYW0"],
            "sales_agent": ["Agent A", "Agent B"],
            "product": ["GTX Basic", "GTX Pro"],
            "account": ["Cancity", None],
            "deal_stage": ["Won", "Engaging"],
            "engage_date": [date(2016, 10, 20), None],
            "close_date": [date(2017, 3, 1), None],
            "close_value": [1054.0, None],
        }
    ).write_parquet(path)
    outcome = room.offer(path, kind="opportunities", skip_refused=True)
    assert (outcome.rows_imported, outcome.rows_refused) == (1, 1)
    assert outcome.refusals[0]["code"] == "customer_missing"

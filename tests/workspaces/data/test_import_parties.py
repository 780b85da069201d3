"""Files of customers, products and sellers, and what sales files add to them; their undo."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from data_room import HEADINGS, DataRoom, line
from django.utils import timezone

from bekwaam.records.models import Batch, Customer, Membership, Product, SearchEntry, Seller, Territory
from bekwaam.workspaces.data.import_report import report

SALES = [line(nth, date(2025, 3, 11 + nth), customer=str(100 + nth % 3), product=f"A{nth % 2}") for nth in range(6)]


def customers(room: DataRoom, *rows: tuple[str, ...], name: str = "customers.csv") -> Path:
    return room.file(rows, name=name, headings=("Klantnummer", "Naam", "Plaats", "Verkoper", "Rayon"))


def test_customers_are_made_and_brought_up_to_date(room: DataRoom) -> None:
    room.offer(room.file(SALES))
    rows = (("100", "Bakker BV", "Goes", "V1", "Zuid"), ("900", "Nieuw BV", "Ede", "V2", "Oost"))
    outcome = room.offer(customers(room, *rows), kind="customers")
    assert (outcome.exit_code, outcome.rows_imported) == (0, 2)
    assert outcome.created == {"customers": 1, "sellers": 2, "territories": 2}
    assert outcome.updated == {"customers": 1}
    assert "1 made, 1 brought up to date" in "\n".join(report(outcome))
    known = Customer.objects.get(number="100")
    assert (known.name, known.city, known.seller.code, known.territory.code) == ("Bakker BV", "Goes", "V1", "Zuid")
    assert SearchEntry.objects.get(object_type="customers", object_key="900").words == "900 nieuw bv ede"


def test_dimension_tables_are_written_and_give_the_customer_his_seller(room: DataRoom) -> None:
    room.offer(room.file(SALES))
    room.offer(customers(room, ("100", "Bakker", "", "V1", ""), ("101", "Slager", "", "", "")), kind="customers")
    assert [row["customer_number"] for row in room.ask("customers_with_seller", as_of=date(2026, 1, 1))] == ["100"]


def test_an_empty_cell_changes_nothing(room: DataRoom) -> None:
    room.offer(customers(room, ("100", "Bakker", "Goes", "V1", "")), kind="customers")
    room.offer(customers(room, ("100", "", "Ede", "", ""), name="second.csv"), kind="customers")
    known = Customer.objects.get(number="100")
    assert (known.name, known.city, known.seller.code) == ("Bakker", "Ede", "V1")


def test_an_undo_puts_back_what_the_file_had_changed(room: DataRoom) -> None:
    room.offer(room.file(SALES))
    room.offer(customers(room, ("100", "Bakker", "Goes", "V1", "")), kind="customers")
    before = room.ask("customers_with_seller", as_of=date(2026, 1, 1))
    second = room.offer(
        customers(room, ("100", "Anders", "Ede", "V2", ""), ("101", "Slager", "", "V2", ""), name="second.csv"),
        kind="customers",
    )
    room.undo(second.batch)
    known = Customer.objects.get(number="100")
    assert (known.name, known.city, known.seller.code) == ("Bakker", "Goes", "V1")
    assert Customer.objects.get(number="101").seller is None
    assert Customer.objects.get(number="101").name == ""
    assert not Seller.objects.filter(code="V2").exists()
    assert room.ask("customers_with_seller", as_of=date(2026, 1, 1)) == before


def test_products_and_sellers_come_and_go(room: DataRoom) -> None:
    products = room.file(
        [["A0", "Schroef", "IJzer"]], name="p.csv", headings=("Artikelcode", "Omschrijving", "Artikelgroep")
    )
    first = room.offer(products, kind="products")
    assert Product.objects.get(code="A0").product_group == "IJzer"
    sellers = room.file(
        [["V1", "Anna", "Noord", "Rayon 1"]], name="s.csv", headings=("Verkoper", "Naam", "Team", "Rayon")
    )
    second = room.offer(sellers, kind="sellers")
    assert Membership.objects.get().team.code == "Noord"
    assert Seller.objects.get(code="V1").territory.code == "Rayon 1"
    room.undo(second.batch)
    room.undo(first.batch)
    assert not Product.objects.exists()
    assert not Seller.objects.exists()
    assert not Membership.objects.exists()
    assert not Territory.objects.exists()


def test_a_seller_who_changes_teams_leaves_the_old_one_and_an_undo_puts_him_back(room: DataRoom) -> None:
    headings = ("Verkoper", "Team")
    room.offer(room.file([["V1", "Noord"]], name="1.csv", headings=headings), kind="sellers")
    Membership.objects.update(starts_on=date(2024, 1, 1))
    second = room.offer(room.file([["V1", "Zuid"]], name="2.csv", headings=headings), kind="sellers")
    assert [str(member.team) for member in Membership.objects.filter(ends_on__isnull=True)] == ["Zuid"]
    assert Membership.objects.get(team__code="Noord").ends_on == timezone.localdate()
    room.undo(second.batch)
    assert [(str(member.team), member.ends_on) for member in Membership.objects.all()] == [("Noord", None)]


def test_a_doubtful_customer_is_refused_and_the_rest_goes_in(room: DataRoom) -> None:
    path = customers(room, ("1", "A", "", "", ""), ("1", "B", "", "", ""), ("2", "C", "", "", ""))
    stopped = room.offer(path, kind="customers")
    assert stopped.exit_code == 1
    assert "1 of 3 lines can go in; 2 lines cannot." in "\n".join(report(stopped))
    assert not Batch.objects.exists()
    outcome = room.offer(path, kind="customers", skip_refused=True)
    assert (outcome.exit_code, outcome.rows_imported, outcome.rows_refused) == (0, 1, 2)


@pytest.mark.parametrize("kind", ["customers", "products", "sellers"])
def test_a_file_without_one_good_row_stores_nothing(room: DataRoom, kind: str) -> None:
    heading = {"customers": "Klantnummer", "products": "Artikelcode", "sellers": "Verkoper"}[kind]
    path = room.file([["x" * 80, "y"], ["z" * 99, "y"]], headings=(heading, "Naam"))
    before = room.state()
    assert room.offer(path, kind=kind, skip_refused=True).exit_code == 1
    assert room.state() == before


def test_unknown_keys_of_a_later_sales_file_become_records(room: DataRoom) -> None:
    room.offer(customers(room, ("100", "Bakker", "", "", "")), kind="customers")
    outcome = room.offer(room.file(SALES))
    assert outcome.created == {"customers": 2, "products": 2, "sellers": 0, "territories": 0}
    assert Customer.objects.get(number="100").name == "Bakker"


class TestWhatAnUndoKeeps:
    """Undo of a sales file, beside other files and people."""

    def test_untouched_records_go_and_touched_ones_stay_and_are_named(self, room: DataRoom) -> None:
        batch = room.offer(room.file(SALES)).batch
        Customer.objects.filter(number="101").update(name="Door mij gewijzigd", touched_at=timezone.now())
        told = room.undo(batch)
        assert told["removed"] == {"customers": 2, "products": 2}
        assert told["touched"] == {"customers": ["Door mij gewijzigd"]}
        assert [row.number for row in Customer.objects.all()] == ["101"]
        assert list(SearchEntry.objects.values_list("object_key", flat=True)) == ["101"]
        assert room.totals().lines == 0

    def test_what_another_batch_needs_stays_and_goes_with_the_last(self, room: DataRoom) -> None:
        first = room.offer(room.file(SALES)).batch
        second = room.offer(room.file([line(50, date(2025, 5, 20), customer="100", product="A1")], name="b.csv")).batch
        assert room.undo(first)["removed"] == {"customers": 2, "products": 1}
        assert [row.number for row in Customer.objects.all()] == ["100"]
        room.undo(second)
        assert not Customer.objects.exists()
        assert not Product.objects.exists()

    def test_a_customer_in_a_customers_file_stays(self, room: DataRoom) -> None:
        first = room.offer(room.file(SALES)).batch
        second = room.offer(customers(room, ("100", "Bakker", "", "", "")), kind="customers").batch
        room.undo(first)
        assert [row.name for row in Customer.objects.all()] == ["Bakker"]
        room.undo(second)
        assert not Customer.objects.exists()

    def test_a_seller_whom_a_customer_has_stays(self, room: DataRoom) -> None:
        rows = [[*row, "V1"] for row in SALES]
        first = room.offer(room.file(rows, headings=(*HEADINGS, "Verkoper"))).batch
        room.offer(customers(room, ("900", "Nieuw", "", "V1", "")), kind="customers")
        room.undo(first)
        assert Customer.objects.get(number="900").seller.code == "V1"

    def test_a_second_undo_is_refused(self, room: DataRoom) -> None:
        from bekwaam.terms.errors import Refused

        batch = room.offer(room.file(SALES)).batch
        room.undo(batch)
        before = room.state()
        with pytest.raises(Refused):
            room.undo(batch)
        assert room.state() == before

    def test_an_undone_file_can_come_in_again(self, room: DataRoom) -> None:
        path = room.file(SALES)
        first: Any = room.offer(path)
        room.undo(first.batch)
        again = room.offer(path)
        assert (again.already_in, again.rows_imported) == (False, 6)
        assert again.batch != first.batch

"""No name of a person stands in the facts: a seller whom a file knows by name gets a key, and the record his name."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from data_room import HEADINGS, DataRoom, line

from bekwaam.records.models import Customer, Seller
from bekwaam.workspaces.data.seller_keys import key_of, looks_like_a_name

OPPORTUNITY = ("VK1", "100", "Pompen", "Offerte", "Verkoper Oost; VERKOPER OOST")
DAYS = [date(2025, 3, 13 + nth) for nth in range(6)]


def orders(*sellers: str) -> list[list[str]]:
    return [[*line(nth, DAYS[nth]), seller] for nth, seller in enumerate(sellers)]


def stored_words(room: DataRoom) -> set[str]:
    """Every text that stands in the facts, in small letters."""
    frames = [pl.read_parquet(file) for file in room.home.facts.rglob("*.parquet")]
    columns = [column for frame in frames for column in frame if column.dtype == pl.String]
    return {word.lower() for column in columns for word in column.drop_nulls()}


@pytest.mark.parametrize("code", ["Accountmanager Oost", "Verkoper van Dienst", "Leider, A.", "Anna", "J.-P. Oost"])
def test_a_name_is_known_as_one(code: str) -> None:
    assert looks_like_a_name(code)


@pytest.mark.parametrize("code", ["V12", "AMO", "12", "verkoop-3", "AM Oost 2", "jd"])
def test_a_code_is_left_as_it_is(code: str) -> None:
    assert not looks_like_a_name(code)


def test_the_facts_hold_a_key_and_the_record_holds_the_name(room: DataRoom) -> None:
    path = room.file(orders("Verkoper Oost", "Verkoper Oost", "V12"), headings=(*HEADINGS, "Verkoper"))
    room.offer(path)
    assert "verkoper oost" not in stored_words(room)
    assert dict(Seller.objects.values_list("code", "name")) == {key_of("Verkoper Oost"): "Verkoper Oost", "V12": ""}


def test_the_next_export_of_the_same_lines_changes_nothing(room: DataRoom) -> None:
    headings = (*HEADINGS, "Verkoper")
    room.offer(room.file(orders("Verkoper Oost", "Verkoper Zuid"), headings=headings))
    again = room.offer(room.file(orders("VERKOPER  OOST", "Verkoper Zuid")[::-1], name="b.csv", headings=headings))
    assert again.already_in


@pytest.mark.parametrize(
    ("kind", "headings", "row"),
    [
        ("customers", ("Klantnummer", "Naam", "Verkoper"), ("100", "Bakker BV", "Verkoper Oost")),
        ("sellers", ("Verkoper", "Team"), ("Verkoper Oost", "T1")),
        ("opportunities", ("Verkoopkans", "Klant", "Onderwerp", "Fase", "Verkoper"), OPPORTUNITY),
    ],
)
def test_no_kind_of_file_brings_a_name_into_the_facts(
    room: DataRoom, kind: str, headings: tuple[str, ...], row: tuple[str, ...]
) -> None:
    room.offer(room.file([("100", "Bakker BV")], name="k.csv", headings=("Klantnummer", "Naam")), kind="customers")
    outcome = room.offer(room.file([row], name="other.csv", headings=headings), kind=kind)
    assert outcome.exit_code == 0
    assert "verkoper oost" not in stored_words(room)
    assert dict(Seller.objects.values_list("code", "name")) == {key_of("Verkoper Oost"): "Verkoper Oost"}


def test_a_customer_and_his_orders_point_at_the_same_seller(room: DataRoom) -> None:
    room.offer(room.file(orders("Verkoper Oost"), headings=(*HEADINGS, "Verkoper")))
    row = ("100", "Bakker BV", "verkoper oost")
    room.offer(room.file([row], name="k.csv", headings=("Klantnummer", "Naam", "Verkoper")), kind="customers")
    assert Customer.objects.get(number="100").seller == Seller.objects.get()

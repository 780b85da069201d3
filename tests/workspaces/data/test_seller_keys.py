"""No name of a person stands in the facts: a seller whom a file knows by name gets a key, and the record his name."""

from __future__ import annotations

from datetime import date

import pytest
from data_room import HEADINGS, DataRoom, line

from bekwaam.records.models import Seller
from bekwaam.workspaces.data.seller_keys import key_of, looks_like_a_name

DAYS = [date(2025, 3, 13 + nth) for nth in range(6)]


def orders(*sellers: str) -> list[list[str]]:
    return [[*line(nth, DAYS[nth]), seller] for nth, seller in enumerate(sellers)]


@pytest.mark.parametrize("code", ["Accountmanager Oost", "Verkoper van Dienst", "Leider, A.", "Anna", "J.-P. Oost"])
def test_a_name_is_known_as_one(code: str) -> None:
    assert looks_like_a_name(code)


@pytest.mark.parametrize("code", ["V12", "AMO", "12", "verkoop-3", "AM Oost 2", "jd"])
def test_a_code_is_left_as_it_is(code: str) -> None:
    assert not looks_like_a_name(code)


def test_the_facts_hold_a_key_and_the_record_holds_the_name(room: DataRoom) -> None:
    path = room.file(orders("Verkoper Oost", "Verkoper Oost", "V12"), headings=(*HEADINGS, "Verkoper"))
    room.offer(path)
    stored = b"".join(file.read_bytes() for file in room.home.facts.rglob("*.parquet"))
    assert b"Verkoper Oost" not in stored
    assert dict(Seller.objects.values_list("code", "name")) == {key_of("Verkoper Oost"): "Verkoper Oost", "V12": ""}


def test_the_next_export_of_the_same_lines_changes_nothing(room: DataRoom) -> None:
    headings = (*HEADINGS, "Verkoper")
    room.offer(room.file(orders("Verkoper Oost", "Verkoper Zuid"), headings=headings))
    again = room.offer(room.file(orders("VERKOPER  OOST", "Verkoper Zuid")[::-1], name="b.csv", headings=headings))
    assert again.already_in

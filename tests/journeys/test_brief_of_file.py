"""The Monday straight from a file: every answer it asks for can be given, and every end has its object."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import bekwaam

HEADINGS = "Ordernummer;Orderdatum;Klantnummer;Artikelcode;Aantal;Prijs;Valuta"


def orders(
    path: Path, *, currencies: tuple[str, ...] = ("EUR",), days: range = range(11, 29), price: str = "2,50"
) -> Path:
    rows = [
        f"SO{nth};{day:02d}-{month:02d}-2025;{nth % 4};A1;10;{price};{currencies[nth % len(currencies)]}"
        for month in range(1, 7)
        for nth, day in enumerate(days, month * 100)
    ]
    path.write_text("\r\n".join([HEADINGS, *rows]), encoding="utf-8")
    return path


@pytest.fixture
def none(tmp_path: Path) -> Path:
    """A home that is never made."""
    return tmp_path / "never-made"


def test_a_row_that_cannot_go_in_stops_with_one_object_and_can_be_left_out(none: Path, tmp_path: Path) -> None:
    file = orders(tmp_path / "orders.csv")
    file.write_text(file.read_text().replace("SO105;16-01-2025", "SO105;31-02-2025"))
    stopped = bekwaam(none, "brief", file, "--json")
    assert (stopped.code, stopped.object["rows_refused"]) == (1, 1)
    assert "--skip-refused" in stopped.err
    told = bekwaam(none, "brief", file, "--json", "--skip-refused")
    assert told.code == 0, told.err
    assert told.object["totals"]["last_12_months"]["lines"] == 107
    assert str(none.parent) not in told.err
    assert "bekwaam import" in told.err


def test_a_question_is_answered_with_a_mapping(none: Path, tmp_path: Path) -> None:
    file = orders(tmp_path / "orders.csv", days=range(1, 9))
    asked = bekwaam(none, "brief", file, "--json")
    assert (asked.code, asked.object["questions"][0]["code"]) == (1, "date_order")
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({"date_order": {"order_date": "dmy"}}))
    told = bekwaam(none, "brief", file, "--mapping", answer, "--json")
    assert (told.code, told.object["as_of"]) == (0, "2025-06-09"), told.err


def test_a_file_in_one_other_currency_brings_it_along(none: Path, tmp_path: Path) -> None:
    told = bekwaam(none, "brief", orders(tmp_path / "orders.csv", currencies=("USD",)), "--json", language="nl")
    assert told.code == 0, told.err
    assert told.object["currency"] == "USD"
    assert "USD" in told.err


def test_a_file_in_two_currencies_is_refused(none: Path, tmp_path: Path) -> None:
    told = bekwaam(none, "brief", orders(tmp_path / "orders.csv", currencies=("USD", "GBP")), "--json")
    assert (told.code, told.object["refusals"][0]["code"]) == (1, "no_rate")


def test_a_file_that_is_not_there_is_told_in_the_language_that_was_asked_for(none: Path) -> None:
    told = bekwaam(none, "brief", "nope.csv", "--lang", "nl", "--json")
    assert (told.code, told.object["error"]) == (2, "file_missing")
    assert "Er is geen bestand" in told.err


@pytest.mark.parametrize("words", [["--skip-refused"], ["--mapping", "answer.json"]])
def test_options_of_a_file_need_one(words: list[str], none: Path) -> None:
    told = bekwaam(none, "brief", *words, "--json")
    assert (told.code, told.object["error"]) == (2, "option_needs_file")
    assert words[0] in told.err

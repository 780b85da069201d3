"""What is told about a file: its sheets, totals, columns named by hand, and refused rows of unknown worth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from data_room import HEADINGS, DataRoom, line

from bekwaam.terms.errors import Refused
from bekwaam.workspaces.data.import_report import report

DAYS = [date(2025, 3, 13 + nth) for nth in range(9)]


def months(room: DataRoom, *, headings_of_others: tuple[str, ...] = HEADINGS) -> Path:
    """A workbook with a sheet per month, three lines each."""
    path = room.folder / "months.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for place, name in enumerate(("jan", "feb", "mrt")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADINGS if name == "jan" else headings_of_others)
            for nth in range(3):
                day = date(2025, place + 1, 13 + nth)
                sheet.write_row(nth + 1, 0, line(100 * place + nth, day))
    return path


def told(outcome: object) -> str:
    return "\n".join(report(outcome))


class TestSheets:
    def test_sheets_with_the_same_headings_are_asked_about(self, room: DataRoom) -> None:
        outcome = room.offer(months(room))
        assert [question["code"] for question in outcome.questions] == ["which_sheet"]
        assert [choice["value"] for choice in outcome.questions[0]["choices"]] == ["*", "jan", "feb", "mrt"]
        assert room.totals().lines == 0

    def test_together_they_are_one_table(self, room: DataRoom) -> None:
        outcome = room.offer(months(room), mapping={"sheet": "*"})
        assert (outcome.rows_read, room.totals().lines, room.totals().revenue) == (9, 9, Decimal("225.00"))
        assert "feb 1000, mrt 2000" in told(outcome)

    def test_one_of_them_is_read_alone(self, room: DataRoom) -> None:
        outcome = room.offer(months(room), mapping={"sheet": "feb"})
        assert (outcome.rows_read, str(outcome.first_date)) == (3, "2025-02-13")

    def test_the_answer_is_remembered_for_the_next_file_of_that_source(self, room: DataRoom) -> None:
        room.offer(months(room), mapping={"sheet": "*"})
        again = room.folder / "again.xlsx"
        again.write_bytes(months(room).read_bytes() + b" ")
        assert room.offer(again).already_in

    def test_a_sheet_with_other_headings_is_named(self, room: DataRoom) -> None:
        path = months(room, headings_of_others=("Kolom", "Iets", "Anders", "Heel", "Wat", "Meer", "Zo"))
        outcome = room.offer(path)
        assert outcome.rows_read == 3
        assert "Only sheet jan was read" in told(outcome)


def test_a_heading_that_the_file_lacks_is_refused_with_those_it_has(room: DataRoom) -> None:
    path = room.file([line(1, DAYS[0])])
    with pytest.raises(Refused) as refused:
        room.offer(path, mapping={"fields": {"customer_number": "Klantnumer"}})
    assert refused.value.code == "mapping_column_unknown"
    assert refused.value.values["column"] == "Klantnumer"
    assert "Klantnummer" in refused.value.values["headings"]
    assert room.totals().lines == 0


def test_the_very_same_file_read_otherwise_must_be_undone_first(room: DataRoom) -> None:
    path = room.file([line(nth, day) for nth, day in enumerate(DAYS)])
    first = room.offer(path).batch
    with pytest.raises(Refused, match="already_in_otherwise"):
        room.offer(path, mapping={"fields": {"country": None}})
    room.undo(first)
    assert room.offer(path, mapping={"fields": {"country": None}}).batch
    assert room.offer(path, mapping={"fields": {"country": None}}).already_in


def test_no_share_of_revenue_is_told_while_a_refused_amount_is_unknown(room: DataRoom) -> None:
    rows = [line(nth, day) for nth, day in enumerate(DAYS)]
    rows[4][5] = "12345.67x"
    words = told(room.offer(room.file(rows)))
    assert "%" not in words
    assert "Of 1 refused line nobody knows the amount." in words


def test_a_total_that_was_left_out_is_shown(room: DataRoom) -> None:
    rows = [*(line(nth, day) for nth, day in enumerate(DAYS)), ["Totaal", "", "", "", "90", "22,50", ""]]
    assert "was taken for a total and left out: Totaal" in told(room.offer(room.file(rows)))


def test_countries_of_customers_without_a_code_are_named(room: DataRoom) -> None:
    path = room.file([["1", "Bakery", "Narnia"], ["2", "Mill", "Nederland"]], headings=("Klantnummer", "Naam", "Land"))
    outcome = room.offer(path, kind="customers")
    assert outcome.report["counts"]["countries_without_code"] == 1
    assert "so that the field stays as it was: Narnia." in told(outcome)


def test_one_is_one(room: DataRoom) -> None:
    one = told(room.offer(room.file([line(1, DAYS[0], quantity="-2")])))
    assert "1 of 1 line read in" in one
    assert "from 1 customer." in one
    assert "1 line is a return." in one


def test_the_amount_of_a_fraction_is_asked_in_words(room: DataRoom) -> None:
    rows = [line(nth, day, price="1.105") for nth, day in enumerate(DAYS)]
    words = told(room.offer(room.file(rows)))
    assert "Choose from: the comma (comma); the point (point)." in words


def test_what_can_go_in_is_said_once(room: DataRoom) -> None:
    path = room.file([*(line(nth, day) for nth, day in enumerate(DAYS)), line(10, "31-02-2025")])
    dry = told(room.offer(path, dry_run=True, skip_refused=True))
    assert (dry.count("can go in"), dry.count("1 line cannot go in.")) == (1, 1)
    words = told(room.offer(path, skip_refused=True))
    assert ("can go in" in words, "9 of 10 lines read in" in words) == (False, True)


def test_remarks_on_a_file_that_goes_in_partly_say_that_they_are_about_all_of_it(room: DataRoom) -> None:
    rows = [line(nth, day, quantity="-1") for nth, day in enumerate(DAYS)]
    assert "About the whole file" not in told(room.offer(room.file(rows)))
    outcome = room.offer(room.file([*rows, line(90, DAYS[0])], name="more.csv"), overlap="new")
    words = told(outcome).splitlines()
    assert words[words.index("  About the whole file, with the lines that were in already:") + 1].endswith(
        "are returns."
    )


def test_the_object_says_how_many_refusals_there_are(room: DataRoom) -> None:
    rows = [line(nth, DAYS[0] if nth < 5 else "31-02-2025") for nth in range(1_205)]
    outcome = room.offer(room.file(rows), skip_refused=True)
    assert (len(outcome.to_json()["refusals"]), outcome.to_json()["refusals_found"]) == (1_000, 1_200)

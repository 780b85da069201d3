"""Rows that cannot go in: named, set apart, mended and read in after all."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from data_room import HEADINGS, DataRoom, cells_of, line, xlsx

from bekwaam.workspaces.data.import_report import report

DAYS = [date(2025, 3, 1 + day) for day in range(20)]


def lines(bad: dict[int, dict[str, Any]]) -> list[list[Any]]:
    """Two lines per order, the second of the same product as the first; some spoiled."""
    rows = [line(nth // 2, DAYS[nth // 2], quantity=str(nth + 1), customer=str(100 + nth % 7)) for nth in range(40)]
    for nth, changes in bad.items():
        for name, value in changes.items():
            rows[nth][HEADINGS.index(name)] = value
    return rows


BAD = {3: {"Aantal": "12 x 5"}, 9: {"Orderdatum": "31-02-2025"}, 20: {"Prijs": "veel"}, 21: {"Aantal": "=1+1"}}
REVENUE = sum(Decimal(nth + 1) * Decimal("2.50") for nth in range(40))


def mend(room: DataRoom, apart: Path, *, name: str = "mended.xlsx") -> Path:
    """The file of refused rows with every faulty cell replaced by what it should have been."""
    headings, *rows = cells_of(apart)
    row_at = next(place for place, heading in enumerate(headings) if "row" in heading)
    for row in rows:
        nth = int(row[row_at]) - 2
        good = lines({})[nth]
        for heading in BAD.get(nth, {}):
            row[headings.index(heading)] = good[HEADINGS.index(heading)]
    return xlsx(room.folder / name, [headings, *rows])


def test_each_refusal_has_its_row_column_value_and_reason(room: DataRoom) -> None:
    before = room.state()
    outcome = room.offer(room.file(lines(BAD)))
    assert outcome.exit_code == 1
    assert (outcome.batch, outcome.rows_imported, outcome.refused_file) == (None, 0, None)
    named = [(refusal["row"], refusal["column"], refusal["value"]) for refusal in outcome.refusals]
    assert named == [
        (5, "Aantal", "12 x 5"),
        (11, "Orderdatum", "31-02-2025"),
        (22, "Prijs", "veel"),
        (23, "Aantal", "=1+1"),
    ]
    assert all(len(refusal["reason"]) > 20 and "%(" not in refusal["reason"] for refusal in outcome.refusals)
    assert room.state() == before


def test_the_good_rows_go_in_and_the_mended_ones_complete_the_totals(room: DataRoom) -> None:
    first = room.offer(room.file(lines(BAD)), skip_refused=True)
    assert (first.exit_code, first.rows_imported, first.rows_refused) == (0, 36, 4)
    again = room.offer(mend(room, Path(first.refused_file)))
    assert again.exit_code == 0, (again.questions, again.refusals)
    assert again.rows_imported == 4
    found = room.totals()
    assert (found.lines, found.revenue) == (40, REVENUE)


def test_rows_mended_in_two_rounds_go_in_as_well(room: DataRoom) -> None:
    first = room.offer(room.file(lines(BAD)), skip_refused=True)
    mended = cells_of(mend(room, Path(first.refused_file)))
    mended[2][HEADINGS.index("Orderdatum")] = "30-02-2025"
    second = room.offer(xlsx(room.folder / "half.xlsx", mended), skip_refused=True)
    assert (second.exit_code, second.rows_imported, second.rows_refused) == (0, 3, 1)
    left = cells_of(Path(second.refused_file))
    left[1][HEADINGS.index("Orderdatum")] = DAYS[4].strftime("%d-%m-%Y")
    third = room.offer(xlsx(room.folder / "rest.xlsx", left))
    assert third.exit_code == 0, (third.questions, third.refusals)
    assert (room.totals().lines, room.totals().revenue) == (40, REVENUE)


def test_mended_rows_saved_once_more_do_not_go_in_twice(room: DataRoom) -> None:
    first = room.offer(room.file(lines(BAD)), skip_refused=True)
    room.offer(mend(room, Path(first.refused_file)))
    copy = cells_of(mend(room, Path(first.refused_file), name="copy.xlsx"))
    text = "\n".join(";".join(str(cell) for cell in row) for row in copy)
    before = room.state()
    again = room.offer(room.bytes(text.encode(), name="copy.csv"))
    assert (again.exit_code, again.already_in, again.batch, again.rows_imported) == (0, True, None, 0)
    assert room.state() == before


def test_a_full_export_after_mending_finds_every_line_in(room: DataRoom) -> None:
    first = room.offer(room.file(lines(BAD)), skip_refused=True)
    room.offer(mend(room, Path(first.refused_file)))
    whole = room.offer(room.file(lines({}), name="whole.csv"))
    assert (whole.exit_code, whole.already_in, whole.overlap["equal"]) == (0, True, 40)


def test_how_many_can_go_in_is_said_in_one_sentence(room: DataRoom) -> None:
    rows = [line(nth, date(2025, 1, 1 + nth % 28), quantity="1", price="100,00") for nth in range(1_200)]
    rows[7][4] = rows[8][4] = "niets"
    told = "\n".join(report(room.offer(room.file(rows))))
    assert "1,198 of 1,200 lines can go in" in told
    assert "Nothing has been stored." in told


def test_a_share_short_of_everything_never_reads_as_all(room: DataRoom) -> None:
    rows = [line(nth, date(2025, 1, 21), quantity="1", price="1000,00") for nth in range(3_000)]
    rows[7][1] = "31-02-2025"
    told = "\n".join(report(room.offer(room.file(rows))))
    assert "2,999 of 3,000 lines can go in, 99.9% of revenue; 1 line cannot." in told


def test_a_file_of_which_no_row_can_go_in_stores_nothing(room: DataRoom) -> None:
    rows = [line(nth, date(2025, 1, 21), quantity="veel") for nth in range(5)]
    before = room.state()
    outcome = room.offer(room.file(rows), skip_refused=True)
    assert (outcome.exit_code, outcome.already_in, outcome.batch) == (1, False, None)
    assert "No line can go in" in "\n".join(report(outcome))
    assert room.state() == before


@pytest.mark.parametrize(
    "words", ['=HYPERLINK("http://evil.example";"klik")', "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3"]
)
def test_what_a_spreadsheet_takes_for_a_formula_is_text_in_the_file_of_refused_rows(room: DataRoom, words: str) -> None:
    rows = [line(1, date(2025, 1, 21)), line(2, date(2025, 1, 22), product=words, quantity="veel")]
    apart = Path(room.offer(room.file(rows), skip_refused=True).refused_file)
    assert words in [cell for row in cells_of(apart) for cell in row]
    import zipfile

    with zipfile.ZipFile(apart) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_too_many_refused_rows_for_a_sheet_become_a_safe_csv(room: DataRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bekwaam.intake.refused_file.XLSX_ROWS", 2)
    rows = [line(nth, date(2025, 1, 21), product="=1+1", quantity="veel") for nth in range(3)] + [
        line(9, date(2025, 1, 21))
    ]
    apart = Path(room.offer(room.file(rows), skip_refused=True).refused_file)
    with apart.open(encoding="utf-8-sig", newline="") as file:
        cells = [row["Artikelcode"] for row in csv.DictReader(file, delimiter=";")]
    assert apart.suffix == ".csv"
    assert cells == ["'=1+1"] * 3

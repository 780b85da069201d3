"""The file of refused rows: safe to open, as the rows stood, and good again once mended."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from raw_tables import TERMS, judged, order_table, table

from bekwaam.intake.mapping import Mapping as ColumnMapping
from bekwaam.intake.mapping import propose_mapping
from bekwaam.intake.raw_table import BrokenRow
from bekwaam.intake.reader import read_table
from bekwaam.intake.refused_file import safe_text, unmistakable, write_refused
from bekwaam.intake.sales import judge_sales

DAY = date(2026, 9, 14)
OWN = ["Bekwaam: rij / row", "Bekwaam: reden / reason"]


def sheet(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def in_words(code: str, values: Mapping[str, Any]) -> str:
    return f"{code} ({values.get('value', '')})."


def test_only_refused_rows_are_written_as_they_stood(tmp_path: Path) -> None:
    raw = order_table(Datum=["31-09-2026", DAY, DAY], Aantal=[12.5, 1, "veel"], Omzet=[Decimal("10.50")] * 3)
    path = write_refused(tmp_path / "refused.xlsx", raw, judged(raw), in_words)
    assert sheet(path) == [
        ["Ordernr", "Datum", "Klantnr", "Artikelcode", "Aantal", "Omzet", *OWN],
        ["61870", "31-09-2026", "104310", "FP-12", 12.5, 10.5, 2, "Datum: date_not_in_month (31-09-2026)."],
        ["61872", DAY, "104310", "FP-12", "veel", 10.5, 4, "Aantal: number_not_read (veel)."],
    ]


def test_nothing_in_it_becomes_a_formula(tmp_path: Path) -> None:
    evil = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|'/c calc'!A0"]
    raw = order_table(Artikelcode=evil, Omzet=["x"] * 5)
    in_sheet = write_refused(tmp_path / "refused.xlsx", raw, judged(raw))
    workbook = CalamineWorkbook.from_path(in_sheet).get_sheet_by_index(0).to_python()
    assert [row[3] for row in workbook[1:]] == evil
    with (tmp_path / "refused.xlsx").open("rb") as file:
        assert b"<f>" not in _sheet_xml(file.read())
    in_text = write_refused(tmp_path / "refused.csv", raw, judged(raw))
    with in_text.open(encoding="utf-8-sig", newline="") as file:
        cells = [row["Artikelcode"] for row in csv.DictReader(file, delimiter=";")]
    assert cells == [f"'{cell}" for cell in evil]


def _sheet_xml(archive: bytes) -> bytes:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(archive)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_mended_file_goes_in_and_its_source_is_known(tmp_path: Path, suffix: str) -> None:
    raw = order_table(
        Datum=["31-09-2026", "15-09-2026", "1-10-2026"],
        Artikelcode=["-A1", "FP-12", "=B"],
        Aantal=["1.234,5", "2", "x"],
        Omzet=["10,50", "2,50", "7,25"],
    )
    found = judged(raw)
    assert found.counts["rows_refused"] == 2
    path = write_refused(tmp_path / f"refused.{suffix}", raw, found)
    _mend(path, {"31-09-2026": "30-09-2026", "x": "3"})
    mended = read_table(path)
    assert ColumnMapping.signature(mended) == ColumnMapping.signature(raw)
    again = judge_sales(mended, propose_mapping(mended, "sales"), TERMS)
    assert (again.asks, again.refusals.height) == ((), 0)
    assert again.lines["product_code"].to_list() == ["-A1", "=B"]
    assert again.lines["quantity"].to_list() == [Decimal("1234.5"), Decimal(3)]
    assert again.lines["order_date"].to_list() == [date(2026, 9, 30), date(2026, 10, 1)]


def _mend(path: Path, changes: Mapping[str, str]) -> None:
    """Change cells as a person would, in either format."""
    if path.suffix == ".csv":
        text = path.read_text("utf-8-sig")
        for wrong, right in changes.items():
            text = text.replace(f";{wrong};", f";{right};")
        path.write_text(text, "utf-8-sig")
        return
    import xlsxwriter

    rows = [[changes.get(cell, cell) if isinstance(cell, str) else cell for cell in row] for row in sheet(path)]
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for place, row in enumerate(rows):
            page.write_row(place, 0, row)


def test_rows_refused_a_second_time_do_not_gather_columns(tmp_path: Path) -> None:
    raw = order_table(Omzet=["x", "1,50"])
    first = write_refused(tmp_path / "first.csv", raw, judged(raw))
    again = read_table(first)
    second = write_refused(tmp_path / "second.csv", again, judged(again))
    assert second.read_text("utf-8-sig").splitlines()[0].count("Bekwaam") == 2


def test_a_row_that_could_not_be_split_stands_in_the_first_column(tmp_path: Path) -> None:
    raw = table({"Ordernr": ["1"], "Datum": [DAY], "Omzet": [5]}, broken=[BrokenRow(3, "row_broken", "a;b;c;d")])
    rows = sheet(write_refused(tmp_path / "refused.xlsx", raw, judged(raw)))
    assert [rows[1][0], rows[1][3]] == ["a;b;c;d", 3]


def test_numbers_beyond_a_float_are_written_as_they_stood(tmp_path: Path) -> None:
    raw = order_table(Ordernr=[12345678901234567], Omzet=["x"])
    assert sheet(write_refused(tmp_path / "refused.xlsx", raw, judged(raw)))[1][0] == "12345678901234567"


@pytest.mark.parametrize("number", ["-12,50", "+3", "-1.000,00", "12", ""])
def test_a_plain_number_needs_no_apostrophe(number: str) -> None:
    assert safe_text(number) == number


@pytest.mark.parametrize("text", ["=1", "-A1", "@x", "\tx", "\rx", "+31 20 123", "-1+1", "-"])
def test_what_could_be_a_formula_gets_one(text: str) -> None:
    assert safe_text(text) == f"'{text}"


def test_three_decimals_cannot_be_taken_for_thousands() -> None:
    assert [unmistakable(number) for number in ("1.234", "1.23", "5", "2026-09-14")] == [
        "1.2340",
        "1.23",
        "5",
        "2026-09-14",
    ]

"""Totals and headings: what is no data is left out and told; what may be data never is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from workbooks import ORDERS, cells, csv_file, workbook

from bekwaam.intake.header import heading_row
from bekwaam.intake.raw_table import RawTable
from bekwaam.intake.reader import read_table
from bekwaam.terms.errors import Refused

LINES = (
    "Ordernr;Datum;Klant;Artikel;Aantal;Omzet\n"
    "61870;14-09-2026;Bakker;FP-12;4;1.100,50\n"
    "61871;15-09-2026;De Vries;FP-13;2;49,50\n"
    "61872;16-09-2026;Jansen;FP-12;1;25,00\n"
)


def from_csv(tmp_path: Path, *ends: str) -> RawTable:
    return read_table(csv_file(tmp_path / "orders.csv", LINES + "".join(f"{end}\n" for end in ends)))


def from_sheet(tmp_path: Path, *ends: list[Any]) -> RawTable:
    return read_table(workbook(tmp_path / "orders.xlsx", {"Orders": [*ORDERS, *ends]}))


@pytest.mark.parametrize(
    "end",
    [
        "Totaal;;;;7;1.175,00",
        ";;;Eindtotaal;;",
        "Grand total:;;;;;1.175,00",
        ";;Summe;;7;",
        ";;;;;1.175,00",
        ";;;;7;",
        "Totaal 2026;;;;;999,99",
        "TOTAAL EXCL. BTW;;;;;999,99",
    ],
)
def test_totals_at_the_end_are_left_out_and_told(tmp_path: Path, end: str) -> None:
    table = from_csv(tmp_path, end)
    assert len(table) == 3
    told = table.left_out[-1]
    assert (told.row, told.kind) == (5, "totals")
    assert told.text.split() == end.replace(";", " ").split()
    assert table.details["left_out"] == "1"


@pytest.mark.parametrize(
    "end",
    [
        "61873;17-09-2026;Totaal BV;FP-12;1;10,00",
        "61873;17-09-2026;Total;FP-12;1;10,00",
        "61873;17-09-2026;;Total;1;10,00",
        ";17-09-2026;;;7;1.175,00",
        "61873;;;;7;1.175,00",
        ";;;FP-12;1;10,00",
        ";;Jansen;;;1.174,00",
        ";;Totally wooden tables;;1;10,00",
        ";;;;;12,34",
        ";;;;0;0,00",
    ],
)
def test_a_row_that_may_be_data_stays(tmp_path: Path, end: str) -> None:
    table = from_csv(tmp_path, end)
    assert len(table) == 4
    assert not table.left_out


def test_what_stands_below_the_totals_goes_with_them(tmp_path: Path) -> None:
    table = from_csv(tmp_path, "", "Subtotaal;;;;7;1.175,00", "BTW 21 %;;;;;246,75", "Totaal;;;;;1.421,75", "Bron: ERP")
    assert len(table) == 3
    kinds = [(left.row, left.kind) for left in table.left_out]
    assert kinds == [(6, "totals"), (7, "totals"), (8, "totals"), (9, "title")]


def test_totals_with_data_below_them_are_not_the_end(tmp_path: Path) -> None:
    table = from_csv(tmp_path, "Totaal;;;;7;1.175,00", "61873;17-09-2026;Bakker;FP-12;1;10,00")
    assert cells(table, "Ordernr")[-2:] == ["Totaal", "61873"]


def test_a_remark_without_totals_stays_for_the_judge(tmp_path: Path) -> None:
    assert len(from_csv(tmp_path, "Bron: ERP")) == 4


def test_two_columns_need_the_word_and_the_sum(tmp_path: Path) -> None:
    rows = "Klant;Omzet\nBakker;10,00\nJansen;15,00\n"
    assert len(read_table(csv_file(tmp_path / "a.csv", rows + "Totaal;25,00\n"))) == 2
    assert len(read_table(csv_file(tmp_path / "b.csv", rows + "Totaal;24,00\n"))) == 3
    assert len(read_table(csv_file(tmp_path / "c.csv", rows + "Visser;25,00\n"))) == 3


def test_a_row_of_zeros_is_no_sum(tmp_path: Path) -> None:
    rows = "Ordernr;Datum;Omzet\n1;05-01-2026;5,00\n2;05-01-2026;-5,00\n;;0,00\n"
    assert len(read_table(csv_file(tmp_path / "orders.csv", rows))) == 3


def test_totals_of_a_sheet_are_left_out(tmp_path: Path) -> None:
    table = from_sheet(tmp_path, [], ["Totaal", None, None, None, 7, 175.0])
    assert len(table) == 3
    assert [(left.row, left.kind) for left in table.left_out] == [(6, "totals")]


def test_totals_of_floats_are_compared_to_the_cent(tmp_path: Path) -> None:
    rows = [["Order", "Datum", "Omzet"], *[[str(n), "2026-01-05", 0.1] for n in range(1_000)]]
    table = read_table(workbook(tmp_path / "a.xlsx", {"A": [*rows, [None, None, 100.00000000000001]]}))
    assert len(table) == 1_000
    table = read_table(workbook(tmp_path / "b.xlsx", {"A": [*rows, [None, None, 100.02]]}))
    assert len(table) == 1_001


def test_a_sheet_with_only_totals_below_its_headings_keeps_them_for_the_judge(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path / "orders.csv", "Ordernr;Datum;Omzet\nTotaal;;0,00\n"))
    assert len(table) == 1, "a table is never emptied by a guess"


def test_nothing_but_repeated_headings_is_no_data(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_table(csv_file(tmp_path / "orders.csv", "Ordernr;Datum\nOrdernr;Datum\n"))
    assert caught.value.code == "file_header_only"


def test_headings_that_come_back_on_every_page_are_left_out(tmp_path: Path) -> None:
    lines = LINES.splitlines()
    text = "\n".join([*lines, lines[0], "61873;17-09-2026;Bakker;FP-12;1;10,00"])
    table = read_table(csv_file(tmp_path / "orders.csv", text))
    assert cells(table, "Ordernr") == ["61870", "61871", "61872", "61873"]
    assert [(left.row, left.kind) for left in table.left_out] == [(5, "repeated_heading")]
    sheet = from_sheet(tmp_path, ORDERS[0], ["61873", None, "Bakker", None, 1, 10.0])
    assert cells(sheet, "Ordernr") == ["61870", "61871", "61872", "61873"]
    assert [(left.row, left.kind) for left in sheet.left_out] == [(5, "repeated_heading")]


def never(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["Foo", "Bar"], ["a", "b"], ["c", "d"]], 0),
        ([["Foo", "", "Baz"], ["a", "b", "c"], ["d", "e", "f"]], 0),
        ([["Report"], ["Foo", "Bar", "Baz"], ["a", "1", "2"], ["b", "3", "4"]], 1),
        ([["Period", "2026"], ["Foo", "Bar", "Baz"], ["a", "1", "2"], ["b", "3", "4"]], 1),
        ([["", "Sold", "", ""], ["Foo", "Bar", "Baz", "Qux"], ["a", "1", "2", "3"], ["b", "4", "5", "6"]], 1),
        ([["Made by", "the desk"], ["On", "Monday"], ["Foo", "Bar", "Baz"], ["x", "1", "2"], ["y", "3", "4"]], 2),
        ([["1", "2"], ["3", "4"]], None),
        ([["2026-01-05", "12,50", "x"], ["2026-01-06", "13,50", "y"]], None),
        ([], None),
        ([["", ""]], None),
    ],
)
def test_headings_are_found_without_knowing_them(rows: list[list[str]], place: int | None) -> None:
    assert heading_row(rows, known=never) == place


def test_known_headings_outweigh_a_neat_row_above_them() -> None:
    rows = [["Foo", "Bar", "Baz", "Qux"], ["Ordernr", "Datum", "Klant", "Omzet"], ["a", "b", "c", "d"]]
    assert heading_row(rows) == 1
    assert heading_row(rows, known=never) == 0

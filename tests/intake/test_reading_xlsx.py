"""Excel workbooks: the right sheet, every kind of cell, and rows numbered as Excel shows them."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from workbooks import ORDERS, cells, headings, rebuilt, workbook

from bekwaam.intake.limits import Limits
from bekwaam.intake.raw_table import LeftOut
from bekwaam.intake.reader import read_table
from bekwaam.intake.xlsx_cells import write_batch
from bekwaam.terms.errors import Refused


def refusal(path: Path, limits: Limits | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        read_table(path, limits=limits or Limits())
    return caught.value


def test_a_plain_sheet_keeps_the_kind_of_every_column(tmp_path: Path) -> None:
    table = read_table(workbook(tmp_path / "orders.xlsx", {"Orders": ORDERS}))
    assert headings(table) == ORDERS[0]
    assert table.column("Ordernr").texts.to_list() == ["61870", "61871", "61872"]
    assert table.column("Datum").days.to_list() == [date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 16)]
    assert table.column("Omzet").numbers.to_list() == [100.5, 49.5, 25.0]
    assert table.column("Omzet").texts is None
    assert table.rows.dtype == pl.UInt32
    assert table.rows.to_list() == [2, 3, 4]
    assert table.details == {"sheet": "Orders", "header_row": "1", "unpacked_mb": "1"}


def test_text_dates_among_real_dates_stay_apart(tmp_path: Path) -> None:
    rows = [["Order", "Datum"], ["1", date(2026, 9, 14)], ["2", "15-09-2026"], ["3", datetime(2026, 9, 16, 23, 59)]]
    column = read_table(workbook(tmp_path / "orders.xlsx", {"A": [*rows, ["4", None]]})).column("Datum")
    assert column.days.to_list() == [date(2026, 9, 14), None, date(2026, 9, 16), None]
    assert column.texts.to_list() == [None, "15-09-2026", None, None]
    assert column.numbers is None


def test_odd_cells_become_texts(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        clock = book.add_format({"num_format": "hh:mm:ss"})
        sheet.write_row(0, 0, ["Order", "Aantal", "Omzet"])
        sheet.write_row(1, 0, [" 007 ", True])
        sheet.write_formula(1, 2, "=B2*2", None, 42.5)
        sheet.write_formula(2, 2, "=NA()", None, "#N/A")
        sheet.write_formula(3, 2, '="a"&"b"', None, "ab")
        sheet.write_datetime(2, 1, time(13, 30), clock)
        sheet.write_row(2, 0, ["x"])
        sheet.write_row(3, 0, ["y", "  "])
    table = read_table(path)
    assert cells(table, "Order") == ["007", "x", "y"]
    assert cells(table, "Aantal") == ["true", "13:30:00", ""]
    assert table.column("Omzet").numbers.to_list() == [42.5, None, None]
    assert table.column("Omzet").texts.to_list() == [None, "#N/A", "ab"]


def test_dates_of_a_mac_workbook_are_not_four_years_off(tmp_path: Path) -> None:
    table = read_table(workbook(tmp_path / "orders.xlsx", {"A": ORDERS}, date_1904=True))
    assert table.column("Datum").days[0] == date(2026, 9, 14)


def test_a_table_in_the_middle_of_a_sheet_keeps_its_row_numbers(tmp_path: Path) -> None:
    rows = [["Omzet per order"], [], *ORDERS[:2], [], *ORDERS[2:]]
    table = read_table(workbook(tmp_path / "orders.xlsx", {"A": rows}, start=(4, 2)))
    assert headings(table) == ORDERS[0]
    assert table.rows.to_list() == [8, 10, 11]
    assert table.left_out == (LeftOut(5, "title", "Omzet per order"),)
    assert table.details["header_row"] == "7"


def test_a_merged_title_above_the_headings_is_a_title(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 5, "Orders 2026")
        sheet.merge_range(1, 4, 1, 5, "Verkocht")
        for down, row in enumerate(ORDERS, 2):
            sheet.write_row(down, 0, [str(cell) if isinstance(cell, date) else cell for cell in row])
    table = read_table(path)
    assert headings(table) == ORDERS[0]
    assert [left.text for left in table.left_out] == ["Orders 2026", "Verkocht"]


def test_the_sheet_with_the_data_is_found_behind_a_cover_and_a_pivot(tmp_path: Path) -> None:
    cover = [["Sales report"], ["Made by", "the sales desk"], ["Period", "2026"]]
    pivot = [["Row labels", "Sum of Omzet"], ["Bakker", 100.5], ["Jansen", 25.0], ["Grand total", 125.5]]
    customers = [["Klantnr", "Naam"], *[[f"1043{n}", f"Klant {n}"] for n in range(60)]]
    sheets = {"Cover": cover, "Pivot": pivot, "Klanten": customers, "Orders": ORDERS, "Empty": []}
    table = read_table(workbook(tmp_path / "orders.xlsx", sheets))
    assert table.details["sheet"] == "Orders"
    assert "Klanten" in table.details["other_sheets"]
    assert cells(table, "Klant") == ["Bakker", "De Vries", "Jansen"]


def test_a_hidden_sheet_is_taken_only_where_no_other_holds_a_table(tmp_path: Path) -> None:
    older = [ORDERS[0], *([ORDERS[1]] * 50)]
    both = workbook(tmp_path / "both.xlsx", {"Orders": ORDERS, "Old": older}, hidden=["Old"])
    assert read_table(both).details["sheet"] == "Orders"
    alone = workbook(tmp_path / "alone.xlsx", {"Cover": [["Report"]], "Old": older}, hidden=["Old"])
    assert read_table(alone).details["sheet"] == "Old"


def test_another_sheet_can_be_asked_for(tmp_path: Path) -> None:
    path = workbook(tmp_path / "orders.xlsx", {"2026": ORDERS, "2025": [*ORDERS[:2], []]})
    assert read_table(path).details["other_sheets"] == "2025"
    assert len(read_table(path, sheet="2025")) == 1
    with pytest.raises(Refused) as caught:
        read_table(path, sheet="2024")
    assert caught.value.values == {"file": "orders.xlsx", "sheet": "2024", "sheets": "2026, 2025"}


def test_a_chart_sheet_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    with xlsxwriter.Workbook(path) as book:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Orders!$B$2:$B$3"})
        book.add_chartsheet("Picture").set_chart(chart)
        sheet = book.add_worksheet("Orders")
        for down, row in enumerate([["Order", "Omzet"], ["1", 5], ["2", 7]]):
            sheet.write_row(down, 0, row)
    assert read_table(path).details["sheet"] == "Orders"


def test_inline_texts_and_empty_formatted_cells_read_the_same(tmp_path: Path) -> None:
    rows = [[*row, None, None] for row in ORDERS]
    shared = read_table(workbook(tmp_path / "shared.xlsx", {"A": rows}))
    inline = read_table(workbook(tmp_path / "inline.xlsx", {"A": rows}, in_memory=True, constant_memory=True))
    assert [cells(inline, heading) for heading in ORDERS[0]] == [cells(shared, heading) for heading in ORDERS[0]]


def test_a_long_sheet_keeps_its_rows_straight_when_the_kind_of_cell_changes(tmp_path: Path) -> None:
    """Cells come in batches of 20,000 rows: each kind begins and ends in another one."""
    rows = [["Order", "Omzet"], *[[f"A{n}", "later" if n > 40_000 else n / 4] for n in range(45_000)]]
    table = read_table(workbook(tmp_path / "orders.xlsx", {"A": rows}, constant_memory=True))
    assert table.rows.to_list() == list(range(2, 45_002))
    revenue = table.column("Omzet")
    assert revenue.numbers.to_list() == [n / 4 if n <= 40_000 else None for n in range(45_000)]
    assert revenue.texts.to_list() == ["later" if n > 40_000 else None for n in range(45_000)]


def test_the_mark_between_handed_over_texts_never_splits_one(tmp_path: Path) -> None:
    write_batch(tmp_path, [2, 3], [("a\x1fb", "c")], before=0)
    assert (tmp_path / "t0").read_bytes() == b"a b\x1fc\x1f"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "file_empty"),
        ([["Ordernr", "Datum", "Omzet"]], "file_header_only"),
        ([[1, 2, 3], [4, 5, 6]], "file_without_headings"),
    ],
)
def test_a_sheet_without_a_table_is_refused(tmp_path: Path, rows: list[list[object]], code: str) -> None:
    assert refusal(workbook(tmp_path / "orders.xlsx", {"A": rows})).code == code


def test_a_damaged_sheet_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "orders.xlsx", {"A": ORDERS})
    rebuilt(path, lambda name, content: content[: len(content) // 2] if "sheet1" in name else content)
    assert refusal(path).code == "workbook_damaged"


def test_a_missing_part_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "orders.xlsx", {"A": ORDERS})
    rebuilt(path, lambda name, content: None if "sheet1" in name else content)
    assert refusal(path).code == "workbook_damaged"


def test_a_child_out_of_memory_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every stage of its work it ends at once, also where somebody wants to see how the library fails."""
    monkeypatch.setenv("RUST_BACKTRACE", "1")
    rows = [["Order", "Omzet"], *[[f"A{n}", n] for n in range(30_000)]]
    path = workbook(tmp_path / "orders.xlsx", {"A": rows}, constant_memory=True)
    for child_mb in (20, 24, 26, 28):
        refused = refusal(path, Limits(child_mb=child_mb, child_seconds=20))
        assert refused.code == "workbook_too_heavy"
        assert refused.values == {"file": "orders.xlsx", "limit_mb": child_mb}


def test_a_child_out_of_time_costs_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "orders.xlsx", {"A": ORDERS})
    refused = refusal(path, Limits(child_seconds=0))
    assert refused.values == {"file": "orders.xlsx", "seconds": 0}


def test_a_file_in_the_way_of_the_child_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('run from the folder of the upload')")
    monkeypatch.chdir(tmp_path)
    workbook(tmp_path / "orders.xlsx", {"A": ORDERS})
    assert len(read_table(Path("orders.xlsx"))) == 3

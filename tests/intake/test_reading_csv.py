"""CSV and TSV as spreadsheets and ERPs write them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from workbooks import cells, csv_file, headings

from bekwaam.intake.csv_dialect import dialect_of
from bekwaam.intake.csv_records import lines_of
from bekwaam.intake.raw_table import BrokenRow, LeftOut
from bekwaam.intake.reader import read_table
from bekwaam.terms.errors import Refused

DUTCH = "Ordernr;Klant;Omzet\r\n61870;Café Zürich € 5;1.234,50\r\n61871;Müller;12,00-\r\n"


def broken(*rows: tuple[int, str, str]) -> tuple[BrokenRow, ...]:
    return tuple(BrokenRow(*row) for row in rows)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "windows-1252"),
    ],
)
def test_every_usual_encoding_gives_the_same_table(tmp_path: Path, encoding: str, told: str) -> None:
    table = read_table(csv_file(tmp_path / "orders.csv", DUTCH, encoding))
    assert headings(table) == ["Ordernr", "Klant", "Omzet"]
    assert cells(table, "Klant") == ["Café Zürich € 5", "Müller"]
    assert cells(table, "Omzet") == ["1.234,50", "12,00-"], "numbers stay as written"
    assert table.rows.to_list() == [2, 3]
    assert table.details == {"encoding": told, "separator": ";", "header_row": "1"}


def test_one_line_near_the_end_settles_the_encoding(tmp_path: Path) -> None:
    text = "Order;Klant\n" + "1;Jansen\n" * 300_000 + "2;Café €\n"
    table = read_table(csv_file(tmp_path / "orders.csv", text, "cp1252"))
    assert table.column("Klant").texts[-1] == "Café €"


def test_unused_bytes_of_windows_1252_lose_nothing_else_on_their_line(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(b"Order;Klant\n1;\x80 5 caf\xe9 \x81\n")
    assert cells(read_table(path), "Klant") == ["€ 5 café \x81"]


def test_pasted_together_encodings_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes("Order;Klant\n1;Café\n".encode() + "2;Müller\n3;René €\n".encode("cp1252"))
    table = read_table(path)
    assert cells(table, "Klant") == ["Café", "Müller", "René €"]
    assert table.details["encoding"] == "mixed"
    assert (table.details["mixed_rows"], table.details["mixed_first_row"]) == ("2", "3")


def test_half_a_sign_at_the_end_of_utf_16_is_pointed_at(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(DUTCH.encode("utf-16") + b"\x00\xd8")
    with pytest.raises(Refused) as caught:
        read_table(path)
    assert caught.value.values == {"file": "orders.csv", "row": 4, "encoding": "utf-16-le"}


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    rows = [["Ordernr", "Klant", "Omzet"], ["1", "Bakker; De Vries, & zn | Co", "12,50"], ["2", "Jansen", "7,25"]]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    table = read_table(csv_file(tmp_path / "orders.csv", out.getvalue()))
    assert table.details["separator"] == {"\t": "tab"}.get(separator, separator)
    assert [cells(table, heading) for heading in rows[0]] == [list(column) for column in zip(*rows[1:], strict=True)]


def test_regular_decimal_commas_are_no_separators(tmp_path: Path) -> None:
    rows = "".join(f"{n},5;{n},25;{n},75\n" for n in range(400))
    table = read_table(csv_file(tmp_path / "sizes.csv", "Foo;Bar;Baz\n" + rows))
    assert headings(table) == ["Foo", "Bar", "Baz"]
    assert len(table) == 400


def test_the_rows_below_the_headings_decide_between_two_separators(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path / "sizes.csv", "Foo;A,Bar;B,Baz\nx,y,z\np,q,r\n"))
    assert headings(table) == ["Foo;A", "Bar;B", "Baz"]


def test_excel_names_its_separator_in_the_first_line(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path / "orders.csv", "sep=|\r\nOrder|Omzet\r\n1|2\r\n"))
    assert headings(table) == ["Order", "Omzet"]
    assert table.rows.to_list() == [3]
    assert table.left_out == ()


def test_quoted_line_ends_keep_the_rows_of_the_editor(tmp_path: Path) -> None:
    text = 'Order;Note;Omzet\n1;"two\nlines";5\n2;"said ""yes""; twice";6\n\n3;"a\r\nb\nc";7\n4;x;8\n'
    table = read_table(csv_file(tmp_path / "orders.csv", text))
    assert cells(table, "Note") == ["two\nlines", 'said "yes"; twice', "a\r\nb\nc", "x"]
    assert table.rows.to_list() == [2, 4, 6, 9]
    assert not table.broken


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(tmp_path: Path, end: str) -> None:
    table = read_table(csv_file(tmp_path / "orders.csv", end.join(["Order;Omzet", "1;2", "", "3;4"])))
    assert cells(table, "Omzet") == ["2", "4"]
    assert table.rows.to_list() == [2, 4]


def test_a_table_larger_than_one_piece_keeps_its_rows_straight(tmp_path: Path) -> None:
    rows = [
        f'{n};"first\nsecond {n}";{n / 4:.2f}' if n % 1_000 == 0 else f"{n};plain;{n / 4:.2f}" for n in range(90_000)
    ]
    path = csv_file(tmp_path / "orders.csv", "Order;Note;Omzet\n" + "\n".join(rows))
    table = read_table(path)
    assert len(table) == 90_000
    lines = lines_of(path.read_text())
    numbers, orders = table.rows.to_list(), cells(table, "Order")
    assert all(lines[number - 1].startswith(f"{order};") for number, order in zip(numbers, orders, strict=True))
    assert cells(table, "Note")[89_000] == "first\nsecond 89000"


def test_blank_lines_and_empty_columns_are_passed_over(tmp_path: Path) -> None:
    text = "\n;;;;\nOrder;;Klant;;Omzet\n\n1;;Bakker;;2\n;;;;\n ; ;;;\n3;;;;4\n"
    table = read_table(csv_file(tmp_path / "orders.csv", text))
    assert headings(table) == ["Order", "Klant", "Omzet"]
    assert cells(table, "Klant") == ["Bakker", ""]
    assert table.rows.to_list() == [5, 8]


def test_titles_above_the_headings_are_left_out_and_told(tmp_path: Path) -> None:
    text = "Omzet per order\nPeriode:;2026\n\nOrdernr;Datum;Klant;Omzet\n1;14-09-2026;Bakker;5,00\n"
    table = read_table(csv_file(tmp_path / "orders.csv", text))
    assert headings(table) == ["Ordernr", "Datum", "Klant", "Omzet"]
    assert table.left_out == (LeftOut(1, "title", "Omzet per order"), LeftOut(2, "title", "Periode: 2026"))
    assert table.details["header_row"] == "4"


def test_doubled_headings_and_a_column_without_one_keep_their_cells(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path / "orders.csv", "Order;Naam;Naam;\n1;a;b;c\n2;d;e;f\n"))
    assert headings(table) == ["Order", "Naam", "Naam", ""]
    assert [column.texts.to_list() for column in table.columns[1:]] == [["a", "d"], ["b", "e"], ["c", "f"]]


def test_rows_that_go_on_behind_the_last_heading_make_a_column(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path / "orders.csv", "Order;Omzet\n1;2;x\n3;4;y\n"))
    assert headings(table) == ["Order", "Omzet", ""]
    assert table.columns[2].texts.to_list() == ["x", "y"]


def test_a_short_row_is_filled_up_and_empty_cells_too_many_do_no_harm(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path / "orders.csv", "Order;Klant;Omzet\n1;a;5\n2\n3;c;7;;;\n"))
    assert cells(table, "Klant") == ["a", "", "c"]
    assert not table.broken


def test_a_row_too_long_is_kept_apart_as_written(tmp_path: Path) -> None:
    text = "Order;Klant;Omzet\n1;a;5\n2;Bakker; De Vries;6\n3;c;7\n"
    table = read_table(csv_file(tmp_path / "orders.csv", text))
    assert cells(table, "Order") == ["1", "3"]
    assert table.rows.to_list() == [2, 4]
    assert table.broken == broken((3, "row_too_long", "2;Bakker; De Vries;6"))


def test_bare_decimal_commas_under_commas_never_shift_an_amount(tmp_path: Path) -> None:
    text = "Order,Omzet\n" + "".join(f"{n},12,50\n" for n in range(20))
    with pytest.raises(Refused) as caught:
        read_table(csv_file(tmp_path / "orders.csv", text))
    assert caught.value.code == "row_too_long_everywhere"
    assert caught.value.values["row"] == 2
    quoted = "Order,Omzet\n" + "".join(f'{n},"12,50"\n' for n in range(20))
    assert cells(read_table(csv_file(tmp_path / "orders.csv", quoted)), "Omzet") == ["12,50"] * 20


def test_a_quotation_mark_that_never_closes_costs_its_own_row_only(tmp_path: Path) -> None:
    rows = "".join(f"{n};plain;{n}\n" for n in range(5_000))
    text = 'Order;Note;Omzet\n1;ok;5\n2;"never closed;6\n' + rows
    table = read_table(csv_file(tmp_path / "orders.csv", text))
    assert table.broken == broken((3, "row_quotes", '2;"never closed;6'))
    assert len(table) == 5_001
    assert table.rows.to_list()[:3] == [2, 4, 5]


def test_headings_with_an_open_quotation_mark_are_not_mistaken_for_data(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_table(csv_file(tmp_path / "orders.csv", 'Foo;"Bar;Baz\nA;B;C\nD;E;F\n'))
    assert caught.value.code == "csv_open_quote"
    assert caught.value.values == {"file": "orders.csv", "row": 1}


def test_a_file_of_nothing_but_open_marks_is_refused_at_the_first(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_table(csv_file(tmp_path / "orders.csv", 'Order;Note;Omzet\n1;"open;5\n2;"open;6\n'))
    assert (caught.value.code, caught.value.values["row"]) == ("csv_open_quote", 2)


def test_a_quotation_mark_cannot_swallow_rows_up_to_the_next_one(tmp_path: Path) -> None:
    text = 'Order;Note;Omzet\n1;"12 inch;5\n2;plain;6\n3;"other;7\n4;last";8\n5;"ok";9\n'
    table = read_table(csv_file(tmp_path / "orders.csv", text))
    assert [row.row for row in table.broken] == [2, 4]
    assert cells(table, "Order") == ["2", "4", "5"]
    assert cells(table, "Note") == ["plain", 'last"', "ok"]


def test_inches_and_loose_marks_inside_a_cell_are_read_as_signs(tmp_path: Path) -> None:
    text = 'Order;Note;Omzet\n1;pipe 5" long;5\n2;"disc" 12;6\n3;"say "hi"";7\n4;"a;b"c;8\n'
    table = read_table(csv_file(tmp_path / "orders.csv", text))
    assert cells(table, "Order") == ["1", "2", "3", "4"]
    assert cells(table, "Omzet") == ["5", "6", "7", "8"]
    assert cells(table, "Note")[0] == 'pipe 5" long'
    assert cells(table, "Note")[3] == "a;bc"
    assert not table.broken


def test_loose_marks_in_a_row_of_another_width_are_a_fault(tmp_path: Path) -> None:
    text = 'Order;Note;Omzet\n1;ok;5\n2;"disc" 12;6;7;8\n3;"disc" 13\n'
    table = read_table(csv_file(tmp_path / "orders.csv", text))
    assert [(row.row, row.code) for row in table.broken] == [(3, "row_quotes"), (4, "row_quotes")]


def test_a_cell_beyond_measure_is_kept_apart(tmp_path: Path) -> None:
    text = f'Order;Note;Omzet\n1;ok;5\n2;"{"x" * 140_000}";6\n3;ok;7\n'
    table = read_table(csv_file(tmp_path / "orders.csv", text))
    assert [(row.row, row.code) for row in table.broken] == [(3, "row_cell_too_long")]
    assert cells(table, "Order") == ["1", "3"]


def test_formulas_stay_text_and_protected_zeros_are_read(tmp_path: Path) -> None:
    text = 'Order;Klantnr;Omzet\n1;="00123";=1+1\n2;"=""00124""";@sum\n'
    table = read_table(csv_file(tmp_path / "orders.csv", text))
    assert cells(table, "Klantnr") == ["00123", "00124"]
    assert cells(table, "Omzet") == ["=1+1", "@sum"]


def test_a_printed_sap_list_loses_its_rulers_pages_and_pipes(tmp_path: Path) -> None:
    page = "-----------------------------\n|Auftrag|Kunde |Nettowert  |\n-----------------------------\n"
    text = page + "|4711   |Müller|  1.234,50 |\n|4712   |Meier |     12,00-|\n" + page + "|4713   |Huber |  5,00|\n"
    table = read_table(csv_file(tmp_path / "list.txt", text, "cp1252"))
    assert headings(table) == ["Auftrag", "Kunde", "Nettowert"]
    assert cells(table, "Nettowert") == ["1.234,50", "12,00-", "5,00"]
    assert table.rows.to_list() == [4, 5, 9]
    kinds = [(left.row, left.kind) for left in table.left_out]
    assert kinds == [(1, "title"), (3, "title"), (6, "title"), (7, "repeated_heading"), (8, "title")]


def test_one_column_is_a_table_too(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path / "customers.csv", "Klantnummer\n104310\n104311\n"))
    assert cells(table, "Klantnummer") == ["104310", "104311"]


def test_a_dialect_needs_rows_that_read_like_headings() -> None:
    assert dialect_of(["1;2\n", "3;4\n"]) is None
    assert dialect_of([]) is None

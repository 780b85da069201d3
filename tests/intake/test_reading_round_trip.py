"""What is written is what is read, whatever the cells hold."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from workbooks import cells, csv_file

from bekwaam.intake.reader import read_table

HEADINGS = ["Ordernr", "Klant", "Opmerking", "Omzet"]
MARKS = st.sampled_from(list('";,|\t\n é€"ß12.-='))
CELL = st.text(st.one_of(MARKS, st.characters(codec="cp1252", exclude_categories=["Cc", "Cf", "Zs"])), max_size=12)
ROW = st.lists(CELL, min_size=3, max_size=3)


def passes_for_utf8(text: str) -> bool:
    """Whether a line of Windows-1252 happens to be UTF-8 as well ("Â¡"); then nobody can tell."""
    lines = [line for line in text.encode("cp1252").splitlines() if not line.isascii()]
    return any("\ufffd" not in line.decode("utf-8", errors="replace") for line in lines)


@given(
    rows=st.lists(ROW, min_size=1, max_size=8),
    separator=st.sampled_from([";", ",", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_text_files_come_back_cell_by_cell(
    tmp_path: Path, rows: list[list[str]], separator: str, encoding: str, end: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=end)
    lines, starts = [HEADINGS, *[[f"A{n}", *row] for n, row in enumerate(rows)]], []
    for line in lines:
        starts.append(out.getvalue().count("\n") + 1)
        writer.writerow(line)
    assume(encoding != "cp1252" or not passes_for_utf8(out.getvalue()))
    assume(not any(cell.lstrip().startswith('="') for row in rows for cell in row))
    table = read_table(csv_file(tmp_path / "orders.csv", out.getvalue(), encoding))
    assert not table.broken
    assert not table.left_out
    for place, heading in enumerate(HEADINGS):
        assert cells(table, heading) == [line[place].strip() for line in lines[1:]]
    assert table.rows.to_list() == starts[1:]


@pytest.mark.shared
def test_half_a_million_lines_read_the_same_from_text_as_from_parquet(tmp_path: Path) -> None:
    import polars as pl

    source = Path(__file__).resolve().parents[3] / "shared" / "data" / "retention" / "online_retail.parquet"
    if not source.exists():
        pytest.skip("the public data stands beside the checkout only where it is shared")
    typed = read_table(source)
    frame = pl.read_parquet(source).with_columns(pl.col(pl.Categorical).cast(pl.String))
    frame.write_csv(tmp_path / "orders.csv", separator=";")
    text = read_table(tmp_path / "orders.csv")
    assert len(typed) == len(text) == 541_909
    assert text.rows.to_list() == list(range(2, 541_911))
    assert not text.broken
    assert text.column("StockCode").texts.equals(typed.column("StockCode").texts)
    price = text.column("UnitPrice").texts.cast(pl.Float64)
    worth = (price * text.column("Quantity").texts.cast(pl.Float64)).sum()
    assert round(worth, 2) == 9_747_747.93
    assert round((typed.column("UnitPrice").numbers * typed.column("Quantity").numbers).sum(), 2) == 9_747_747.93

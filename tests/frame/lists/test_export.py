"""A sheet that goes out runs nothing, and its figures stay figures."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st
from products_list import small_list

from bekwaam.frame.lists import TEXT, Column, read_state
from bekwaam.frame.lists.export import Export, csv_lines, safe_text, write_workbook

STARTERS = ("=", "+", "-", "@", "\t", "\r")


@given(st.text())
@example('"=1+1')
@example("' =cmd|' /C calc'!A0")
@example("\r=1")
@example("\x00=1")
def test_no_text_can_be_taken_for_a_formula(text: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow([safe_text(text), "next"])
    for raw in (out.getvalue(), next(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=";"))[0]):
        assert not raw.lstrip('" \n').startswith(STARTERS)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_the_apostrophe_is_all_that_is_added(text: str) -> None:
    assert safe_text(text) in (text, f"'{text}")


COLUMNS = (
    Column(code="name", title="=Name", kind=TEXT, path="description"),
    Column(code="code", title="Code", kind=TEXT, path="code"),
)


@pytest.fixture
def export(db: None) -> Any:
    from bekwaam.records.models import Product

    for number, text in enumerate(["=1+1", "Pomp 'groot'", "+31 20", '"@SUM(A1)', "een; twee\nregels"]):
        Product.objects.create(code=f"P{number}", description=text)
    definition = small_list(Product.objects.all(), columns=COLUMNS)
    state = read_state(QueryDict("view=all&sort=code&columns=name,code"), definition)
    return Export(state, "Small", [("Filter", "=none")])


def test_csv_has_the_filtered_set_and_says_what_it_is(export: Any) -> None:
    with translation.override("nl"):
        text = "".join(csv_lines(export))
    assert text.startswith("\ufeff'=Name;Code\r\n")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert [row[0] for row in rows[1:6]] == ["'=1+1", "Pomp 'groot'", "'+31 20", "'\"@SUM(A1)", "een; twee\nregels"]
    assert rows[-1] == ["# Filter: =none"]


def test_a_workbook_has_texts_as_texts(export: Any) -> None:
    from python_calamine import CalamineWorkbook

    file = io.BytesIO()
    write_workbook(file, export)
    assert b"<f>" not in file.getvalue()
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue()))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["=Name", "=1+1", "Pomp 'groot'", "+31 20", '"@SUM(A1)', "een; twee\nregels"]
    assert book.get_sheet_by_index(1).to_python() == [["Filter", "=none"]]

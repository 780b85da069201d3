"""Files that are no order file at all: each gets a sentence, from the command line's door and on the page."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from data_room import HEADINGS, DataRoom, line, xlsx
from preview_page import open_preview
from standing_cast import Cast

from bekwaam.records.models import Upload
from bekwaam.terms.errors import BekwaamError

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
GOOD = [line(nth, date(2025, 3, 11 + nth)) for nth in range(5)]


def csv_of(*rows: list[Any], headings: Any = HEADINGS) -> bytes:
    return "\r\n".join(";".join(str(cell) for cell in row) for row in [headings, *rows]).encode("cp1252")


def workbook_with_formulas(room: DataRoom) -> bytes:
    rows = [[*row[:4], "{=1+1}", row[5], row[6]] for row in GOOD]
    return xlsx(room.folder / "formulas.xlsx", [list(HEADINGS), *rows]).read_bytes()


UNREADABLE: dict[str, tuple[str, bytes]] = {
    "empty": ("orders.csv", b""),
    "blank": ("orders.csv", b"\r\n\r\n   \r\n"),
    "headings only": ("orders.csv", csv_of()),
    "picture": ("orders.xlsx", PICTURE),
    "html": ("orders.csv", b"<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table></body></html>"),
    "nul bytes": ("orders.csv", csv_of(*GOOD).replace(b"SO00002", b"SO\x00\x0002")),
    "no parquet": ("orders.parquet", b"PAR1 this is not parquet PAR1"),
    "torn workbook": ("orders.xlsx", b"PK\x03\x04 torn"),
    "noise": ("orders.csv", bytes(range(256)) * 8),
}
REFUSED: dict[str, tuple[str, bytes]] = {
    "1899": ("orders.csv", csv_of(*GOOD, line(9, "31-12-1899"))),
    "2099": ("orders.csv", csv_of(*GOOD, line(9, "31-12-2099"))),
    "too much": ("orders.csv", csv_of(*GOOD, line(9, date(2025, 3, 28), quantity="1E308"))),
    "formula text": ("orders.csv", csv_of(*GOOD, line(9, date(2025, 3, 28), quantity="=A1*2"))),
    "not a number": ("orders.csv", csv_of(*GOOD, line(9, date(2025, 3, 28), quantity="NaN"))),
    "endless": ("orders.csv", csv_of(*GOOD, line(9, date(2025, 3, 28), quantity="Infinity"))),
}
ASKED: dict[str, tuple[str, bytes]] = {
    "same heading twice": (
        "orders.csv",
        csv_of(*[[*row, "7,00"] for row in GOOD], headings=(*HEADINGS, "Prijs")),
    ),
    "foreign headings": ("orders.csv", csv_of(["a", "b"], headings=("Foo", "Bar"))),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_refused_with_a_sentence(room: DataRoom, case: str) -> None:
    from bekwaam.frame.sentences import sentence

    name, content = UNREADABLE[case]
    path, before = room.bytes(content, name=name), room.state()
    with pytest.raises(BekwaamError) as refused:
        room.offer(path)
    assert refused.value.exit_code == 1
    assert name in sentence(refused.value)
    assert room.state() == before


@pytest.mark.parametrize("case", REFUSED)
def test_an_impossible_cell_is_refused_and_nothing_else(room: DataRoom, case: str) -> None:
    name, content = REFUSED[case]
    outcome = room.offer(room.bytes(content, name=name))
    assert (outcome.exit_code, outcome.rows_refused) == (1, 1)
    assert outcome.refusals[0]["row"] == 7
    assert room.offer(room.bytes(content, name=name), skip_refused=True).rows_imported == 5


@pytest.mark.parametrize("case", ASKED)
def test_what_a_person_must_say_is_asked(room: DataRoom, case: str) -> None:
    name, content = ASKED[case]
    outcome = room.offer(room.bytes(content, name=name))
    assert outcome.exit_code == 1
    assert outcome.questions
    assert all(question["sentence"] and question["choices"] for question in outcome.questions)


def test_formulas_in_cells_never_break_an_import(room: DataRoom) -> None:
    outcome = room.offer(room.bytes(workbook_with_formulas(room), name="formulas.xlsx"))
    assert outcome.rows_read == 5
    assert outcome.exit_code in (0, 1)


@pytest.mark.parametrize("case", [*UNREADABLE, *REFUSED, *ASKED])
def test_the_page_says_it_in_a_sentence(room: DataRoom, cast: Cast, case: str) -> None:
    name, content = (UNREADABLE | REFUSED | ASKED)[case]
    if not content:
        return  # the form itself refuses an empty file; see below
    page = open_preview(cast.client("leader"), io.BytesIO(content), name=name)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Traceback" not in text
    assert "%(" not in text
    state = Upload.objects.get().state
    assert state == {"u": "refused", "r": "ready", "a": "asks"}[_group(case)]
    if state == "refused":
        assert name in text
        assert "Another file" in text


def _group(case: str) -> str:
    return "u" if case in UNREADABLE else "r" if case in REFUSED else "a"


def test_an_empty_file_is_refused_by_the_form(room: DataRoom, cast: Cast) -> None:
    client = cast.client("leader")
    page = client.post("/data/import/", {"kind": "sales", "file": io.BytesIO(b"")})
    assert page.status_code == 200
    assert not Upload.objects.exists()


@pytest.mark.parametrize("kind", ["customers", "products", "sellers"])
@pytest.mark.parametrize("content", [b"x;y\r\n1;2\r\n", PICTURE, b"Klantnummer;Artikelcode;Verkoper\r\n;;\r\n;;\r\n"])
def test_bad_files_of_other_kinds_break_nothing(room: DataRoom, kind: str, content: bytes) -> None:
    path, before = room.bytes(content, name="file.csv"), room.state()
    try:
        code = room.offer(path, kind=kind, skip_refused=True).exit_code
    except BekwaamError as error:
        code = error.exit_code
    assert code == 1
    assert room.state().facts == before.facts


def test_a_name_with_signs_stays_inside_the_home(room: DataRoom, cast: Cast) -> None:
    evil = "../../é vil; rm -rf.csv"
    page = open_preview(cast.client("leader"), io.BytesIO(csv_of(*GOOD)), name=evil)
    assert page.status_code == 200
    upload = Upload.objects.get()
    assert (room.home.uploads / upload.file).parent == room.home.uploads
    assert not list(Path(room.home.path).parent.glob("*vil*"))

"""Workbooks that would bring a reader down are refused before they are opened."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from workbooks import ORDERS, in_first_sheet, rebuilt, workbook

from bekwaam.intake import xlsx_reader
from bekwaam.intake.limits import Limits
from bekwaam.intake.reader import read_table
from bekwaam.intake.source import Source
from bekwaam.intake.xlsx_scan import scan
from bekwaam.terms.errors import Refused

LAST = b'<c r="F4">'
"""The last cell of `ORDERS`: a number."""


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    return workbook(tmp_path / "orders.xlsx", {"A": ORDERS})


@pytest.fixture(autouse=True)
def _no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused here never reaches the child."""

    def opened(*_: object) -> None:
        raise AssertionError("the workbook was opened")

    monkeypatch.setattr(xlsx_reader, "_run", opened)


def refusal(path: Path, limits: Limits | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        read_table(path, limits=limits or Limits())
    return caught.value


def test_a_sound_workbook_passes(orders: Path) -> None:
    assert scan(Source(orders, "orders.xlsx", Limits())).unpacked > 1_000


@pytest.mark.parametrize(
    ("far", "cell"),
    [
        (b'<c r="XFD1048576">', "XFD1048576"),
        (b"<c r='XFD1048576'>", "XFD1048576"),
        (b'<c\n  s="1"\t r = "XFD1048576">', "XFD1048576"),
        (b'<c r="xfd1048576">', "XFD1048576"),
        (b'<x:c r="XFD1048576">', "XFD1048576"),
        (b'<c r="T1048576">', "T1048576"),
        (b'<c r="XFD2000">', "XFD2000"),
        (b'<c r="A1048577">', "F1048577"),
        (b'<c r="XFE4">', "XFE4"),
        (b'<c r="AAAAAA4">', "AAAAAA4"),
    ],
)
def test_a_far_cell_is_refused_by_its_name(orders: Path, far: bytes, cell: str) -> None:
    refused = refusal(rebuilt(orders, in_first_sheet(LAST, far)))
    assert refused.code == "workbook_far_cell"
    assert refused.values == {"file": "orders.xlsx", "cell": cell}


def test_cells_without_a_name_follow_their_row(orders: Path) -> None:
    wide = b'<row r="1048576"><c r="A1"><v>1</v></c></row><row r="5"><c r="Z5"><v>1</v></c></row></sheetData>'
    assert refusal(rebuilt(orders, in_first_sheet(b"</sheetData>", wide))).values["cell"] == "Z1048576"


def test_an_empty_row_far_down_does_no_harm(orders: Path) -> None:
    far = b'<row r="1048576" spans="1:6" ht="20"/></sheetData>'
    wide = b'<row r="5"><c r="Z5"><v>1</v></c></row>'
    rebuilt(orders, in_first_sheet(b"</sheetData>", wide + far))
    assert scan(Source(orders, "orders.xlsx", Limits())).unpacked > 1_000


def test_a_far_cell_is_seen_wherever_a_piece_ends(orders: Path) -> None:
    for padding in range((1 << 20) - 40, (1 << 20) + 10, 7):
        text = b"<sheetData>" + b" " * padding + b'<row r="1"><c r="XFD1048576"><v>1</v></c></row>'
        path = rebuilt(orders, lambda name, _, text=text: text if "sheet1.xml" in name else b"<a/>")
        assert refusal(path, Limits(ratio=100_000)).code == "workbook_far_cell", padding


def test_every_part_is_looked_through_whatever_it_is_called(orders: Path) -> None:
    sheet = b'<worksheet><sheetData><row r="1"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    path = rebuilt(orders, lambda _, content: content, {"xl/media/picture.png": sheet})
    assert refusal(path).code == "workbook_far_cell"


@pytest.mark.parametrize("text", [b'<!DOCTYPE a SYSTEM "file:///x">', b'<!DOCTYPE a [<!ENTITY b "c">]>'])
def test_definitions_of_entities_are_refused(orders: Path, text: bytes) -> None:
    path = rebuilt(orders, lambda name, content: text + content if "sharedStrings" in name else content)
    assert refusal(path).code == "workbook_has_entities"


def test_a_zip_bomb_is_refused(orders: Path) -> None:
    path = rebuilt(orders, lambda _, content: content, {"xl/worksheets/sheet2.xml": bytes(50 << 20)})
    assert path.stat().st_size < 100_000
    assert refusal(path).code == "zip_bomb"


def test_a_workbook_of_thousands_of_parts_is_refused(orders: Path) -> None:
    path = rebuilt(orders, lambda _, content: content, {f"xl/a{n}.xml": b"" for n in range(600)})
    assert refusal(path).code == "zip_bomb"


def test_a_workbook_that_unpacks_to_too_much_is_refused_by_its_size(orders: Path) -> None:
    path = rebuilt(orders, lambda _, content: content, {"xl/a.xml": bytes(range(256)) * 16_384})
    refused = refusal(path, Limits(unpacked_mb=2))
    assert refused.code == "workbook_too_large"
    assert refused.values == {"file": "orders.xlsx", "unpacked_mb": 5, "limit_mb": 2}


def test_a_part_that_is_longer_than_it_says_is_refused(orders: Path) -> None:
    """The standard library would stop at the length told, and even find the checksum right."""
    true, told = b"<worksheet/>" + b" " * 5_000 + b'<c r="XFD1048576">', b"<worksheet/>"
    rebuilt(orders, lambda _, content: content, {"xl/worksheets/sheet2.xml": true})
    with zipfile.ZipFile(orders) as archive:
        size = archive.getinfo("xl/worksheets/sheet2.xml").compress_size
    sizes = struct.pack("<III", zlib.crc32(true), size, len(true))
    lie = struct.pack("<III", zlib.crc32(told), size, len(told))
    orders.write_bytes(orders.read_bytes().replace(sizes, lie))
    with zipfile.ZipFile(orders) as archive:
        assert archive.read("xl/worksheets/sheet2.xml") == told
    assert refusal(orders).code == "workbook_damaged"


def test_a_locked_part_is_refused(orders: Path) -> None:
    raw = bytearray(orders.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    orders.write_bytes(raw)
    assert refusal(orders).code == "workbook_locked"


def test_an_unusual_way_of_packing_is_refused(orders: Path) -> None:
    with zipfile.ZipFile(orders, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/extra.xml", b"<a/>" * 100)
    assert refusal(orders).code == "workbook_damaged"


def test_a_workbook_cut_short_is_refused(orders: Path) -> None:
    orders.write_bytes(orders.read_bytes()[:3_000])
    assert refusal(orders).code == "workbook_damaged"

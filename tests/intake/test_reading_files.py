"""What a file is follows from its bytes; what cannot be read is refused in words of its own."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from workbooks import ORDERS, cells, csv_file, workbook

from bekwaam.intake.limits import Limits
from bekwaam.intake.reader import read_table
from bekwaam.terms.errors import BekwaamError, Failed, Refused, WrongCall

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40)
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def refusal(path: Path, **options: Any) -> BekwaamError:
    with pytest.raises(BekwaamError) as caught:
        read_table(path, **options)
    return caught.value


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code", "kind"),
    [
        (PNG, "orders.xlsx", "file_is_picture", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(40), "orders.xlsx", "file_is_picture", "JPEG"),
        (b"GIF89a" + bytes(40), "orders.csv", "file_is_picture", "GIF"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "orders.csv", "file_is_picture", "WebP"),
        (b"%PDF-1.7\n%\xe2\xe3", "orders.xlsx", "file_is_not_a_table", "PDF"),
        (b"<!DOCTYPE html><html><body><table>", "orders.csv", "file_is_html", None),
        (b"\xef\xbb\xbf\r\n  <HTML>", "orders.xls", "file_is_html", None),
        ("<html><table>".encode("utf-16"), "orders.csv", "file_is_html", None),
        (b'<?xml version="1.0"?>\n<!-- made by -->\n<html>', "orders.csv", "file_is_html", None),
        (b'<?xml version="1.0"?><orders/>', "orders.csv", "file_is_not_a_table", "XML"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', "o.xls", "file_is_old_excel", None),
        (b'{"orders": [1, 2]}', "orders.csv", "file_is_not_a_table", "JSON"),
        (b'[\n  {"order": 1}\n]', "orders.csv", "file_is_not_a_table", "JSON"),
        (gzip.compress(b"Order;Datum\n1;2\n", mtime=0), "orders.csv", "file_is_archive", None),
        (OLD_EXCEL, "orders.xls", "file_is_old_excel", None),
        (OLD_EXCEL + "EncryptedPackage".encode("utf-16-le"), "orders.xlsx", "workbook_locked", None),
        (zipped(orders_dot_csv=b"a;b\n1;2\n"), "orders.xlsx", "file_is_archive", None),
        (zipped(word__document_dot_xml=b"<w/>"), "orders.xlsx", "file_is_not_a_table", "Word"),
        (zipped(xl__workbook_dot_bin=b"\x00"), "orders.xlsb", "file_other_spreadsheet", None),
        (zipped(mimetype=b"ods", content_dot_xml=b"<o/>"), "orders.ods", "file_other_spreadsheet", None),
        (b"PK\x03\x04 and then nothing of a workbook", "orders.xlsx", "workbook_damaged", None),
        (b"PAR1 and then nothing of a table", "orders.parquet", "parquet_damaged", None),
        (b"PAR1" + bytes(20) + b"PARE", "orders.parquet", "parquet_locked", None),
        (b"", "orders.csv", "file_empty", None),
        (b"\r\n \t\r\n;;;\r\n", "orders.csv", "file_without_headings", None),
        (b"\xef\xbb\xbf\r\n\r\n", "orders.csv", "file_empty", None),
        (b"Order;Datum;Omzet\r\n", "orders.csv", "file_header_only", None),
        (b"Order;Omzet\r\n1;2\r\n3\x00;4\r\n", "orders.csv", "file_nul_bytes", None),
        (b"1;2;3\n4;5;6\n", "orders.csv", "file_without_headings", None),
    ],
)
def test_what_cannot_be_read_is_refused_for_what_it_is(
    tmp_path: Path, content: bytes, name: str, code: str, kind: str | None
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refused = refusal(path, name="offered.csv")
    assert isinstance(refused, Refused)
    assert refused.code == code
    assert refused.values["file"] == "offered.csv"
    assert refused.values.get("kind") == kind


def test_the_name_does_not_decide(tmp_path: Path) -> None:
    sheet = workbook(tmp_path / "orders.csv", {"Blad1": ORDERS})
    text = csv_file(tmp_path / "orders.xlsx", "Order;Omzet\n1;2\n")
    assert read_table(sheet).format == "xlsx"
    assert read_table(text).format == "csv"


def test_a_file_of_two_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.touch()
    os.truncate(path, 2 << 30)
    refused = refusal(path)
    assert refused.code == "file_too_large"
    assert refused.values == {"file": "orders.csv", "size_mb": 2048, "limit_mb": 512}


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    missing = refusal(tmp_path / "orders.csv")
    assert isinstance(missing, WrongCall)
    assert refusal(tmp_path).code == "file_missing", "a folder is no file"


def test_a_disk_that_fails_is_not_blamed_on_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = csv_file(tmp_path / "orders.csv", "Order;Omzet\n1;2\n")

    def broken(*_: Any, **__: Any) -> Any:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", broken)
    failed = refusal(path)
    assert isinstance(failed, Failed)
    assert failed.values["reason"] == "Input/output error"


def test_a_zero_byte_is_pointed_at_by_its_row(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(b"Order;Omzet\r\n" + b"1;2\r\n" * 300_000 + b"7;\x008\r\n")
    assert refusal(path).values["row"] == 300_002


def test_one_endless_line_is_refused_instead_of_filling_memory(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "orders.csv", "Order;Omzet\n" + "1;" * 2_000_000)
    refused = refusal(path, limits=Limits(line_mb=1))
    assert (refused.code, refused.values["row"]) == ("file_line_too_long", 2)


def test_too_many_cells_are_counted_while_reading(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "orders.csv", "Order;Omzet\n" + "1;2\n" * 600)
    refused = refusal(path, limits=Limits(table_cells=1_000))
    assert refused.values == {"file": "orders.csv", "rows": 600, "columns": 2, "limit": 1_000}


def test_progress_ends_where_it_should(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    path = csv_file(tmp_path / "orders.csv", "Order;Omzet\n" + "1;2\n" * 400_000)
    table = read_table(path, progress=lambda *step: told.append(step))
    assert len(table) == 400_000
    shares = [done / total for step, done, total in told if step == "read"]
    assert shares == sorted(shares)
    assert len(shares) > 2
    assert shares[-1] == 1


def test_nothing_of_the_file_is_changed_by_reading(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "orders.csv", "Order;Omzet\n1;2\n")
    before = path.read_bytes()
    assert cells(read_table(path), "Omzet") == ["2"]
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]

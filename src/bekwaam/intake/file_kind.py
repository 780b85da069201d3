"""What a file really is, by its bytes; its name may say anything."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final

from bekwaam.terms.errors import Refused

HEAD_BYTES: Final = 8192

_PICTURES: Final = (
    (rb"\x89PNG\r", "PNG"),
    (rb"\xff\xd8\xff", "JPEG"),
    (rb"GIF8[79]a", "GIF"),
    (rb"BM.{4}\x00\x00\x00\x00", "BMP"),
    (rb"II\*\x00|MM\x00\*", "TIFF"),
    (rb"RIFF.{4}WEBP", "WebP"),
    (rb".{4}ftyp(?:heic|heix|mif1|avif)", "HEIC"),
)
_ARCHIVES: Final = rb"\x1f\x8b|BZh[1-9]|\xfd7zXZ\x00|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\x28\xb5\x2f\xfd"
_OTHERS: Final = (
    (rb"%PDF-", "PDF"),
    (rb"\{\\rtf", "RTF"),
    (rb"SQLite format 3\x00", "SQLite"),
    (rb"ARROW1\x00\x00", "Arrow"),
)
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_WEB_PAGE: Final = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta)\b", re.DOTALL
)
_OLD_EXCEL_AS_XML: Final = re.compile(r"excel\.sheet|schemas-microsoft-com:office:spreadsheet")
_JSON: Final = re.compile(r"\{\s*(?:\"[^\"]*\"\s*:|\})|\[\s*(?:\{|\[|\])")
_OTHER_OFFICE: Final = {"word/": "Word", "ppt/": "PowerPoint"}


def kind_of(path: Path, name: str) -> str:
    """The kind of a file: "csv" (any text), "xlsx" or "parquet".

    Raises:
        Refused: `file_empty`, or a code that names what the file is instead: `file_is_picture` (kind),
            `file_is_archive`, `file_is_html`, `file_is_old_excel`, `workbook_locked`, `file_other_spreadsheet`,
            `file_is_not_a_table` (kind), `workbook_damaged`.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise Refused("file_empty", file=name)
    if head.startswith((b"PAR1", b"PARE")):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(path, name)
    _refuse_binary(path, head, name)
    _refuse_markup(head, name)
    return "csv"


def _inside_zip(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part.lower() for part in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise Refused("workbook_damaged", file=name) from error
    if "xl/workbook.bin" in parts or {"mimetype", "content.xml"} <= parts:
        raise Refused("file_other_spreadsheet", file=name)
    if any(part.startswith("xl/") for part in parts):
        return "xlsx"
    for folder, kind in _OTHER_OFFICE.items():
        if any(part.startswith(folder) for part in parts):
            raise Refused("file_is_not_a_table", file=name, kind=kind)
    raise Refused("file_is_archive", file=name)


def _refuse_binary(path: Path, head: bytes, name: str) -> None:
    for start, kind in _PICTURES:
        if re.match(start, head, re.DOTALL):
            raise Refused("file_is_picture", file=name, kind=kind)
    for start, kind in _OTHERS:
        if re.match(start, head):
            raise Refused("file_is_not_a_table", file=name, kind=kind)
    if re.match(_ARCHIVES, head):
        raise Refused("file_is_archive", file=name)
    if head.startswith(_OLD_EXCEL):
        raise Refused("workbook_locked" if _has(path, _LOCKED) else "file_is_old_excel", file=name)


def _has(path: Path, mark: bytes) -> bool:
    """Whether the mark stands anywhere in the file; the directory of an old office file may be at its end."""
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            if mark in tail + chunk:
                return True
            tail = chunk[-len(mark) :]
    return False


def _refuse_markup(head: bytes, name: str) -> None:
    text = _as_text(head).lstrip("\ufeff \t\r\n").lower()
    if _WEB_PAGE.match(text):
        raise Refused("file_is_html", file=name)
    if text.startswith("<?xml") and _OLD_EXCEL_AS_XML.search(text):
        raise Refused("file_is_old_excel", file=name)
    if text.startswith(("<?xml", "<svg")):
        raise Refused("file_is_not_a_table", file=name, kind="XML")
    if _JSON.match(text):
        raise Refused("file_is_not_a_table", file=name, kind="JSON")


def _as_text(head: bytes) -> str:
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(head[:2])
    return head.decode(wide or "utf-8", errors="replace")

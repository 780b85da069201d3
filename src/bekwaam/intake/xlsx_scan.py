"""A look at a workbook before it is opened: is it small enough, and does it hold what would bring a reader down?

Measured: a workbook of 1 KB with one cell in the far corner aborts the library that opens workbooks, one of 671 KB
can hold 12 million cells, and 7 % of mutated workbooks killed it. So every part, whatever it is called, is unpacked
once in bounded memory and looked through, without parsing it.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from bekwaam.intake.column_letters import column_letters
from bekwaam.intake.limits import MB, in_mb
from bekwaam.intake.source import Source
from bekwaam.terms.errors import Refused

LAST_COLUMN: Final = 16_384
LAST_ROW: Final = 1_048_576

_PIECE: Final = 1 << 20
_LOCAL_HEADER: Final = struct.Struct("<4s22x2H")
_STORED_OR_DEFLATED: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ONE_KIND_OF_SPACE: Final = bytes.maketrans(b"\t\r\n", b"   ")
_DIGITS: Final = b"0123456789"
_LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_USUAL_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"')
_USUAL_ROW: Final = re.compile(rb'<row r="(\d{1,7})"(?:[^>]*[^>/])?>')
_ANY_CELL: Final = re.compile(rb"<(?:\w+:)?c [^>]*?\br *= *[\"']([A-Za-z]+\d+)[\"']")
_ANY_ROW: Final = re.compile(rb"<(?:\w+:)?row [^>]*?\br *= *[\"'](\d+)[\"'](?:[^>]*[^>/])?>")
_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError)


@dataclass(slots=True)
class _Corner:
    """The lowest row and the rightmost column that the cells of a part name."""

    row: int = 0
    column: int = 0

    @property
    def name(self) -> str:
        """As Excel writes it: XFD1048576."""
        return f"{column_letters(max(self.column, 1))}{self.row}"


@dataclass(frozen=True, slots=True)
class Scanned:
    """A workbook that may be opened.

    Attributes:
        unpacked: what it unpacks to, in bytes.
        faulty: the names of the parts with cells whose formula failed (#N/A …).
    """

    unpacked: int
    faulty: tuple[str, ...]


def scan(source: Source) -> Scanned:
    """Look through a workbook; refuses it when it is a bomb or damaged.

    Raises:
        Refused: `workbook_damaged`, `workbook_too_large`, `zip_bomb`, `workbook_locked`, `workbook_has_entities`,
            `workbook_far_cell`.
    """
    try:
        with source.path.open("rb") as file, zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            unpacked = _checked_directory(parts, source)
            done, faulty = 0, []
            for part in parts:
                if _check_part(file, part, source):
                    faulty.append(part.filename)
                done += part.file_size
                source.tell(done, unpacked * 2)
    except _DAMAGED as error:
        raise Refused("workbook_damaged", file=source.name) from error
    return Scanned(unpacked, tuple(faulty))


def _checked_directory(parts: list[zipfile.ZipInfo], source: Source) -> int:
    limits = source.limits
    unpacked = sum(part.file_size for part in parts)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("workbook_locked", file=source.name)
    if unpacked > limits.unpacked_mb * MB:
        size = in_mb(unpacked)
        raise Refused("workbook_too_large", file=source.name, unpacked_mb=size, limit_mb=limits.unpacked_mb)
    swollen = any(part.file_size > MB and part.file_size > limits.ratio * part.compress_size for part in parts)
    if swollen or len(parts) > limits.parts:
        raise Refused("zip_bomb", file=source.name)
    if len({part.filename for part in parts}) < len(parts):
        raise ValueError("two parts of the same name")
    return unpacked


def _check_part(file: BinaryIO, part: zipfile.ZipInfo, source: Source) -> bool:
    """Whether formulas failed in a part that may be opened."""
    corner, tail, is_faulty = _Corner(), b"", False
    for piece in _unpacked(file, part):
        text = tail + piece
        end = text.rfind(b">") + 1
        text, tail = (text[:end], text[end:]) if len(text) - end < _PIECE else (text, b"")
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise Refused("workbook_has_entities", file=source.name)
        is_faulty = is_faulty or b't="e"' in text or b"t='e'" in text
        _widen(corner, text)
        if _is_far(corner, source.limits.sheet_cells):
            raise Refused("workbook_far_cell", file=source.name, cell=corner.name)
    return is_faulty


def _is_far(corner: _Corner, most_cells: int) -> bool:
    return corner.row > LAST_ROW or corner.column > LAST_COLUMN or corner.row * corner.column > most_cells


def _widen(corner: _Corner, text: bytes) -> None:
    """Take in every cell of a text, and every row that is not closed at once: a cell without a name follows its row."""
    cells, rows = _cells_and_rows(text.translate(_ONE_KIND_OF_SPACE))
    names = b" ".join(cells)
    columns = set(names.translate(None, _DIGITS).split())
    corner.column = max(corner.column, max(map(_column_number, columns), default=0))
    corner.row = max(corner.row, max(map(int, {*rows, *names.translate(None, _LETTERS).split()}), default=0))


def _cells_and_rows(text: bytes) -> tuple[list[bytes], list[bytes]]:
    """The names of the cells and the numbers of the rows: quickly as programs write them, or in any way XML allows."""
    cells = _USUAL_CELL.findall(text)
    is_usual = len(cells) == text.count(b"<c ") and text.count(b"<row ") == text.count(b'<row r="')
    if is_usual and b":c " not in text and b":row " not in text:
        return cells, _USUAL_ROW.findall(text)
    return _ANY_CELL.findall(text), _ANY_ROW.findall(text)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - 64
    return number


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part, as its compressed stream has it.

    The standard library stops where the directory says that a part ends; a reader that goes on to the end of the
    stream would see what was never scanned. So the stream itself must end there.

    Raises:
        ValueError: the stream is longer or shorter than the directory says, or packed in an unusual way.
    """
    if part.compress_type not in _STORED_OR_DEFLATED:
        raise ValueError(f"packed in way {part.compress_type}")
    seen = 0
    for piece in _stream(file, part):
        seen += len(piece)
        if seen > part.file_size:
            raise ValueError("longer than it says")
        yield piece
    if seen != part.file_size:
        raise ValueError("shorter than it says")


def _stream(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    packed = _packed(file, part)
    if part.compress_type == zipfile.ZIP_STORED:
        yield from packed
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for chunk in packed:
        yield inflate.decompress(chunk, _PIECE)
        while inflate.unconsumed_tail:
            yield inflate.decompress(inflate.unconsumed_tail, _PIECE)
    while rest := inflate.decompress(b"", _PIECE):
        yield rest
    if not inflate.eof:
        raise ValueError("the stream has no end")


def _packed(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    if part.header_offset < 0:
        raise ValueError("a part begins before the file")
    file.seek(part.header_offset)
    mark, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if mark != b"PK\x03\x04":
        raise ValueError("no part begins here")
    file.seek(name_length + extra_length, 1)
    left = part.compress_size
    while left:
        chunk = file.read(min(_PIECE >> 4, left))
        if not chunk:
            raise EOFError(part.filename)
        left -= len(chunk)
        yield chunk

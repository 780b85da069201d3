"""Text files as text: which encoding, and every byte decoded; nothing is lost to a wrong guess.

Read twice, a megabyte at a time: once to find the encoding, because one line near the end can settle it, and once
to decode. Polars reads UTF-8 only and DuckDB takes no Windows-1252, so decoding is done here.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bekwaam.intake.limits import MB
from bekwaam.intake.source import Source
from bekwaam.terms.errors import Refused

PIECE: Final = 1 << 20

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WINDOWS: Final = "".join(
    chr(byte) if byte in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else bytes([byte]).decode("cp1252") for byte in range(256)
)
"""Windows-1252 as browsers read it: its five unused bytes become control characters instead of an error."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a text file is written.

    Attributes:
        name: "utf-8", "utf-16-le", "utf-16-be", "windows-1252" or "mixed": UTF-8 in some lines and Windows-1252 in
            others, as happens when exports of two systems are pasted together. Each line is then read by its own.
        mark: bytes of the byte-order mark, which are skipped.
        mixed_rows: lines in Windows-1252, where mixed.
        mixed_first_row: the first of them, counted from 1.
    """

    name: str
    mark: int = 0
    mixed_rows: int = 0
    mixed_first_row: int = 0


def encoding_of(source: Source) -> Encoding:
    """The encoding of a text file, judged over the whole file.

    Raises:
        Refused: `file_nul_bytes`, `file_line_too_long`, with the row.
    """
    with source.path.open("rb") as file:
        head = file.read(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name, len(mark)) if name != "utf-8" else _eight_bit(source, len(mark))
    wide = _wide_without_mark(head)
    return Encoding(wide) if wide else _eight_bit(source, 0)


def texts_of(source: Source, encoding: Encoding) -> Iterator[str]:
    """The text of the file in pieces of whole lines, line ends as they are.

    Raises:
        Refused: `file_nul_bytes`, `file_line_too_long`, `file_damaged_text`, with the row.
    """
    size = source.path.stat().st_size
    done = 0
    for piece in _wide_pieces(source, encoding) if "16" in encoding.name else _narrow_pieces(source, encoding):
        done += len(piece)
        source.tell(done, size)
        yield piece


def line_count(piece: bytes | str) -> int:
    r"""How many lines end in a piece: \n, \r\n and a lone \r each end one.

    >>> line_count("a\r\nb\rc\nd")
    3
    """
    if isinstance(piece, str):
        return piece.count("\n") + piece.count("\r") - piece.count("\r\n")
    return piece.count(b"\n") + piece.count(b"\r") - piece.count(b"\r\n")


def _wide_without_mark(head: bytes) -> str:
    """UTF-16 without a mark shows by its zeros: every second byte in European text."""
    even, odd = head[0::2], head[1::2]
    if len(odd) > 4 and odd.count(0) > 0.8 * len(odd) and not even.count(0):
        return "utf-16-le"
    if len(odd) > 4 and even.count(0) > 0.8 * len(even) and not odd.count(0):
        return "utf-16-be"
    return ""


def _eight_bit(source: Source, mark: int) -> Encoding:
    has_utf8, others, first_other, line = False, 0, 0, 1
    for piece in _byte_pieces(source, mark):
        if b"\x00" in piece:
            row = line + line_count(piece[: piece.index(b"\x00")])
            raise Refused("file_nul_bytes", file=source.name, row=row)
        if not piece.isascii():
            if _is_utf8(piece):
                has_utf8 = True
            else:
                broken = [place for place, text in enumerate(piece.splitlines()) if not _is_utf8(text)]
                has_utf8 = has_utf8 or _has_utf8_line(piece)
                first_other = first_other or line + broken[0]
                others += len(broken)
        line += line_count(piece)
    if has_utf8 and others:
        return Encoding("mixed", mark, others, first_other)
    return Encoding("windows-1252" if others else "utf-8", mark)


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _has_utf8_line(piece: bytes) -> bool:
    return any(not line.isascii() and _is_utf8(line) for line in piece.splitlines())


def _narrow_pieces(source: Source, encoding: Encoding) -> Iterator[str]:
    decode = {"utf-8": _utf8, "windows-1252": _windows, "mixed": _line_by_line}[encoding.name]
    for piece in _byte_pieces(source, encoding.mark):
        yield decode(piece)


def _utf8(piece: bytes) -> str:
    return piece.decode("utf-8")


def _windows(piece: bytes) -> str:
    return codecs.charmap_decode(piece, "strict", _WINDOWS)[0]


def _line_by_line(piece: bytes) -> str:
    return "".join(_utf8(line) if _is_utf8(line) else _windows(line) for line in piece.splitlines(keepends=True))


def _byte_pieces(source: Source, mark: int) -> Iterator[bytes]:
    """The bytes of the file behind the mark, cut behind line ends."""
    carried, line = b"", 1
    with source.path.open("rb") as file:
        file.seek(mark)
        while chunk := file.read(PIECE):
            piece = carried + chunk
            end = piece.rfind(b"\n") + 1 or piece.rfind(b"\r", 0, len(piece) - 1) + 1
            _refuse_long_line(source, len(piece) - end, line)
            line += line_count(piece[:end]) if end else 0
            carried = piece[end:]
            if end:
                yield piece[:end]
    if carried:
        yield carried


def _wide_pieces(source: Source, encoding: Encoding) -> Iterator[str]:
    """The text of a UTF-16 file, cut behind line ends."""
    decoder = codecs.getincrementaldecoder(encoding.name)()
    carried, line = "", 1
    with source.path.open("rb") as file:
        file.seek(encoding.mark)
        while chunk := file.read(PIECE):
            piece = carried + _decoded(source, decoder, chunk, line)
            if "\x00" in piece:
                row = line + line_count(piece[: piece.index("\x00")])
                raise Refused("file_nul_bytes", file=source.name, row=row)
            end = piece.rfind("\n") + 1 or piece.rfind("\r", 0, len(piece) - 1) + 1
            _refuse_long_line(source, len(piece) - end, line)
            line += line_count(piece[:end])
            carried = piece[end:]
            if end:
                yield piece[:end]
    _decoded(source, decoder, b"", line, final=True)
    if carried:
        yield carried


def _decoded(
    source: Source, decoder: codecs.IncrementalDecoder, chunk: bytes, line: int, *, final: bool = False
) -> str:
    try:
        return decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        row = line + line_count(chunk[: error.start].decode(error.encoding, errors="replace"))
        raise Refused("file_damaged_text", file=source.name, row=row, encoding=error.encoding) from error


def _refuse_long_line(source: Source, length: int, line: int) -> None:
    if length > source.limits.line_mb * MB:
        raise Refused("file_line_too_long", file=source.name, row=line, limit_mb=source.limits.line_mb)

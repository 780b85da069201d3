"""What a file really is, by its bytes: which kinds may be kept with a record. Its name may say anything.

Kept are the kinds that people send each other and that cannot run by themselves. A page (html, svg) could speak to
our own addresses when it is opened, a program or an office file with macros could do worse: these are refused.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Final

from bekwaam.terms.errors import Refused

HEAD_BYTES: Final = 8192
CHUNK: Final = 1 << 20


@dataclass(frozen=True)
class Kept:
    """A kind that may be kept: what browsers call it, and how its name may end; the first is added where none fits."""

    media_type: str
    endings: tuple[str, ...]


_BY_START: Final[tuple[tuple[bytes, Kept], ...]] = (
    (rb"%PDF-", Kept("application/pdf", (".pdf",))),
    (rb"\x89PNG\r\n\x1a\n", Kept("image/png", (".png",))),
    (rb"\xff\xd8\xff", Kept("image/jpeg", (".jpg", ".jpeg"))),
    (rb"GIF8[79]a", Kept("image/gif", (".gif",))),
    (rb"RIFF.{4}WEBP", Kept("image/webp", (".webp",))),
)
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_IN_ZIP: Final[tuple[tuple[str, Kept], ...]] = (
    ("xl/workbook.xml", Kept(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",))),
    ("word/document.xml", Kept(f"{_OFFICE}.wordprocessingml.document", (".docx",))),
    ("ppt/presentation.xml", Kept(f"{_OFFICE}.presentationml.presentation", (".pptx",))),
)
_TEXT: Final = Kept("text/plain", (".txt", ".csv", ".md", ".log"))
_MAIL: Final = Kept("message/rfc822", (".eml",))
_MAIL_HEAD: Final = re.compile(r"\A(?:[A-Za-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+\r?\n", re.ASCII)
_MARKUP: Final = re.compile(r"<\s*(?:!doctype|html|head|body|svg|script|iframe|\?xml|xml)\b|<\?xml|<!--", re.IGNORECASE)
_NAMED: Final[tuple[tuple[bytes, str], ...]] = (
    (rb"MZ|\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|#!", "program"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
    (rb"\x1f\x8b|BZh[1-9]|\xfd7zXZ\x00|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\x28\xb5\x2f\xfd", "archive"),
)


def kept_as(file: IO[bytes], name: str) -> Kept:
    """The kind of a file, read from its start; the file is left at its beginning.

    Raises:
        Refused: `file_empty`, or a code that names what the file is instead: `attachment_is_archive`, `_is_markup`,
            `_is_old_office`, `_is_program`, `_is_unknown`, `attachment_with_macros`.
    """
    file.seek(0)
    head = file.read(HEAD_BYTES)
    found = _by_content(file, head, name)
    file.seek(0)
    return found


def _by_content(file: IO[bytes], head: bytes, name: str) -> Kept:
    if not head.strip():
        raise Refused("file_empty", file=name)
    for start, kept in _BY_START:
        if re.match(start, head, re.DOTALL):
            return kept
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(file, name)
    for start, what in _NAMED:
        if re.match(start, head):
            raise Refused(f"attachment_is_{what}", file=name)
    return _as_text(file, head, name)


def _inside_zip(file: IO[bytes], name: str) -> Kept:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = {part.lower() for part in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise Refused("attachment_is_archive", file=name) from error
    if any(part.endswith(("vbaproject.bin", ".exe", ".dll", ".js")) for part in parts):
        raise Refused("attachment_with_macros", file=name)
    kept = next((kept for part, kept in _IN_ZIP if part in parts), None)
    if kept is None:
        raise Refused("attachment_is_archive", file=name)
    return kept


def _as_text(file: IO[bytes], head: bytes, name: str) -> Kept:
    """Text all the way through, and no page in disguise."""
    file.seek(0)
    if any(b"\x00" in part for part in _parts(file)):
        raise Refused("attachment_is_unknown", file=name)
    text = head.decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if _MAIL_HEAD.match(text) and re.search(r"^(?:from|date|subject):", text, re.IGNORECASE | re.MULTILINE):
        return _MAIL
    if _MARKUP.search(text):
        raise Refused("attachment_is_markup", file=name)
    if sum(not letter.isprintable() and letter not in "\r\n\t\f" for letter in text) > len(text) // 20:
        raise Refused("attachment_is_unknown", file=name)
    return _TEXT


def _parts(file: IO[bytes]) -> Iterable[bytes]:
    return iter(lambda: file.read(CHUNK), b"")


def safe_name(name: str, kept: Kept) -> str:
    """The name as it is shown and given back: no folders, nothing unseen, and an ending that fits the content."""
    bare = re.split(r"[/\\]", name)[-1]
    seen = "".join(letter for letter in bare if letter.isprintable() and letter not in '<>:"|?*').strip(" .")
    seen = seen or "file"
    ending = "" if seen.lower().endswith(kept.endings) else kept.endings[0]
    return seen[: 200 - len(ending)] + ending if len(seen) <= 200 else seen[:190] + kept.endings[0]

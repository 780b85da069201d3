"""Cells whose formula failed, kept as the text they show.

The library that opens workbooks gives an empty cell for #N/A, #DIV/0! and their like, and an empty amount would pass
for "no amount". So a copy is opened in which these cells are texts.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import IO, Final

_PIECE: Final = 1 << 20
_FAULT: Final = re.compile(rb"""(<(?:\w+:)?c\s[^>]*?\bt\s*=\s*)(?:"e"|'e')""")


def with_faults_as_texts(workbook: Path, parts: Collection[str], copy: Path) -> Path:
    """Write a copy of a workbook in which the failed cells of these parts are texts: "#N/A".

    Raises:
        zipfile.BadZipFile: a part is damaged.
    """
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for part in old.infolist():
            with old.open(part) as source, new.open(part.filename, "w", force_zip64=True) as target:
                _copy(source, target, is_faulty=part.filename in parts)
    return copy


def _copy(source: IO[bytes], target: IO[bytes], *, is_faulty: bool) -> None:
    tail = b""
    while piece := source.read(_PIECE):
        text = tail + piece
        end = text.rfind(b">") + 1 if is_faulty else len(text)
        target.write(_FAULT.sub(rb'\1"str"', text[:end]) if is_faulty else text[:end])
        tail = text[end:]
    target.write(tail)

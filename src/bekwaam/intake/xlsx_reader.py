"""Excel workbooks: looked through first, then opened by a child process whose death costs nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from bekwaam.intake.limits import in_mb
from bekwaam.intake.raw_table import LeftOut, RawColumn, RawTable
from bekwaam.intake.source import Source
from bekwaam.intake.xlsx_cells import DAY, MARK, NO_DAY, NUMBER
from bekwaam.intake.xlsx_faults import with_faults_as_texts
from bekwaam.intake.xlsx_scan import Scanned, scan
from bekwaam.terms.codes import CODES
from bekwaam.terms.errors import Failed, Refused

_CHILD: Final = "bekwaam.intake.xlsx_child"
_SECONDS: Final = 20
"""What the smallest workbook gets; each unpacked MB adds one. Measured: 190 MB take 6 processor seconds."""

_ENVIRONMENT: Final = {"RUST_BACKTRACE": "0", "MALLOC_ARENA_MAX": "1"}
"""Measured: the library, out of memory and told to print where, waits for itself forever."""

_NO_MEMORY: Final = (b"MemoryError", b"MemError", b"memory allocation")
"""How Python, the unpacker and the library say that there is none left."""


def read_xlsx(source: Source) -> RawTable:
    """The table of the sheet that looks most like data, or of the one that is asked for.

    Formulas give the value that was saved with them, faulty ones their sign (#N/A); yes and no become "true" and
    "false"; a time of day is dropped from dates, and a time alone is text.

    Raises:
        Refused: what `xlsx_scan.scan` refuses; `workbook_damaged`, `workbook_locked`, `workbook_too_heavy`,
            `workbook_too_slow`; `sheet_not_found`; `file_empty`, `file_without_headings`, `file_header_only`.
        Failed: `disk_full`: the child could not write what it read.
    """
    scanned = scan(source)
    with tempfile.TemporaryDirectory(prefix="bekwaam-sheet-") as folder:
        cells = Path(folder) / "cells"
        cells.mkdir()
        told = _told_by_child(_readable(source, scanned, Path(folder)), cells)
        if not told["rows"]:
            raise Refused("file_header_only", file=source.name)
        columns = [_column(heading, cells, place, told["rows"]) for place, heading in enumerate(told["headings"])]
        rows = pl.Series("row", np.fromfile(cells / "row", dtype=DAY)).cast(pl.UInt32)
    return RawTable(
        file=source.name,
        format="xlsx",
        columns=tuple(columns),
        rows=rows,
        details=_details(told, scanned.unpacked),
        left_out=tuple(LeftOut(row, "title", text) for row, text in told["titles"]),
    )


def _readable(source: Source, scanned: Scanned, folder: Path) -> Source:
    """The workbook itself, or a copy where formulas failed; with the time that its size allows."""
    seconds = min(source.limits.child_seconds, _SECONDS + in_mb(scanned.unpacked))
    source = replace(source, limits=replace(source.limits, child_seconds=seconds))
    if not scanned.faulty:
        return source
    try:
        return replace(source, path=with_faults_as_texts(source.path, scanned.faulty, folder / "copy.xlsx"))
    except zipfile.BadZipFile as error:
        raise Refused("workbook_damaged", file=source.name) from error


def _details(told: dict[str, Any], unpacked: int) -> dict[str, str]:
    details = {"sheet": told["sheet"], "header_row": str(told["row"]), "unpacked_mb": str(in_mb(unpacked))}
    if told["others"]:
        details["other_sheets"] = ", ".join(told["others"])
    if told["alike"]:
        details["alike_sheets"] = json.dumps(told["alike"], ensure_ascii=False)
    return details


def _told_by_child(source: Source, folder: Path) -> dict[str, Any]:
    """What the child found; its cells stand in `folder`."""
    child = _run(source, folder)
    if child.returncode:
        raise _refused(_cause(child), source) from subprocess.CalledProcessError(
            child.returncode, child.args, stderr=child.stderr[-2000:]
        )
    told: dict[str, Any] = json.loads(child.stdout)
    if told.get("refused") == "disk_full":
        raise Failed("disk_full", folder=tempfile.gettempdir())
    if "refused" in told:
        raise _refused(told["refused"], source, told)
    return told


def _run(source: Source, folder: Path) -> subprocess.CompletedProcess[bytes]:
    limits = source.limits
    words = [str(source.path.resolve()), str(folder), str(limits.child_mb), str(limits.child_seconds), source.sheet]
    try:
        return subprocess.run(  # noqa: S603  our own module; what the file is called is an argument, never a command
            [sys.executable, "-P", "-m", _CHILD, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limits.child_seconds,
            check=False,
            env={**os.environ, **_ENVIRONMENT},
        )
    except subprocess.TimeoutExpired as error:
        raise _refused("workbook_too_slow", source) from error


def _cause(child: subprocess.CompletedProcess[bytes]) -> str:
    """Why the child died: at its time limit, at its memory limit, or of something that it did not understand."""
    if child.returncode == -signal.SIGXCPU:
        return "workbook_too_slow"
    is_heavy = child.returncode < 0 or any(mark in child.stderr for mark in _NO_MEMORY)
    return "workbook_too_heavy" if is_heavy else "workbook_damaged"


def _refused(code: str, source: Source, told: Mapping[str, Any] | None = None) -> Refused:
    limits = source.limits
    known = {**(told or {}), "file": source.name, "limit_mb": limits.child_mb, "seconds": limits.child_seconds}
    return Refused(code, **{name: known[name] for name in CODES[code]})


def _column(heading: str, cells: Path, place: int, rows: int) -> RawColumn:
    texts, numbers, days = (
        _unless_blank(read(path, heading)) if (path := cells / f"{kind}{place}").exists() else None
        for kind, read in (("t", _texts), ("n", _numbers), ("d", _days))
    )
    if texts is None and numbers is None and days is None:
        texts = pl.Series(heading, [None] * rows, dtype=pl.String)
    return RawColumn(heading, texts=texts, numbers=numbers, days=days)


def _unless_blank(series: pl.Series) -> pl.Series | None:
    return None if series.null_count() == len(series) else series


def _texts(path: Path, heading: str) -> pl.Series:
    whole = pl.Series(heading, [path.read_bytes().decode().removesuffix(MARK)])
    stripped = pl.col(heading).str.strip_chars()
    cells = whole.str.split(MARK).explode().to_frame()
    return cells.select(pl.when(stripped != "").then(stripped)).to_series()


def _numbers(path: Path, heading: str) -> pl.Series:
    return pl.Series(heading, np.fromfile(path, dtype=NUMBER)).fill_nan(None)


def _days(path: Path, heading: str) -> pl.Series:
    days = pl.Series(heading, np.fromfile(path, dtype=DAY))
    return days.set(days == NO_DAY, None).cast(pl.Date)

"""Whatever happens to a file on its way: a table or a refusal, never another error and never a dead worker.

BEKWAAM_FUZZ multiplies the number of files: BEKWAAM_FUZZ=50 makes 20,000 of them.
"""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from workbooks import ORDERS, workbook

from bekwaam.intake.limits import Limits
from bekwaam.intake.reader import read_table
from bekwaam.terms.errors import Refused

TIMES = int(os.environ.get("BEKWAAM_FUZZ", "1"))
LIMITS = Limits(child_seconds=10)

TEXT = (
    'Omzet 2026\r\n\r\nOrdernr;Datum;Klant;Aantal;Omzet\r\n61870;14-09-2026;"Bakker; zn";4;"1.100,50"\r\n'
    '61871;15-09-2026;"Café ""Zürich""\nAmsterdam";2;49,50-\r\n;;;;\r\n'
    "61872;16-09-2026;Jansen;1;€ 25\r\nTotaal;;;7;1.076\r\n"
)
NASTY = (
    b'"',
    b";",
    b"\n",
    b"\r",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1f",
    b"sep=,\n",
    b"\xc3",
    b"\x80",
    b"=",
    b",,,,,",
)
IN_XML = (
    (b'r="A1"', b'r="XFD1048576"'),
    (b'r="B2"', b'r="B1048570"'),
    (b'r="C3"', b'r="3C"'),
    (b't="s"', b't="d"'),
    (b't="s"', b't="e"'),
    (b"<v>0</v>", b"<v>99999999</v>"),
    (b"<v>1</v>", b"<v>-1e400</v>"),
    (b"<v>", b"<v><v>"),
    (b"</row>", b""),
    (b"sheetData", b"sheetDate"),
    (b'ref="A1:F4"', b'ref="A1:XFD1048576"'),
    (b"</sst>", b""),
    (b"?>", b"?><!DOCTYPE x>"),
    (b'count="', b'count="9999999999'),
    (b'numFmtId="', b'numFmtId="9'),
    (b"worksheets/sheet1", b"worksheets/sheet9"),
    (b'r="2"', b'r="4294967296"'),
    (b's="1"', b's="99999"'),
)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The content with one to six bytes changed, taken out, put in or moved."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        place = chance.randrange(len(changed) + 1)
        way = chance.randrange(4)
        if way == 0 and place < len(changed):
            changed[place] = chance.randrange(256)
        elif way == 1:
            del changed[place : place + chance.randrange(1, 20)]
        elif way == 2:
            changed[place:place] = chance.choice(NASTY) * chance.choice((1, 1, 1, 40))
        else:
            changed[place:place] = changed[: chance.randrange(1, 60)]
    return bytes(changed)


def mutated_workbook(content: bytes, chance: random.Random) -> bytes:
    """A workbook with its packed bytes changed, or the parts inside it."""
    if chance.random() < 0.2:
        return mutated(content, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if chance.random() < 0.3:
                for before, after in chance.sample(IN_XML, 4):
                    part = part.replace(before, after, 1)
            if chance.random() < 0.1:
                part = mutated(part, chance)
            if chance.random() > 0.02:
                new.writestr(name, part)
    return out.getvalue()


def outcomes(
    tmp_path: Path, name: str, times: int, change: Callable[[bytes, random.Random], bytes], whole: bytes
) -> Counter[str]:
    """How often a mutated file was read, and how often it was refused with which code."""
    chance = random.Random(20261124)
    seen: Counter[str] = Counter()
    for _ in range(times * TIMES):
        path = tmp_path / name
        path.write_bytes(change(whole, chance))
        try:
            table = read_table(path, limits=LIMITS)
        except Refused as refused:
            seen[refused.code] += 1
        else:
            heights = {len(series) for column in table.columns for series in column.series}
            assert heights == {len(table)}, path.read_bytes()
            assert table.rows.is_sorted()
            seen["read"] += 1
    return seen


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_mutated_text_files(tmp_path: Path, encoding: str) -> None:
    seen = outcomes(tmp_path, "orders.csv", 80, mutated, TEXT.encode(encoding))
    assert seen["read"] > 20 * TIMES, seen


def test_mutated_workbooks(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "whole.xlsx", {"Orders": ORDERS, "Other": [["a", "b"], [1, True]]}).read_bytes()
    seen = outcomes(tmp_path, "orders.xlsx", 60, mutated_workbook, whole)
    assert seen["read"] > 5 * TIMES, seen
    assert seen["workbook_damaged"] > 5 * TIMES, seen


def test_mutated_parquet_files(tmp_path: Path) -> None:
    out = io.BytesIO()
    columns = {"order": ["1", "2"] * 20, "day": [date(2026, 9, 14)] * 40, "amount": [1.5, None] * 20, "n": range(40)}
    pl.DataFrame(columns).write_parquet(out)
    seen = outcomes(tmp_path, "orders.parquet", 100, mutated, out.getvalue())
    assert seen["parquet_damaged"] > 20 * TIMES, seen

r"""How the child hands the cells of a sheet over: plain files in a folder, one per column and kind of cell.

`row` holds the row numbers, `n3` the numbers of the fourth column, `d3` its days, `t3` its texts; a kind that a column
does not have has no file. Numbers are doubles (blank: NaN), days whole numbers since 1970 (blank: `NO_DAY`), texts
UTF-8 with "\x1f" behind each cell (blank: nothing before it). So the child needs the standard library only, which
keeps it quick to start and leaves its memory to the workbook.
"""

from __future__ import annotations

import datetime as dt
import math
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

MARK: Final = "\x1f"
NO_DAY: Final = -(2**31)
NUMBER: Final = "d"
DAY: Final = "i"

_NAN: Final = math.nan
_BLANK: Final = {"t": MARK.encode(), "n": array(NUMBER, [_NAN]).tobytes(), "d": array(DAY, [NO_DAY]).tobytes()}
_FIRST_DAY: Final = dt.date(1970, 1, 1).toordinal()
_AS_TEXT: Final = frozenset({bool, dt.time, dt.timedelta})
_AS_DAY: Final = frozenset({dt.date, dt.datetime})


def write_batch(folder: Path, numbers: Sequence[int], columns: Sequence[Sequence[Any]], before: int) -> None:
    """Append rows to the files of a folder.

    Args:
        folder: where the files are.
        numbers: the row numbers.
        columns: the cells of each column, as the library gives them: "" is blank.
        before: how many rows were written earlier.
    """
    _append(folder / "row", array(DAY, numbers).tobytes())
    for place, cells in enumerate(columns):
        for kind, content in _by_kind(cells).items():
            path = folder / f"{kind}{place}"
            if content is None and not path.exists():
                continue
            filler = b"" if path.exists() else _BLANK[kind] * before
            _append(path, filler + (_BLANK[kind] * len(cells) if content is None else content))


def _append(path: Path, content: bytes) -> None:
    with path.open("ab") as file:
        file.write(content)


def _by_kind(cells: Sequence[Any]) -> dict[str, bytes | None]:
    kinds = set(map(type, cells))
    return {
        "t": _texts(cells, kinds) if str in kinds or kinds & _AS_TEXT else None,
        "n": _numbers(cells) if float in kinds or int in kinds else None,
        "d": _days(cells) if kinds & _AS_DAY else None,
    }


def _texts(cells: Sequence[Any], kinds: set[type]) -> bytes | None:
    texts = cells if kinds == {str} else [cell if type(cell) is str else _text(cell) for cell in cells]
    joined = MARK.join(texts)
    if joined.count(MARK) >= len(texts):
        joined = MARK.join(text.replace(MARK, " ") for text in texts)
    return f"{joined}{MARK}".encode() if len(joined) >= len(texts) else None


def _text(cell: Any) -> str:
    if type(cell) is bool:
        return "true" if cell else "false"
    return str(cell) if type(cell) in _AS_TEXT else ""


def _numbers(cells: Sequence[Any]) -> bytes:
    return array(NUMBER, [cell if type(cell) is float else _number(cell) for cell in cells]).tobytes()


def _number(cell: Any) -> float:
    return float(cell) if type(cell) is int else _NAN


def _days(cells: Sequence[Any]) -> bytes:
    return array(DAY, [cell.toordinal() - _FIRST_DAY if type(cell) in _AS_DAY else NO_DAY for cell in cells]).tobytes()

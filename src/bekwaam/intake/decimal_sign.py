"""Which of comma and point is the decimal sign: decided over whole columns, never by one cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from bekwaam.intake.plain_numbers import plain_numbers, without_sign
from bekwaam.intake.raw_table import RawColumn

Sign = Literal["comma", "point"]


@dataclass(frozen=True)
class Evidence:
    """How many cells of a column prove each decimal sign, and one that could be read both ways."""

    comma: int = 0
    point: int = 0
    open: int = 0
    example: str | None = None

    @property
    def sign(self) -> Sign | None:
        """The sign that the most cells prove; None without proof or with as much proof for both."""
        if self.comma == self.point:
            return None
        return "comma" if self.comma > self.point else "point"

    def decided(self, given: Sign | None, siblings: Sequence[Evidence]) -> Sign | None:
        """The sign to read with, or None where a person must say it.

        Proof in the column itself comes first, then what a person said before, then the rest of the file.
        """
        around: set[Sign] = {other.sign for other in siblings if other.sign is not None}
        if self.sign is not None:
            return self.sign
        if given is not None or len(around) == 1:
            return given or around.pop()
        is_plain = self.comma == 0 and self.open == 0
        return "comma" if is_plain else None


def evidence(column: RawColumn) -> Evidence:
    """What the column's texts say about the decimal sign.

    "1.234,56" and "12,5" prove the comma, "1,234,567" and "0.5" the point; "1,234" proves nothing.
    """
    if column.texts is None:
        return Evidence()
    counted = column.texts.alias("text").drop_nulls().value_counts(name="rows")
    body = without_sign(plain_numbers(counted["text"]))
    rows = counted["rows"]
    both_ways = body.str.contains(r"^[1-9]\d{0,2}[.,]\d{3}$")
    examples = counted["text"].filter(both_ways).sort()
    return Evidence(
        comma=_rows(rows, body.str.contains(_proof(decimal=",", group=r"\."))),
        point=_rows(rows, body.str.contains(_proof(decimal=r"\.", group=","))),
        open=_rows(rows, both_ways),
        example=examples[0] if len(examples) else None,
    )


def _rows(rows: pl.Series, mask: pl.Series) -> int:
    return int(rows.filter(mask.fill_null(value=False)).sum())


def _proof(*, decimal: str, group: str) -> str:
    fraction_not_of_three = rf"^\d*{decimal}(?:\d{{0,2}}|\d{{4,}})$"
    no_group_before = rf"^(?:0*|\d{{4,}}){decimal}\d+$"
    groups_before = rf"^\d{{1,3}}(?:[{group} ']\d{{3}})+{decimal}\d*$"
    only_groups = rf"^\d{{1,3}}(?:{group}\d{{3}}){{2,}}$"
    scientific = rf"^\d+{decimal}\d+[eE][+-]?\d+$"
    return "|".join((fraction_not_of_three, no_group_before, groups_before, only_groups, scientific))

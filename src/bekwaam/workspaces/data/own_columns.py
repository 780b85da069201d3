"""Columns of a file whose heading is the title of one of the company's own fields: they fill that field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bekwaam.intake.cells import text_of
from bekwaam.intake.headings import compact
from bekwaam.intake.raw_table import RawTable
from bekwaam.records import custom
from bekwaam.records.models import CustomField
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused
from bekwaam.workspaces.data.offered import Offered


@dataclass(frozen=True)
class OwnColumns:
    """What a file says of the company's own fields.

    Attributes:
        by_row: row of the file → code of the field → value.
        not_read: title of a field → how many cells could not stand in it; they are left as they were.
    """

    by_row: dict[int, dict[str, Any]] = field(default_factory=dict)
    not_read: dict[str, int] = field(default_factory=dict)

    def of(self, row: int) -> dict[str, Any]:
        """The values of one row, as a field of the record takes them."""
        return {"custom": self.by_row[row]} if row in self.by_row else {}


def own_columns(offered: Offered, actor: Actor) -> OwnColumns:
    """Read every column whose heading is the title of a field, unless it is read as something else already."""
    found = OwnColumns()
    known = {compact(one.title): one for one in custom.fields_of(offered.kind, actor)}
    taken = {str(place) for place in offered.mapping.fields.values()}
    for column in offered.table.columns if known else ():
        own = known.get(compact(column.heading))
        if own is not None and column.heading not in taken:
            _read(offered.table, text_of(column).to_list(), own, found)
    return found


def _read(table: RawTable, texts: list[str | None], own: CustomField, found: OwnColumns) -> None:
    for row, text in zip(table.rows.to_list(), texts, strict=True):
        try:
            value = custom.read(own, text or "")
        except Refused:
            found.not_read[own.title] = found.not_read.get(own.title, 0) + 1
            continue
        if value is not None:
            found.by_row.setdefault(row, {})[own.code] = value

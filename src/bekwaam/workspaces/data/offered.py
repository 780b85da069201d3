"""A file on its way in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bekwaam.intake.mapping import Mapping
from bekwaam.intake.raw_table import RawTable
from bekwaam.workspaces.data.mended import Origin

LEFT_OUT_SHOWN = 5


def left_out_of(table: RawTable) -> list[dict[str, Any]]:
    """The first rows that were taken for totals, with what stands in them, as a report keeps them."""
    totals = [left for left in table.left_out if left.kind == "totals"]
    return [{"row": left.row, "text": left.text} for left in totals[:LEFT_OUT_SHOWN]]


@dataclass
class Offered:
    """A file that was read; nothing of it is stored.

    Attributes:
        signature: the key of the source, as mappings are remembered by it.
        origin: where its rows come from, when they were refused before.
    """

    path: Path
    name: str
    kind: str
    sha256: str
    table: RawTable
    mapping: Mapping
    origin: Origin
    signature: str = field(init=False)

    def __post_init__(self) -> None:
        self.signature = Mapping.signature(self.table)

    def let_table_go(self) -> None:
        """Give the memory of the raw cells back, once they are judged: storing the lines needs it."""
        self.table = replace(self.table, columns=(), rows=self.table.rows.clear(), broken=())

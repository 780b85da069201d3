"""A file on its way in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from bekwaam.intake.mapping import Mapping
from bekwaam.intake.raw_table import RawTable
from bekwaam.workspaces.data.mended import Origin


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

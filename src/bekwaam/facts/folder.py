"""Where everything of a store lies, below one root folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bekwaam.terms.errors import WrongCall

UNUSABLE = re.compile(r"%[0-9A-Fa-f]{2}|[\[\]^|\\\x00-\x1f]")
"""What a path may not hold: deltalake 1.6.6 decodes %20 in a folder's own name, and panics on `[`, `]`, `^` and `|`."""


@dataclass(frozen=True)
class StoreFolder:
    """The paths of a store. Nothing is made or read here."""

    root: Path

    @property
    def ledger(self) -> Path:
        """The ledger of batches; it is made last, so where it exists the tables exist."""
        return self.root / "ledger.sqlite3"

    @property
    def lock(self) -> Path:
        """The file whose lock the writer holds."""
        return self.root / "lock"

    @property
    def staged(self) -> Path:
        """Rows of a batch on its way in."""
        return self.root / "staged"

    @property
    def aside(self) -> Path:
        """Log entries that were torn by a power cut, or belong to no batch."""
        return self.root / "aside"

    def table(self, name: str) -> Path:
        """The folder of one Delta table."""
        return self.root / name

    def staged_rows(self, entry_id: int, table: str) -> Path:
        """The rows of one entry for one table; under this name they are complete, judged and on disk."""
        return self.staged / str(entry_id) / f"{table}.parquet"

    def require_usable(self) -> None:
        """Raise `WrongCall("folder_unusable")` for a path that the Delta library cannot work with."""
        if UNUSABLE.search(str(self.root)):
            raise WrongCall("folder_unusable", folder=str(self.root))

"""A file that is being read: where it is, what to call it, how much of it is allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bekwaam.intake.limits import Limits

Progress = Callable[[str, int, int], None]
"""Told the code of a step, how much of it is done and how much there is."""


EVERY_SHEET: Final = "*"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is being read.

    Attributes:
        path: where it is.
        name: what to call it in messages.
        limits: how much it may hold.
        progress: told "read" with bytes done and bytes in all, or None.
        sheet: the sheet to read, "" for the one that looks most like data, EVERY_SHEET for all with its headings.
    """

    path: Path
    name: str
    limits: Limits
    progress: Progress | None = None
    sheet: str = ""

    def tell(self, done: int, total: int) -> None:
        """Say how much has been read."""
        if self.progress:
            self.progress("read", min(done, total), total)

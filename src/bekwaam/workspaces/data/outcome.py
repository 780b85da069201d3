"""What an import says back: one object, the same for the page, the command line and a job's result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

REFUSALS_TOLD = 1_000
"""So many refusals an outcome holds; the file of refused rows has them all."""


@dataclass(frozen=True)
class Options:
    """How a person wants a file to be read in.

    Attributes:
        dry_run: say what would happen and store nothing.
        skip_refused: keep the good rows and set the refused ones apart in a file.
        overlap: "new", "replace" or "refuse" for lines that are in already; None asks.
        mapping: corrections to the proposed mapping, as `intake.mapping.Mapping.to_json` writes it.
    """

    dry_run: bool = False
    skip_refused: bool = False
    overlap: str | None = None
    mapping: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of offering a file. Money and quantities are exact.

    Attributes:
        batch: None when nothing was stored; of the very same file again, the batch of the first time.
        already_in: nothing was left to store, because every good line is in.
        rows_to_import: lines that the file adds, whether that was done or, in a dry run, would be.
        rows_imported: lines that went in just now.
        revenue: of the lines that the file adds, like quantity, customers and the dates.
        questions: `code, values, choices, sentence`; as long as there are any, nothing is stored.
        refusals: `row, column, value, reason`, and beside them code, values and revenue; the first thousand.
        refusals_found: how many there are in all; a row may have several.
        updated: known records that a file of customers, products or sellers was brought over, per kind.
        error: code of what stands in the way apart from questions and refusals, with its `sentence`.
    """

    file: str
    kind: str
    batch: str | None = None
    already_in: bool = False
    dry_run: bool = False
    skip_refused: bool = False
    rows_read: int = 0
    rows_to_import: int = 0
    rows_imported: int = 0
    rows_refused: int = 0
    revenue: Decimal = Decimal("0.00")
    revenue_refused: Decimal = Decimal("0.00")
    quantity: Decimal = Decimal("0.000")
    customers: int = 0
    first_date: date | None = None
    last_date: date | None = None
    facts_version: int = 0
    questions: list[dict[str, Any]] = field(default_factory=list)
    refusals: list[dict[str, Any]] = field(default_factory=list)
    refusals_found: int = 0
    report: dict[str, Any] = field(default_factory=dict)
    overlap: dict[str, Any] | None = None
    refused_file: str | None = None
    created: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    error: str | None = None
    sentence: str | None = None

    @property
    def is_stopped(self) -> bool:
        """A person is needed first: something is asked or refused, and nothing was stored."""
        if self.questions or self.error:
            return True
        accepts = self.skip_refused and self.rows_refused < self.rows_read
        return self.batch is None and self.rows_refused > 0 and not accepts

    @property
    def exit_code(self) -> int:
        """0 when done (or when a dry run finds nothing in the way), 1 when a person is needed."""
        return 1 if self.is_stopped else 0

    def to_json(self) -> dict[str, Any]:
        """The object as JSON carries it: decimals and dates as text."""
        plain: dict[str, Any] = as_json(asdict(self))
        return plain


def as_json(value: Any) -> Any:
    """Decimals and dates as text, all the way down.

    >>> as_json({"revenue": Decimal("1.50"), "days": [date(2026, 2, 28)]})
    {'revenue': '1.50', 'days': ['2026-02-28']}
    """
    if isinstance(value, Decimal | date):
        return str(value)
    if isinstance(value, Mapping):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    return value

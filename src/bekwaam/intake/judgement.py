"""What judging a file yields: typed lines, reasons for refusal, and what a person must say first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from bekwaam.intake.raw_table import RawTable

Progress = Callable[[str, int, int], None]
"""Told the step ("judge"), how much is done and how much there is."""


def unwatched(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class CompanyTerms:
    """What the file is judged against.

    Attributes:
        currency: ISO 4217 code; amounts without a currency are in it, amounts in another one are refused.
        country: ISO 3166 alpha-2 code of the company; a file without a country column does not take it.
        today: orders later than a year from here are refused.
        first_day: orders before it are refused.
    """

    currency: str
    country: str
    today: date
    first_day: date = date(1980, 1, 1)

    @property
    def last_day(self) -> date:
        """The last day that an order may have: a year from today."""
        leap = self.today.month == 2 and self.today.day == 29
        return self.today.replace(year=self.today.year + 1, day=28 if leap else self.today.day)


@dataclass(frozen=True)
class Choice:
    """One possible answer: what goes back into the mapping, and how it looks in the file."""

    value: str | int
    label: str


@dataclass(frozen=True)
class Ask:
    """A question that only a person can answer; nothing is stored until it is.

    Attributes:
        code: "which_column", "which_sheet", "columns_alike", "date_order", "date_swapped", "decimal_sign" or
            "cost_basis", of `terms.codes`.
        values: what the sentence of the code names; "field" is always among them.
        choices: the possible answers, for `Mapping.answered`.
    """

    code: str
    values: Mapping[str, Any]
    choices: tuple[Choice, ...] = ()

    @property
    def field(self) -> str:
        """The field that the question is about."""
        return str(self.values["field"])

    def to_json(self) -> dict[str, Any]:
        """As JSON carries it: code, values, choices."""
        choices = [{"value": choice.value, "label": choice.label} for choice in self.choices]
        return {"code": self.code, "values": dict(self.values), "choices": choices}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Ask:
        """The question that `to_json` wrote."""
        choices = tuple(Choice(value=choice["value"], label=choice["label"]) for choice in told.get("choices", ()))
        return cls(code=told["code"], values=dict(told["values"]), choices=choices)


@dataclass(frozen=True)
class Judged:
    """A judged file; nothing is stored.

    Attributes:
        lines: the good rows, typed. Sales: `sales.LINE_COLUMNS`; the others: the mapped fields and source_row.
        refusals: one row per fault: row UInt32 (number as a person sees it, from 1), column (heading, "" for the
            whole row), value (as written), code (of `terms.codes`), values (JSON object), revenue Decimal(18,2)
            (what the row is worth in the company's currency; null where unknown), is_first Boolean (the row's first
            fault: sums and counts over these count each row once).
        refused_rows: the rows that were refused, as written, for the file that can be mended.
        asks: what must be answered first; when there are any, nothing may be stored.
        counts: numbers of rows, by name (rows_read = rows_good + rows_refused + blank).
        amounts: exact sums: revenue_good, revenue_refused (of the rows whose worth is known), quantity_good and,
            where the file has cost, cost_good.
        names: frames of customers, products, sellers and territories with key and names ("" where unknown), and
            countries_without_code (country_as_written, lines).
    """

    lines: pl.DataFrame
    refusals: pl.DataFrame
    refused_rows: RawTable
    asks: tuple[Ask, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    amounts: dict[str, Decimal] = field(default_factory=dict)
    names: dict[str, pl.DataFrame] = field(default_factory=dict)

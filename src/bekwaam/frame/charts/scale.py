"""What every chart shares: by how much its figures are divided, how that is said, and its table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from bekwaam.frame.formats import currency_symbol, decimal_number, month_short, whole_number
from bekwaam.frame.languages import HARD_SPACE, language

Number = Decimal | int | float
Series = Sequence[Number | None]
Chart = dict[str, Any]
"""`picture` (drawn by the script), `unit` (beside the title), `words` (said aloud), `table` (columns, rows, unit)."""

THOUSANDS_FROM: Final = 20_000
MILLIONS_FROM: Final = 20_000_000
NOTHING: Final = "–"


class Scale:
    """By how much the figures on the axis are divided, and how that is said."""

    def __init__(self, unit: str, divisor: int) -> None:
        self.divisor = divisor
        spoken = language()
        is_currency = len(unit) == 3 and unit.isupper()
        self.unit = currency_symbol(unit, spoken.code) if is_currency else unit
        self.scaled_unit = self.unit
        if divisor == 1_000:
            gap = spoken.after_symbol if is_currency else HARD_SPACE
            before = f"{self.unit}{gap}" if self.unit else ""
            self.scaled_unit = f"×{HARD_SPACE}{before}{whole_number(1_000)}"
        elif divisor == 1_000_000:
            self.scaled_unit = f"{self.unit}{HARD_SPACE}{spoken.million}".strip(HARD_SPACE)

    @classmethod
    def of(cls, unit: str, *series: Series) -> Scale:
        """The scale on which the largest of these values is easy to read."""
        largest = max((abs(float(value)) for values in series for value in values if value is not None), default=0.0)
        if largest >= MILLIONS_FROM:
            return cls(unit, 1_000_000)
        return cls(unit, 1_000 if largest >= THOUSANDS_FROM else 1)

    def said(self, value: Number) -> str:
        """A figure as the axis shows it."""
        return decimal_number(Decimal(str(value)) / self.divisor, 1 if self.divisor == 1_000_000 else 0)

    def chart(self, picture: dict[str, Any], table: dict[str, Any], *, words: str = "") -> Chart:
        """The whole chart."""
        drawn = {**picture, "divisor": self.divisor, "unit": self.scaled_unit, "language": language().code}
        return {"picture": drawn, "unit": self.scaled_unit, "table": table, "words": words}

    def table(self, columns: Sequence[str], rows: list[list[str]]) -> dict[str, Any]:
        """The twin of the picture: the first column names the row, the others hold figures in the whole unit."""
        return {"columns": list(columns), "rows": rows, "unit": self.unit}


def ticks(months: Sequence[date]) -> list[str]:
    """Short months; January, and the first, carry their year."""
    return [
        f"{month_short(month)}\n{month.year}" if month.month == 1 or place == 0 else month_short(month)
        for place, month in enumerate(months)
    ]


def floats(values: Series) -> list[float | None]:
    """Values for drawing."""
    return [None if value is None else float(value) for value in values]


def written(value: Number | None) -> str:
    """A value for the table."""
    return NOTHING if value is None else whole_number(value)

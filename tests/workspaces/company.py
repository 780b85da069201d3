"""A small company to tell stories about: who orders how often, from when to when, at what cost."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HEADINGS = ("Factuurnr", "Debiteur", "Datum", "Artikelcode", "Aantal", "Nettowaarde", "Landcode", "Kostprijs")
PRICE = 12.5


@dataclass(frozen=True)
class Story:
    """Customers K000, K001, … order every `every` days or so between two days; some stop, and some months are missing.

    `unit_cost` gives what one piece costs us per customer; None leaves the cell empty.
    """

    first: date
    last: date
    customers: int = 30
    every: int = 21
    stops: dict[int, date] | None = None
    hole: tuple[date, date] | None = None
    unit_cost: Callable[[int], float | None] | None = None
    more: tuple[tuple[Any, ...], ...] = ()

    def lines(self) -> Iterator[tuple[Any, ...]]:
        """One order line per row, in the order of HEADINGS."""
        chance = random.Random(3)
        number = 1000
        for customer in range(self.customers):
            day = self.first + timedelta(days=chance.randrange(self.every) if customer else 0)
            while day <= self._last(customer):
                pieces = chance.randint(5, 15)
                if not self._is_missing(day):
                    number += 1
                    yield number, f"K{customer:03}", day, f"A{customer % 4}", pieces, pieces * PRICE, "NL", customer
                day += timedelta(days=max(1, self.every + chance.randint(-3, 3)))

    def _last(self, customer: int) -> date:
        return min(self.last, (self.stops or {}).get(customer, self.last))

    def _is_missing(self, day: date) -> bool:
        return self.hole is not None and self.hole[0] <= day < self.hole[1]

    def write(self, path: Path) -> Path:
        """The order file of this company, as a Dutch ERP gives it."""
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(HEADINGS if self.unit_cost else HEADINGS[:-1])
            for *cells, customer in self.lines():
                writer.writerow(self._written(cells, customer))
            writer.writerows(self.more)
        return path

    def _written(self, cells: list[Any], customer: int) -> list[str]:
        number, who, day, product, pieces, revenue, country = cells
        row = [str(number), who, f"{day:%d-%m-%Y}", product, str(pieces), _amount(revenue), country]
        if self.unit_cost is None:
            return row
        cost = self.unit_cost(customer)
        return [*row, "" if cost is None else _amount(pieces * cost)]


def _amount(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def work_out(story: Story, folder: Path, *, as_of: date | None = None) -> Any:
    """Read the story's order file into the home of this test and work it out: the run in force."""
    from django.conf import settings

    from bekwaam.faces.jobs.refreshing import refresh
    from bekwaam.facts.store import Store
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.data.importing import import_file
    from bekwaam.workspaces.data.outcome import Options

    store = Store(settings.BEKWAAM_HOME.facts)
    store.create()
    outcome = import_file(story.write(folder / "orders.csv"), kind="sales", options=Options(), actor=SYSTEM)
    assert outcome.exit_code == 0, outcome
    return refresh(as_of=as_of)


TWO_YEARS = {"first": date(2024, 1, 2), "last": date(2025, 10, 15)}
STOPPED = {0: date(2025, 7, 10), 2: date(2025, 7, 15)}
EVERY_COST_KNOWN = Story(**TWO_YEARS, stops=STOPPED, unit_cost=lambda customer: 10.0 if customer == 0 else 9.0)

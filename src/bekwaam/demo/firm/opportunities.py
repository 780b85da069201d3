"""Opportunities: larger business that moves through stages, won, lost, or still under way."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm.chance import Flags, Whole, picked
from bekwaam.demo.firm.invoices import looked_up
from bekwaam.demo.firm.lines import Firm
from bekwaam.demo.firm.products import GROUPS
from bekwaam.intake.order_lines import money_from_cents

A_YEAR: Final = 120
STAGES: Final = ("contact", "behoefte", "offerte", "onderhandeling")
DAYS_IN: Final = (20, 35, 30, 20)
"""Usual days in each stage."""
WON: Final = 0.34
REASONS: Final = ("prijs", "levertijd", "gunfactor", "bestek", "gaat niet door")
RIVALS: Final = ("concurrent A", "concurrent B", "concurrent C", "geen")
AMOUNT: Final = 1_800_000
"""What a middle one is worth, in cents."""


def tables(draw: np.random.Generator, firm: Firm) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The opportunities, and when each entered which stage.

    `opportunity, customer, seller, group, amount, opened_on, expected_on, stage, outcome, closed_on, reason, rival`
    (outcome: gewonnen, verloren or open) and `opportunity, stage, entered_on`.
    """
    calendar = firm.calendar
    count = round(A_YEAR * calendar.known / 365)
    opened = np.sort(draw.integers(0, calendar.known, count))
    spells = np.maximum(np.round(np.array(DAYS_IN) * draw.lognormal(0, 0.6, (count, len(STAGES)))), 1).astype(np.int64)
    ends = opened[:, None] + np.cumsum(spells, axis=1)
    won = draw.random(count) < WON
    given_up = np.where(won, len(STAGES), picked(draw, np.array([0.15, 0.25, 0.4, 0.2]), count) + 1)
    closed = ends[np.arange(count), given_up - 1]
    heads = _heads(draw, firm, opened, won, closed)
    heads = heads.with_columns(stage=pl.Series(_stages(ends, given_up, calendar.known)))
    return heads, _history(firm, opened, ends, given_up, heads["opportunity"])


def _heads(draw: np.random.Generator, firm: Firm, opened: Whole, won: Flags, closed: Whole) -> pl.DataFrame:
    customer = _whose(draw, firm, opened)
    count, known = len(opened), firm.calendar.known
    is_closed = closed <= known
    outcome = np.where(~is_closed, "open", np.where(won, "gewonnen", "verloren"))
    amount = np.round(AMOUNT * firm.customers.size[customer] ** 0.6 * draw.lognormal(0, 0.7, count), -4)
    expected = np.minimum(np.maximum(closed + draw.integers(-20, 21, count), opened), len(firm.calendar.days) - 1)
    lost = pl.Series(outcome == "verloren")
    return pl.DataFrame(
        {
            "opportunity": [f"VK{3001 + number}" for number in range(count)],
            "customer": pl.Series(firm.customers.number).gather(customer),
            "seller": pl.Series(firm.portfolios.codes).gather(firm.portfolios.seller(customer, opened)),
            "group": [GROUPS[place].name for place in draw.integers(0, len(GROUPS), count).tolist()],
            "amount": money_from_cents(pl.Series(amount.astype(np.int64))),
            "opened_on": firm.calendar.dates[opened],
            "expected_on": firm.calendar.dates[expected],
            "outcome": outcome,
        }
    ).with_columns(
        closed_on=pl.when(pl.Series(is_closed)).then(pl.Series(firm.calendar.dates[np.minimum(closed, known)])),
        reason=pl.when(lost).then(pl.Series(draw.choice(REASONS, count))),
        rival=pl.when(pl.Series(outcome != "open")).then(pl.Series(draw.choice(RIVALS, count))),
    )


def _whose(draw: np.random.Generator, firm: Firm, opened: Whole) -> Whole:
    """A customer who is not gone; the larger the likelier. Who does not buy yet is a prospect."""
    shares = firm.customers.size**0.5
    customer = picked(draw, shares, len(opened))
    gone = firm.lapses.gone[customer] <= opened
    while gone.any():
        customer[gone] = picked(draw, shares, int(gone.sum()))
        gone = firm.lapses.gone[customer] <= opened
    return customer


def _stages(ends: Whole, given_up: Whole, known: int) -> list[str]:
    """The stage each is in now, or was in when it closed."""
    passed = (ends <= known).sum(axis=1)
    return [STAGES[min(stage, last - 1)] for stage, last in zip(passed.tolist(), given_up.tolist(), strict=True)]


def _history(firm: Firm, opened: Whole, ends: Whole, given_up: Whole, codes: pl.Series) -> pl.DataFrame:
    entered = np.concatenate([opened[:, None], ends[:, :-1]], axis=1)
    stage = np.tile(np.arange(len(STAGES)), (len(opened), 1))
    seen = (entered <= firm.calendar.known) & (stage < given_up[:, None])
    row, column = np.nonzero(seen)
    return pl.DataFrame(
        {
            "opportunity": looked_up(pl.Series(row), codes.to_list()),
            "stage": [STAGES[place] for place in column.tolist()],
            "entered_on": firm.calendar.dates[entered[row, column]],
        }
    )

"""The stages of an opportunity: other words for each market type, the same four steps to a decision behind them.

A company that sells to others quotes and negotiates, one that sells through dealers wins a place in their range, one
that tenders waits for an award. The step tells which stage stands for which when a customer turns out to be another
sort, or a file speaks the words of another market.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WON: Final = "won"
LOST: Final = "lost"
CLOSED: Final = (WON, LOST)
DECIDED: Final = 5
"""The step of what is won or lost."""


@dataclass(frozen=True)
class Stage:
    """A stage, and which of the steps it is, from 1."""

    code: str
    title: str | Promise
    step: int

    @property
    def is_closed(self) -> bool:
        """Whether nothing can come of it any more that has not come."""
        return self.code in CLOSED


_ENDS: Final = (
    Stage(WON, _("Won"), DECIDED),
    Stage(LOST, _("Lost"), DECIDED),
)

STAGES: Final[dict[str, tuple[Stage, ...]]] = {
    "B2B": (
        Stage("lead", _("First contact"), 1),
        Stage("qualified", _("Need is clear"), 2),
        Stage("quoted", _("Quotation is out"), 3),
        Stage("negotiation", _("Negotiating"), 4),
        *_ENDS,
    ),
    "B2R": (
        Stage("introduced", _("Introduced"), 1),
        Stage("range", _("Range discussed"), 2),
        Stage("trial", _("Trial placement"), 3),
        Stage("terms", _("Terms on the table"), 4),
        *_ENDS,
    ),
    "B2G": (
        Stage("announced", _("Tender announced"), 1),
        Stage("preparing", _("Bid being prepared"), 2),
        Stage("submitted", _("Bid submitted"), 3),
        Stage("provisional", _("Provisional award"), 4),
        *_ENDS,
    ),
}
"""Per market type, in order; the first is where an opportunity begins."""

_BY_CODE: Final = {stage.code: stage for stages in STAGES.values() for stage in stages}
CODES: Final = tuple(_BY_CODE)


def stages_of(market_type: str) -> tuple[Stage, ...]:
    """The stages of a market type."""
    return STAGES[market_type]


def stage_of(code: str) -> Stage:
    """One stage, of whatever market type."""
    return _BY_CODE[code]


def title_of(code: str) -> str:
    """A stage in words; an unknown code stands for itself."""
    return str(_BY_CODE[code].title) if code in _BY_CODE else code


def choices(market_type: str = "") -> list[tuple[str, str | Promise]]:
    """Stages for a form or a filter: of one market type, or of all."""
    some = STAGES[market_type] if market_type else tuple(_BY_CODE.values())
    return [(stage.code, stage.title) for stage in some]


def alike(code: str, market_type: str) -> str:
    """The stage of this market type at the step of that one.

    >>> alike("quoted", "B2G")
    'submitted'
    """
    here = STAGES[market_type]
    if any(stage.code == code for stage in here):
        return code
    return next(stage.code for stage in here if stage.step == _BY_CODE[code].step)

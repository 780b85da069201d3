"""Reads of the forecasts room."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from bekwaam.records.models import Run
from bekwaam.records.runs import WAS_IN_FORCE
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.forecasts.models import ForecastReading, Level, YearEndReading


@dataclass(frozen=True)
class Change:
    """How the year end of one series moved since the snapshot before."""

    before: YearEndReading
    now: YearEndReading

    @property
    def amount(self) -> Decimal:
        """What came on top, negative for less."""
        return (self.now.mean or Decimal(0)) - (self.before.mean or Decimal(0))

    @property
    def size(self) -> Decimal:
        """How much, whichever way."""
        return abs(self.amount)


def year_end(run: Run, actor: Actor, level: str = Level.TOTAL, key: str = "") -> YearEndReading | None:
    """Where one series ends the year."""
    return YearEndReading.scoped(actor).filter(run=run, level=level, key=key).first()


def year_ends(run: Run, actor: Actor, level: str) -> QuerySet[YearEndReading]:
    """Where each series of a level ends the year, largest first."""
    return YearEndReading.scoped(actor).filter(run=run, level=level).order_by("-mean", "key")


def months(run: Run, actor: Actor, level: str = Level.TOTAL, key: str = "") -> list[ForecastReading]:
    """The months of one series, oldest first: what was sold, the running month, and what is expected."""
    return list(ForecastReading.scoped(actor).filter(run=run, level=level, key=key).order_by("month"))


def previous(run: Run, actor: Actor) -> Run | None:
    """The last snapshot before this one: an earlier day, or the same day with other data.

    A look into the past was never in force and is no snapshot.
    """
    earlier = Run.scoped(actor).filter(WAS_IN_FORCE, state=Run.State.DONE, pk__lt=run.pk, as_of__lte=run.as_of)
    return earlier.exclude(as_of=run.as_of, facts_version=run.facts_version).order_by("-as_of", "-pk").first()


def change(run: Run, actor: Actor, level: str = Level.TOTAL, key: str = "") -> Change | None:
    """The move since the snapshot before, when both look at the same fiscal year and both say a figure."""
    now = year_end(run, actor, level, key)
    earlier = previous(run, actor)
    before = year_end(earlier, actor, level, key) if earlier else None
    if now is None or before is None or now.mean is None or before.mean is None:
        return None
    return Change(before=before, now=now) if counts_alike(before, now) else None


def counts_alike(before: YearEndReading, now: YearEndReading) -> bool:
    """Whether both add up the same stretch of the same year; older data read in since would pass for growth."""
    return all(getattr(before, name) == getattr(now, name) for name in ("year_name", "covered_from", "missing_months"))


def largest_change(run: Run, actor: Actor, level: str) -> Change | None:
    """The series of a level whose year end moved most, in the direction of the total."""
    total = change(run, actor)
    if total is None:
        return None
    moves = [move for row in year_ends(run, actor, level) if (move := change(run, actor, level, row.key))]
    same_way = [move for move in moves if (move.amount > 0) == (total.amount > 0)]
    return max(same_way, key=lambda move: abs(move.amount), default=None)

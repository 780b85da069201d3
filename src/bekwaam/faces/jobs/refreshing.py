"""The refresh: every room works out its readings for one day and data version; they come into force together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone

from bekwaam.facts.read import Facts
from bekwaam.records import runs
from bekwaam.records.models import Run
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.errors import Refused

Progress = Callable[[str, int, int], None]


def refresh(*, as_of: date | None = None, put_in_force: bool = True, progress: Progress | None = None) -> Run:
    """Work out all readings; returns the finished run.

    Args:
        as_of: the first day that does not count; by default the day after the last order, or today if earlier.
        put_in_force: whether pages read this run from now on. A look into the past stays out of force.

    Raises:
        Refused: `nothing_read_in`; `as_of_beyond_data`.
    """
    facts = Facts(settings.BEKWAAM_HOME.facts)
    day = _day(facts, as_of)
    rooms = settings.BEKWAAM_REFRESH_ORDER
    run = runs.open_run(as_of=day, facts_version=facts.version, parameters={"rooms": list(rooms)})
    steps = [(room, _refresh_of(room)) for room in rooms]
    for done, (room, room_refresh) in enumerate(steps):
        if progress:
            progress(room.rsplit(".", 1)[-1], done, len(steps))
        room_refresh(run, facts)
    if progress:
        progress("done", len(steps), len(steps))
    return runs.close_run(run, put_in_force=put_in_force)


def run_as_of(as_of: date | None = None, *, progress: Progress | None = None) -> Run:
    """The finished run for a day and the newest data: the stored one, or one worked out now.

    Without a day this is the run in force. A run worked out for another day stays out of force, unless
    nothing is in force yet.
    """
    facts = Facts(settings.BEKWAAM_HOME.facts)
    day = _day(facts, as_of)
    stored = runs.run_for(as_of=day, facts_version=facts.version)
    if stored is not None:
        return stored
    is_first = not Run.objects.filter(is_current=True).exists()
    return refresh(as_of=day, put_in_force=as_of is None or is_first, progress=progress)


def default_as_of(facts: Facts) -> date:
    """The day after the last order, or today if that is earlier."""
    last = facts.ask("span", SYSTEM).dicts()[0]["last_date"]
    if last is None:
        raise Refused("nothing_read_in")
    return min(last + timedelta(days=1), timezone.localdate())


def _day(facts: Facts, as_of: date | None) -> date:
    """The day asked for. One beyond the data is refused: the days without lines would read as a collapse."""
    latest = default_as_of(facts)
    if as_of is not None and as_of > latest:
        last = facts.ask("span", SYSTEM).dicts()[0]["last_date"]
        raise Refused("as_of_beyond_data", as_of=as_of, last=last, latest=latest)
    return as_of or latest


def _refresh_of(room: str) -> Callable[[Run, Facts], None]:
    """The room's own `refresh.refresh(run, facts)`; looked up by name, so that no page ever imports an engine."""
    work: Callable[[Run, Facts], None] = import_module(f"{room}.refresh").refresh
    return work

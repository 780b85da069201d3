"""The refresh: every room works out its readings for one day and data version; they come into force together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone

from bekwaam.faces.claim import ClaimedError, claim
from bekwaam.facts.read import Facts
from bekwaam.records import runs
from bekwaam.records.models import Run
from bekwaam.terms.actor import SYSTEM, Actor
from bekwaam.terms.errors import Failed, Refused

Progress = Callable[[str, int, int], None]
NOTE = "bekwaam refresh"
WAIT_SECONDS = 1_800
"""Working out the largest company that was tried takes minutes; who waits longer than this should be told."""


def refresh(
    *,
    as_of: date | None = None,
    put_in_force: bool = True,
    progress: Progress | None = None,
    actor: Actor = SYSTEM,
) -> Run:
    """Work out all readings; returns the finished run.

    Args:
        as_of: the first day that does not count; by default the day after the last order, or today if earlier.
        put_in_force: whether pages read this run from now on. A look into the past stays out of force.

    Raises:
        Refused: `nothing_read_in`; `as_of_beyond_data`.
        Failed: `figures_busy`: another process works them out, and goes on for very long.
    """
    with _one_at_a_time(progress):
        return _worked_out(as_of, put_in_force=put_in_force, progress=progress, actor=actor)


def run_as_of(as_of: date | None = None, *, progress: Progress | None = None) -> Run:
    """The finished run for a day and the newest data: the stored one, or one worked out now.

    Without a day this is the run in force. A run worked out for another day stays out of force, unless
    nothing is in force yet. Who had to wait for another process may find that it made the very run.
    """
    stored = _stored(as_of)
    if stored is not None:
        return stored
    with _one_at_a_time(progress):
        is_first = not Run.objects.filter(is_current=True).exists()
        in_force = as_of is None or is_first
        return _stored(as_of) or _worked_out(as_of, put_in_force=in_force, progress=progress)


@contextmanager
def _one_at_a_time(progress: Progress | None) -> Iterator[None]:
    """Job and command line take turns: each clears away what a killed one left, so two would clear each other away."""
    lock = settings.BEKWAAM_HOME.path / "refresh.lock"
    with ExitStack() as held:
        try:
            held.enter_context(claim(lock, note=NOTE))
        except ClaimedError:
            if progress:
                progress("waiting", 0, 0)
            try:
                held.enter_context(claim(lock, note=NOTE, wait_seconds=WAIT_SECONDS))
            except ClaimedError:
                raise Failed("figures_busy", minutes=round(WAIT_SECONDS / 60)) from None
        yield


def _stored(as_of: date | None) -> Run | None:
    """What is there already is given for any day: an earlier version worked out days beyond the data too."""
    facts = Facts(settings.BEKWAAM_HOME.facts)
    return runs.run_for(as_of=as_of or default_as_of(facts), facts_version=facts.version)


def _worked_out(as_of: date | None, *, put_in_force: bool, progress: Progress | None, actor: Actor = SYSTEM) -> Run:
    facts = Facts(settings.BEKWAAM_HOME.facts)
    rooms = settings.BEKWAAM_REFRESH_ORDER
    run = runs.open_run(as_of=_day(facts, as_of), facts_version=facts.version, parameters={"rooms": list(rooms)})
    steps = [(room, _refresh_of(room)) for room in rooms]
    for done, (room, room_refresh) in enumerate(steps):
        if progress:
            progress(room.rsplit(".", 1)[-1], done, len(steps))
        room_refresh(run, facts)
    if progress:
        progress("done", len(steps), len(steps))
    return runs.close_run(run, put_in_force=put_in_force, actor=actor)


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

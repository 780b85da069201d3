"""Writing runs: open one, fill it in short transactions, and put it in force last."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from bekwaam import __version__
from bekwaam.access import audit
from bekwaam.records.models import Run
from bekwaam.terms.actor import SYSTEM, Actor

WAS_IN_FORCE = Q(is_current=True) | Q(parameters__was_in_force=True)
"""Runs that pages read once: the snapshots."""
KEPT_RUNS = 60
"""How many closed runs that were put in force stay: more than a year of weekly snapshots."""
KEPT_LOOKS = 10
"""How many looks into the past stay: they are kept only so that asking again is quick."""


def open_run(*, as_of: date, facts_version: int, parameters: dict[str, Any]) -> Run:
    """A new run that no page sees yet. What a killed run left behind goes first: the caller holds the refresh lock."""
    Run.objects.filter(state=Run.State.RUNNING).delete()
    return Run.objects.create(
        as_of=as_of, facts_version=facts_version, engine=f"bekwaam {__version__}", parameters=parameters
    )


@transaction.atomic
def close_run(run: Run, *, put_in_force: bool, actor: Actor = SYSTEM) -> Run:
    """Mark the run as done and, when asked, let every page read it from now on: that changes what all see."""
    run.state = Run.State.DONE
    run.ended_at = timezone.now()
    if put_in_force:
        for former in Run.objects.filter(is_current=True):
            _remember_in_force(former, is_current=False)
        _remember_in_force(run, is_current=True)
        brought = {"as_of": run.as_of, "facts_version": run.facts_version}
        audit.record(actor, "figures.refreshed", run, after=brought)
    run.save()
    done = Run.objects.filter(state=Run.State.DONE)
    snapshots = done.filter(WAS_IN_FORCE)
    _keep_newest(snapshots, KEPT_RUNS)
    _keep_newest(done.exclude(pk__in=snapshots.values("pk")), KEPT_LOOKS)
    return run


def _remember_in_force(run: Run, *, is_current: bool) -> None:
    """Whether a run ever was in force is kept with it: only such runs are snapshots to compare with."""
    run.is_current, run.parameters = is_current, {**run.parameters, "was_in_force": True}
    run.save()


def _keep_newest(runs: QuerySet[Run], count: int) -> None:
    keep = list(runs.order_by("-pk").values_list("pk", flat=True)[:count])
    runs.filter(is_current=False).exclude(pk__in=keep).delete()


def run_for(*, as_of: date, facts_version: int) -> Run | None:
    """The newest finished run for exactly this day and data version."""
    return Run.objects.filter(state=Run.State.DONE, as_of=as_of, facts_version=facts_version).first()

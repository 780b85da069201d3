"""Writing runs: open one, fill it in short transactions, and put it in force last."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from bekwaam import __version__
from bekwaam.records.models import Run

KEPT_RUNS = 60
"""How many closed runs stay: more than a year of weekly snapshots."""


def open_run(*, as_of: date, facts_version: int, parameters: dict[str, Any]) -> Run:
    """A new run that no page sees yet. What a killed run left behind goes first: the caller holds the refresh lock."""
    Run.objects.filter(state=Run.State.RUNNING).delete()
    return Run.objects.create(
        as_of=as_of, facts_version=facts_version, engine=f"bekwaam {__version__}", parameters=parameters
    )


@transaction.atomic
def close_run(run: Run, *, put_in_force: bool) -> Run:
    """Mark the run as done and, when asked, let every page read it from now on."""
    run.state = Run.State.DONE
    run.ended_at = timezone.now()
    if put_in_force:
        Run.objects.filter(is_current=True).update(is_current=False)
        run.is_current = True
    run.save()
    keep = Run.objects.filter(state=Run.State.DONE).order_by("-pk").values_list("pk", flat=True)[:KEPT_RUNS]
    Run.objects.filter(state=Run.State.DONE, is_current=False).exclude(pk__in=list(keep)).delete()
    return run


def run_for(*, as_of: date, facts_version: int) -> Run | None:
    """The newest finished run for exactly this day and data version."""
    return Run.objects.filter(state=Run.State.DONE, as_of=as_of, facts_version=facts_version).first()

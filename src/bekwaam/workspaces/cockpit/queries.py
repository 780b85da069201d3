"""Reads of the cockpit."""

from __future__ import annotations

from bekwaam.records.models import Run
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.cockpit.models import SentenceReading


def sentences(run: Run, actor: Actor) -> list[SentenceReading]:
    """Every sentence of the run that the actor may read, in order; the chosen ones first."""
    return list(SentenceReading.scoped(actor).filter(run=run).order_by("rank"))


def chosen(run: Run, actor: Actor) -> list[SentenceReading]:
    """The five of this week."""
    return [sentence for sentence in sentences(run, actor) if sentence.is_chosen]

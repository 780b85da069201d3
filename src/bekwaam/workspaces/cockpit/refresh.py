"""What the cockpit works out in a refresh: it weighs what the other rooms found, and chooses."""

from __future__ import annotations

from bekwaam.facts.read import Facts
from bekwaam.records.models import Run
from bekwaam.workspaces.cockpit.candidates import candidates
from bekwaam.workspaces.cockpit.choice import place
from bekwaam.workspaces.cockpit.models import SentenceReading


def refresh(run: Run, facts: Facts) -> None:
    """Store the sentences of this run, weighed and chosen."""
    SentenceReading.objects.bulk_create(
        SentenceReading(
            run=run,
            rank=placed.rank,
            code=placed.candidate.code,
            topic=placed.candidate.topic,
            amount=placed.candidate.amount,
            values=placed.candidate.values,
            is_chosen=placed.is_chosen,
        )
        for placed in place(candidates(run, facts))
    )

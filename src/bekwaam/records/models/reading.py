"""Readings: what a job worked out, stored so that pages only have to read.

A run computes everything for one day (`as_of`) and one data version; its rows are written in short
transactions and its `current` mark is set last. A run that was killed leaves the one before it in force.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekwaam.access.policy import may
from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class Run(ScopedModel):
    """One working-out of all readings: for which day, from which data, by which engine."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"

    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    is_current = models.BooleanField(default=False)
    as_of = models.DateField()
    facts_version = models.PositiveIntegerField()
    engine = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, str]] = {
        "state": "none",
        "is_current": "none",
        "as_of": "none",
        "facts_version": "none",
        "engine": "none",
        "parameters": "none",
        "started_at": "none",
        "ended_at": "none",
    }

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name="one_current_run"),
            models.CheckConstraint(condition=Q(is_current=False) | Q(state="done"), name="current_run_is_done"),
        ]

    def __str__(self) -> str:
        return f"{self.as_of} v{self.facts_version}"

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return Q() if may(actor, "cockpit.read") or may(actor, "forecasts.read") else None


class Reading(ScopedModel):
    """The base of every stored reading: it belongs to one run and goes with it."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True

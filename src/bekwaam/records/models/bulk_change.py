"""One field that was changed in many records at once, with what stood there before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekwaam.access.policy import reach_of
from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class BulkChange(ScopedModel):
    """A change of many records. `before` is primary key → [what stood there, when a person touched it last]."""

    kind = models.CharField(max_length=16)
    field = models.CharField(max_length=40)
    value = models.CharField(max_length=200, blank=True)
    label = models.CharField(max_length=300, blank=True)
    count = models.PositiveIntegerField()
    before = models.JSONField(default=dict)
    kept = models.JSONField(default=list)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(db_index=True)
    undone_at = models.DateTimeField(null=True, db_index=True)
    undone_by = models.CharField(max_length=40, blank=True)

    personal: ClassVar[dict[str, str]] = {
        "kind": "none",
        "field": "none",
        "value": "seller",
        "label": "seller",
        "count": "none",
        "before": "seller",
        "kept": "contact",
        "made_by": "seller",
        "made_at": "none",
        "undone_at": "none",
        "undone_by": "seller",
    }

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind}.{self.field} ({self.count})"

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Who writes all customers sees every change, who writes his own sees what he changed himself."""
        reach = reach_of(actor, "customers.write")
        if reach is None:
            return None
        return Q() if reach == "all" else Q(made_by=actor.key)

"""What can be found by typing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekwaam.access.policy import may
from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class SearchEntry(ScopedModel):
    """One findable record: its words in lower case without accents, and where it lives."""

    object_type = models.CharField(max_length=20)
    object_key = models.CharField(max_length=60)
    label = models.CharField(max_length=300)
    words = models.CharField(max_length=400, db_index=True)

    personal: ClassVar[dict[str, str]] = {
        "object_type": "none",
        "object_key": "none",
        "label": "contact",
        "words": "contact",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["object_type", "object_key"], name="one_entry_per_record")]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return Q() if may(actor, "customers.read") else None

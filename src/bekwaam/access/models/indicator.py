"""The switch of each figure about a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekwaam.access import policy
from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class PersonIndicator(ScopedModel):
    """A recorded decision of the works council: which figure, on what ground, for whose eyes, until when.

    The newest row of an indicator is in force. Switching off closes the row; nothing is removed.
    """

    indicator = models.CharField(max_length=40)
    tier = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=200)
    purpose = models.CharField(max_length=300)
    viewers = models.JSONField(default=list)
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    closed_by = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, str]] = {
        "indicator": "none",
        "tier": "none",
        "document": "text",
        "purpose": "text",
        "viewers": "none",
        "starts_on": "none",
        "ends_on": "none",
        "made_by": "seller",
        "made_at": "none",
        "closed_by": "seller",
        "closed_at": "none",
    }

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(tier__in=[1, 2, 3]), name="tier_is_known"),
            models.CheckConstraint(condition=~Q(document="") & ~Q(purpose=""), name="switch_has_ground"),
            models.CheckConstraint(condition=Q(starts_on__lte=models.F("ends_on")), name="switch_ends_after_start"),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(closed_at__isnull=True), name="one_open_switch_per_indicator"
            ),
        ]

    def __str__(self) -> str:
        return self.indicator

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return Q() if policy.may(actor, "switches.read") else None

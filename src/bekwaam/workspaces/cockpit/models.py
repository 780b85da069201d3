"""The sentences of a run: what was weighed, what it is worth, and which five were chosen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekwaam.access.policy import may
from bekwaam.records.models import Reading
from bekwaam.terms.actor import Actor


class SentenceReading(Reading):
    """One sentence of the week as code and values; it is worded when somebody reads it, in his own language."""

    class Topic(models.TextChoices):
        CUSTOMERS = "customers"
        FORECASTS = "forecasts"
        PRICES = "prices"
        RETURNS = "returns"
        LATER = "later"

    rank = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    topic = models.CharField(max_length=20, choices=Topic.choices)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    values = models.JSONField(default=dict)
    is_chosen = models.BooleanField(default=False)

    personal: ClassVar[dict[str, str]] = {
        "run": "none",
        "rank": "none",
        "code": "none",
        "topic": "none",
        "amount": "none",
        "values": "none",
        "is_chosen": "none",
    }

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["run", "code"], name="one_sentence_per_code_and_run")]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        if not may(actor, "cockpit.read"):
            return None
        return Q() if actor.sees_lines else Q(topic=cls.Topic.FORECASTS)

"""The sentences of a run: what was weighed, what it is worth, and which five were chosen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from bekwaam.access.policy import may
from bekwaam.records.models import Reading
from bekwaam.terms.actor import Actor

PROFIT, REVENUE = "gross_profit_year", "revenue_year"


class SentenceReading(Reading):
    """One sentence of the week as code and values; it is worded when somebody reads it, in his own language.

    `amount` is revenue, so that sentences are weighed in one measure; what a reader sees is `amount_for` him.
    """

    class Topic(models.TextChoices):
        CUSTOMERS = "customers"
        FORECASTS = "forecasts"
        PRICES = "prices"
        RETURNS = "returns"
        TASKS = "tasks"
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

    def values_for(self, actor: Actor) -> dict[str, Any]:
        """The figures that the actor may see: without the right to see cost there is no gross profit."""
        if actor.sees_cost or PROFIT not in self.values:
            return self.values
        return {**self.values, PROFIT: None}

    def amount_for(self, actor: Actor) -> Decimal | None:
        """The money that the sentence is about, in the measure in which this actor reads it."""
        values = self.values_for(actor)
        told = values.get(PROFIT) or values.get(REVENUE)
        return self.amount if told is None else Decimal(told)

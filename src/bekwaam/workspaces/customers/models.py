"""Readings about customers: their rhythm, their chance of an order, and the look back at an earlier call list."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from bekwaam.access.policy import may
from bekwaam.records.models import Customer, Reading
from bekwaam.terms.actor import Actor
from bekwaam.terms.month import Month
from bekwaam.workspaces.customers.loss import expected_loss


class CustomerSideReading(Reading):
    """A reading that everyone sees who may see customers."""

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return Q() if may(actor, "customers.read") else None


class CustomerReading(CustomerSideReading):
    """One customer in one run: what he bought, in which rhythm, and the chance that he orders again.

    Gross profit stands only where the run is measured in it: every cost is known, and the list ranks by it. What
    `expected_loss` and `revenue_year` say in revenue, `loss_for` and `worth_for` say in the measure of the reader.
    """

    customer_number = models.CharField(max_length=60)
    # No column and no constraint: a reading outlives its customer, and is written before anyone looks him up.
    customer = models.ForeignObject(
        Customer,
        on_delete=models.DO_NOTHING,
        from_fields=["customer_number"],
        to_fields=["number"],
        related_name="readings",
    )
    revenue_year = models.DecimalField(max_digits=18, decimal_places=2)
    gross_profit_year = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    chance_of_order_90d = models.FloatField(null=True)
    usual_chance_90d = models.FloatField(null=True)
    expected_orders_90d = models.FloatField(null=True)
    own_rhythm_days = models.FloatField(null=True)
    usual_low_days = models.FloatField(null=True)
    usual_high_days = models.FloatField(null=True)
    days_silent = models.PositiveIntegerField()
    order_days = models.PositiveIntegerField()
    first_order = models.DateField()
    last_order = models.DateField()
    expected_loss = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    is_slipping = models.BooleanField(default=False)
    rank = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    recent_order_days = models.JSONField(default=list)
    has_seller = models.BooleanField(default=False)

    personal: ClassVar[dict[str, str]] = {
        "run": "none",
        "customer_number": "none",
        "revenue_year": "none",
        "gross_profit_year": "none",
        "chance_of_order_90d": "none",
        "usual_chance_90d": "none",
        "expected_orders_90d": "none",
        "own_rhythm_days": "none",
        "usual_low_days": "none",
        "usual_high_days": "none",
        "days_silent": "none",
        "order_days": "none",
        "first_order": "none",
        "last_order": "none",
        "expected_loss": "none",
        "is_slipping": "none",
        "rank": "none",
        "reason": "none",
        "recent_order_days": "none",
        "has_seller": "none",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "customer_number"], name="one_reading_per_customer")]
        indexes = [
            models.Index(fields=["run", "is_slipping", "rank"], name="reading_by_rank"),
            models.Index(fields=["run", "-revenue_year"], name="reading_by_revenue"),
            models.Index(fields=["run", "-days_silent"], name="reading_by_silence"),
        ]

    def __str__(self) -> str:
        return self.customer_number

    def worth_for(self, actor: Actor) -> Decimal:
        """What he brought in twelve months: gross profit for who may see it, else revenue."""
        return _seen_by(actor, self.gross_profit_year, self.revenue_year)

    def loss_for(self, actor: Actor) -> Decimal | None:
        """What is expected to be lost on him, in the same measure."""
        return expected_loss(self.worth_for(actor), self.chance_of_order_90d)


def _seen_by(actor: Actor, profit: Decimal | None, revenue: Decimal) -> Decimal:
    return profit if profit is not None and actor.sees_cost else revenue


class RetentionReading(CustomerSideReading):
    """How the chances of one run were found: which model, with which parameters, over how many customers."""

    status = models.CharField(max_length=20)
    method = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    log_likelihood = models.FloatField(null=True)
    customers = models.PositiveIntegerField(default=0)
    capacity = models.PositiveIntegerField(default=20)

    personal: ClassVar[dict[str, str]] = {
        "run": "none",
        "status": "none",
        "method": "none",
        "parameters": "none",
        "log_likelihood": "none",
        "customers": "none",
        "capacity": "none",
    }

    def __str__(self) -> str:
        return f"{self.method} ({self.status})"


class HindsightReading(CustomerSideReading):
    """The look back of one run: the call list as it would have been `then`, against what happened up to `now`.

    Status `hole`: months are missing in that time, so nothing can be said of who left.
    """

    HOLE = "hole"

    then = models.DateField()
    now = models.DateField()
    window_days = models.PositiveIntegerField()
    status = models.CharField(max_length=20)
    verdict = models.CharField(max_length=20)
    months_had = models.PositiveIntegerField(default=0)
    months_needed = models.PositiveIntegerField(default=0)
    leavers = models.PositiveIntegerField(default=0)
    value_lost = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    rules = models.JSONField(default=list)
    profit_lost = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    profit_rules = models.JSONField(default=list)
    missing_months = models.JSONField(default=list)

    personal: ClassVar[dict[str, str]] = {
        "run": "none",
        "then": "none",
        "now": "none",
        "window_days": "none",
        "status": "none",
        "verdict": "none",
        "months_had": "none",
        "months_needed": "none",
        "leavers": "none",
        "value_lost": "none",
        "rules": "none",
        "profit_lost": "none",
        "profit_rules": "none",
        "missing_months": "none",
    }

    def __str__(self) -> str:
        return f"{self.then} → {self.now}"

    def is_in_profit_for(self, actor: Actor) -> bool:
        """Whether this reader reads it in gross profit."""
        return bool(self.profit_rules) and actor.sees_cost

    def rules_for(self, actor: Actor) -> list[dict[str, Any]]:
        """The ways of naming customers beside each other, in the measure of the reader."""
        rules: list[dict[str, Any]] = self.profit_rules if self.is_in_profit_for(actor) else self.rules
        return rules

    def lost_for(self, actor: Actor) -> Decimal | None:
        """What those who left were worth, in the measure of the reader."""
        return self.profit_lost if self.is_in_profit_for(actor) else self.value_lost

    @property
    def missing(self) -> list[Month]:
        """The missing months, oldest first."""
        return [Month.parse(month) for month in self.missing_months]


class HindsightCustomer(CustomerSideReading):
    """One customer in the look back: seen, missed, or named for nothing."""

    class Group(models.TextChoices):
        SEEN = "seen"
        MISSED = "missed"
        FOR_NOTHING = "for_nothing"

    customer_number = models.CharField(max_length=60)
    group = models.CharField(max_length=12, choices=Group.choices)
    value_year = models.DecimalField(max_digits=18, decimal_places=2)
    gross_profit_year = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    last_order_before = models.DateField()
    first_order_after = models.DateField(null=True)
    order_days = models.JSONField(default=list)

    personal: ClassVar[dict[str, str]] = {
        "run": "none",
        "customer_number": "none",
        "group": "none",
        "value_year": "none",
        "gross_profit_year": "none",
        "last_order_before": "none",
        "first_order_after": "none",
        "order_days": "none",
    }

    class Meta:
        ordering = ["-value_year"]

    def __str__(self) -> str:
        return f"{self.customer_number} {self.group}"

    def worth_for(self, actor: Actor) -> Decimal:
        """What he had brought in the twelve months before: gross profit for who may see it, else revenue."""
        return _seen_by(actor, self.gross_profit_year, self.value_year)

"""Opportunities: what may be sold to whom, by when, who works on it, and how it moved from stage to stage."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekwaam.access.policy import may, reach_of
from bekwaam.access.scope import ScopedModel
from bekwaam.records import owning, stages
from bekwaam.records.models.batch import Batch
from bekwaam.records.models.editable import Editable
from bekwaam.records.models.party import Customer, MarketType, Seller
from bekwaam.terms.actor import Actor


class Opportunity(Editable):
    """Business that may come: known by a number, of one customer, worked on by one or more sellers.

    The chance that it comes is not typed: it will be learnt from what came of others. Whoever knows more may keep his
    own estimate beside it.
    """

    kind: ClassVar[str] = "opportunities"

    number = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="opportunities")
    market_type = models.CharField(max_length=3, choices=MarketType.choices, default=MarketType.B2B)
    stage = models.CharField(max_length=20, default="lead")
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, validators=[MinValueValidator(Decimal(0))])
    opened_on = models.DateField()
    expected_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    estimate = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(100)])
    competitor = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    sellers = models.ManyToManyField(Seller, through="OpportunitySeller", related_name="opportunities")
    created_by = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="+")

    personal: ClassVar[dict[str, str]] = {
        "number": "none",
        "title": "text",
        "customer": "none",
        "market_type": "none",
        "stage": "none",
        "amount": "none",
        "opened_on": "none",
        "expected_on": "none",
        "closed_on": "none",
        "estimate": "seller",
        "competitor": "text",
        "reason": "text",
        "sellers": "seller",
        "created_by": "none",
    }

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["touched_at"], name="opportunity_by_last_touch"),
            models.Index(fields=["expected_on"], name="opportunity_by_expected_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=stages.CLOSED) | Q(closed_on__isnull=True), name="open_opportunity_has_no_end"
            ),
            models.CheckConstraint(
                condition=Q(estimate__isnull=True) | Q(estimate__lte=100), name="estimate_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return self.title or _("Opportunity %(number)s") % {"number": self.number}

    @property
    def is_closed(self) -> bool:
        """Whether it is won or lost."""
        return self.stage in stages.CLOSED

    @property
    def stage_title(self) -> str:
        """The stage in words."""
        return stages.title_of(self.stage)

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Whoever may read opportunities reads all of them."""
        return Q() if may(actor, "opportunities.read") else None

    @classmethod
    def writing(cls, actor: Actor) -> Q | None:
        """All, or those on which the actor works and those of customers whom he looks after."""
        reach = reach_of(actor, "opportunities.write")
        if reach == "own" and actor.user_id is not None:
            mine = OpportunitySeller._base_manager.filter(owning.own(actor)).values("opportunity_id")
            return Q(pk__in=mine) | owning.own(actor, "customer__")
        return Q() if reach == "all" else None


class OfOpportunity(ScopedModel):
    """A table that is read with the opportunity."""

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return Q() if may(actor, "opportunities.read") else None


class OpportunitySeller(OfOpportunity):
    """A seller who works on an opportunity, and which part of it counts as his; together a hundred."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="shares")
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="opportunity_shares")
    share = models.PositiveSmallIntegerField(default=100)

    personal: ClassVar[dict[str, str]] = {"opportunity": "none", "seller": "seller", "share": "seller"}

    class Meta:
        ordering = ["-share", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "seller"], name="seller_once_per_opportunity"),
            models.CheckConstraint(condition=Q(share__gte=1) & Q(share__lte=100), name="share_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.seller} {self.share} %"


class StageEntry(OfOpportunity):
    """An opportunity came into a stage on this day; history stays."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="history")
    stage = models.CharField(max_length=20)
    since = models.DateField()
    made_by = models.CharField(max_length=40, blank=True)

    personal: ClassVar[dict[str, str]] = {"opportunity": "none", "stage": "none", "since": "none", "made_by": "seller"}

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return f"{stages.title_of(self.stage)} {self.since}"

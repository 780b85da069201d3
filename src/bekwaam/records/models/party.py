"""Customers, products, sellers, and how sellers are grouped."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekwaam.access.policy import may, reach_of
from bekwaam.access.scope import ScopedModel
from bekwaam.records.models.batch import Batch
from bekwaam.records.models.editable import Customised, Editable
from bekwaam.records.owning import writable
from bekwaam.terms.actor import Actor


class CustomerSideModel(ScopedModel):
    """A table that everyone sees who may see customers."""

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return Q() if may(actor, "customers.read") else None


class MarketType(models.TextChoices):
    """Whom the company sells to."""

    B2B = "B2B", "B2B"
    B2R = "B2R", "B2R"
    B2G = "B2G", "B2G"


class Territory(CustomerSideModel):
    """A sales territory (rayon)."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="+")
    touched_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, str]] = {"code": "none", "name": "none", "created_by": "none", "touched_at": "none"}

    def __str__(self) -> str:
        return self.name or self.code


class Team(CustomerSideModel):
    """A sales team."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="+")
    touched_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, str]] = {"code": "none", "name": "none", "created_by": "none", "touched_at": "none"}

    def __str__(self) -> str:
        return self.name or self.code


class Seller(CustomerSideModel):
    """A seller code of the ERP, and whose it is."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="seller"
    )
    territory = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.SET_NULL)
    created_by = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="+")
    touched_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, str]] = {
        "code": "seller",
        "name": "seller",
        "user": "seller",
        "territory": "none",
        "created_by": "none",
        "touched_at": "none",
    }

    def __str__(self) -> str:
        return self.name or self.code


class Membership(CustomerSideModel):
    """A seller in a team, from one day until another; history stays."""

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    personal: ClassVar[dict[str, str]] = {"seller": "seller", "team": "none", "starts_on": "none", "ends_on": "none"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(starts_on__lt=models.F("ends_on")),
                name="membership_starts_before_it_ends",
            )
        ]

    def __str__(self) -> str:
        return f"{self.seller} · {self.team}"


class Customer(Customised, Editable, CustomerSideModel):
    """A customer, known by the number that the ERP gives him."""

    kind: ClassVar[str] = "customers"

    number = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    segment = models.CharField(max_length=120, blank=True)
    customer_group = models.CharField(max_length=120, blank=True)
    market_type = models.CharField(max_length=3, choices=MarketType.choices, default=MarketType.B2B)
    seller = models.ForeignKey(Seller, null=True, blank=True, on_delete=models.SET_NULL, related_name="customers")
    territory = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.SET_NULL, related_name="customers")
    created_by = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="+")

    personal: ClassVar[dict[str, str]] = {
        "number": "none",
        "name": "contact",
        "city": "contact",
        "country": "none",
        "segment": "none",
        "customer_group": "none",
        "market_type": "none",
        "seller": "seller",
        "territory": "none",
        "created_by": "none",
    }

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["touched_at"], name="customer_by_last_touch"),
            models.Index(fields=["trashed_at"], name="customer_in_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name or _("Customer %(number)s") % {"number": self.number}

    @classmethod
    def writing(cls, actor: Actor) -> Q | None:
        """All, or the actor's own."""
        return writable(actor)


class Product(Customised, Editable, CustomerSideModel):
    """A product or service on offer, known by its code."""

    kind: ClassVar[str] = "products"

    code = models.CharField(max_length=60, unique=True)
    description = models.CharField(max_length=300, blank=True)
    product_group = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    created_by = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="+")

    personal: ClassVar[dict[str, str]] = {
        "code": "none",
        "description": "none",
        "product_group": "none",
        "unit": "none",
        "created_by": "none",
    }

    class Meta:
        ordering = ["code"]
        indexes = [
            models.Index(fields=["touched_at"], name="product_by_last_touch"),
            models.Index(fields=["trashed_at"], name="product_in_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.description or self.code

    @classmethod
    def writing(cls, actor: Actor) -> Q | None:
        """Products are nobody's own: only who may change all customers changes them."""
        return Q() if reach_of(actor, "customers.write") == "all" else None

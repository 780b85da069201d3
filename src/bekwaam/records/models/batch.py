"""Imports: the file that was offered, the batch that came of it, and the mapping remembered for the next one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekwaam.access.policy import may
from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class Kind(models.TextChoices):
    """What a file holds."""

    SALES = "sales", _("Order lines")
    CUSTOMERS = "customers", _("Customers")
    PRODUCTS = "products", _("Products")
    SELLERS = "sellers", _("Sellers")
    OPPORTUNITIES = "opportunities", _("Opportunities")


class ImportModel(ScopedModel):
    """A table that only those see who may see imports."""

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return Q() if may(actor, "imports.read") else None


class Batch(ImportModel):
    """One import. It is `pending` until the facts have it; recovery settles what a crash left pending."""

    class State(models.TextChoices):
        PENDING = "pending", _("being stored")
        DONE = "done", _("read in")
        UNDONE = "undone", _("undone")

    batch_id = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=16, choices=State.choices, default=State.PENDING)
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    rows_read = models.PositiveIntegerField(default=0)
    rows_imported = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    revenue = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    customers = models.PositiveIntegerField(default=0)
    first_date = models.DateField(null=True)
    last_date = models.DateField(null=True)
    facts_version = models.PositiveIntegerField(null=True)
    report = models.JSONField(default=dict)
    refused_file = models.CharField(max_length=255, blank=True)
    made_by = models.CharField(max_length=40, default="system")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, str]] = {
        "batch_id": "none",
        "kind": "none",
        "state": "none",
        "file_name": "text",
        "file_sha256": "none",
        "rows_read": "none",
        "rows_imported": "none",
        "rows_refused": "none",
        "revenue": "none",
        "quantity": "none",
        "customers": "none",
        "first_date": "none",
        "last_date": "none",
        "facts_version": "none",
        "report": "text",
        "refused_file": "none",
        "made_by": "seller",
        "made_at": "none",
        "undone_at": "none",
    }

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["pending", "done", "undone"]), name="batch_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="batch_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.batch_id


class Upload(ImportModel):
    """A file that was offered on the page and is not yet read in: what it is, and how far its owner got."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being read")
        ASKS = "asks", _("waits for an answer")
        READY = "ready", _("ready to be read in")
        REFUSED = "refused", _("cannot be read")
        READING_IN = "reading_in", _("being read in")
        DONE = "done", _("read in")

    file = models.CharField(max_length=255)
    file_name = models.CharField(max_length=255)
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.SALES)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    mapping = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="+")
    offered_by = models.CharField(max_length=40)
    offered_at = models.DateTimeField(auto_now_add=True)

    personal: ClassVar[dict[str, str]] = {
        "file": "none",
        "file_name": "text",
        "kind": "none",
        "state": "none",
        "mapping": "none",
        "preview": "text",
        "batch": "none",
        "offered_by": "seller",
        "offered_at": "none",
    }

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "asks", "ready", "refused", "reading_in", "done"]),
                name="upload_state_is_known",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="upload_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.file_name


class SourceMapping(ImportModel):
    """Which column of a known source means what, as a person last confirmed it."""

    signature = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    mapping = models.JSONField()
    used_at = models.DateTimeField(auto_now=True)

    personal: ClassVar[dict[str, str]] = {
        "signature": "none",
        "kind": "none",
        "mapping": "none",
        "used_at": "none",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["signature", "kind"], name="one_mapping_per_source")]

    def __str__(self) -> str:
        return f"{self.kind} {self.signature[:8]}"

"""Fields that a company adds itself to its customers and products."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekwaam.access.policy import may
from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class CustomField(ScopedModel):
    """A field: of which kind of record, what it is called, and what may stand in it. Its values stand on the record.

    Put away, it is shown nowhere and its values stay: taken up again it has them still.
    """

    class Kind(models.TextChoices):
        CUSTOMERS = "customers", _("Customers")
        PRODUCTS = "products", _("Products")

    class Type(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("Choice")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=60)
    type = models.CharField(max_length=10, choices=Type.choices)
    choices = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_archived = models.BooleanField(default=False)

    personal: ClassVar[dict[str, str]] = {
        "kind": "none",
        "code": "none",
        "title": "none",
        "type": "none",
        "choices": "none",
        "position": "none",
        "is_archived": "none",
    }

    class Meta:
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="one_custom_field_per_code"),
            models.UniqueConstraint(fields=["kind", "title"], name="one_custom_field_per_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Whoever sees records sees which fields they have, and whoever looks after the settings."""
        return Q() if may(actor, "customers.read") or may(actor, "settings.read") else None

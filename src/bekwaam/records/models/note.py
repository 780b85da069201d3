"""Notes: what someone wrote down about a customer, a product or an opportunity."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from bekwaam.access.policy import may
from bekwaam.records.models.editable import Editable
from bekwaam.records.models.opportunity import Opportunity
from bekwaam.records.models.party import Customer, Product
from bekwaam.terms.actor import Actor

LONGEST: Final = 4_000
SUBJECTS: Final = ("customer", "product", "opportunity")


def _about_one() -> Q:
    """Exactly one of the subjects is filled."""
    found = Q()
    for one in SUBJECTS:
        found |= Q(**{f"{other}__isnull": other != one for other in SUBJECTS})
    return found


class Note(Editable):
    """A note. Everyone who may see what it is about reads it; only its author changes it or throws it away."""

    kind: ClassVar[str] = "notes"

    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="notes")
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="notes")
    opportunity = models.ForeignKey(Opportunity, null=True, on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(max_length=LONGEST)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    personal: ClassVar[dict[str, str]] = {
        "customer": "none",
        "product": "none",
        "opportunity": "none",
        "text": "text",
        "author": "seller",
        "made_at": "none",
    }

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=_about_one(), name="note_is_about_one_thing")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def subject(self) -> Any:
        """What it is about."""
        return self.customer or self.product or self.opportunity

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Those about what the actor may read; on the screen opportunities are read by who reads customers."""
        if not may(actor, "customers.read"):
            return None
        return Q() if may(actor, "opportunities.read") else Q(opportunity__isnull=True)

    @classmethod
    def writing(cls, actor: Actor) -> Q | None:
        """One's own."""
        return Q(author_id=actor.user_id) if may(actor, "notes.write") and actor.user_id is not None else None

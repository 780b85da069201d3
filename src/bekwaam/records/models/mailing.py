"""What was mailed to whom: a row before the mail leaves, so that a crash sends nothing twice and forgets nobody."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from bekwaam.access.policy import may
from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class Mailing(ScopedModel):
    """One mail to one person for one day."""

    class Kind(models.TextChoices):
        WEEK = "week", "week"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    day = models.DateField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mailings")
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, str]] = {
        "kind": "none",
        "day": "none",
        "user": "contact",
        "tries": "none",
        "sent_at": "seller",
    }

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "day", "user"], name="one_mail_per_day_and_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        if may(actor, "settings.read"):
            return Q()
        return Q(user_id=actor.user_id) if actor.user_id is not None else None

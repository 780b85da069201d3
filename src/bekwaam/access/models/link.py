"""One-time links: how someone gets in for the first time, or again."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekwaam.access import policy
from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class OneTimeLink(ScopedModel):
    """A link that works once. Only the hash of its token is kept, so the database does not open a door."""

    class Kind(models.TextChoices):
        FIRST_ADMIN = "first_admin", _("first administrator")
        INVITATION = "invitation", _("invitation")
        RESET = "reset", _("new password")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="links")
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, str]] = {
        "kind": "none",
        "token_hash": "none",
        "user": "contact",
        "made_by": "seller",
        "made_at": "none",
        "expires_at": "none",
        "used_at": "none",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="first_admin", user__isnull=True) | (~Q(kind="first_admin") & Q(user__isnull=False)),
                name="link_is_for_someone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return Q() if policy.may(actor, "users.write") else None

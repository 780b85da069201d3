"""The two logs that a request may add to even when it is refused: denials and attempts to sign in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekwaam.access import policy
from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class SecurityLog(ScopedModel):
    """The base of both: who, when, in which request. Never an address or anything typed."""

    at = models.DateTimeField(auto_now_add=True)
    who = models.CharField(max_length=40, blank=True)
    request_id = models.CharField(max_length=32, blank=True)

    personal: ClassVar[dict[str, str]] = {"at": "none", "who": "seller", "request_id": "none"}

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return Q() if policy.may(actor, "audit.read") else None


class Denial(SecurityLog):
    """Someone signed in asked for what he may not do."""

    action = models.CharField(max_length=60)
    method = models.CharField(max_length=10)
    route = models.CharField(max_length=100)

    personal: ClassVar[dict[str, str]] = {"action": "none", "method": "none", "route": "none"}

    def __str__(self) -> str:
        return f"{self.who} {self.action}"


class SignIn(SecurityLog):
    """An attempt to sign in, or a signing out. It serves security only."""

    class Outcome(models.TextChoices):
        SIGNED_IN = "signed_in"
        REFUSED = "refused"
        SIGNED_OUT = "signed_out"

    outcome = models.CharField(max_length=12, choices=Outcome.choices)

    personal: ClassVar[dict[str, str]] = {"outcome": "none"}

    def __str__(self) -> str:
        return f"{self.who} {self.outcome}"

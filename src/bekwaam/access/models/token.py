"""Tokens for programs: what a user lets a script do in his name. Answers kept, so that sending twice is harmless."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from bekwaam.access import policy
from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class ApiToken(ScopedModel):
    """A token with the reach of its user. Only its hash is kept, so the database does not open a door."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, str]] = {
        "user": "contact",
        "name": "text",
        "token_hash": "none",
        "made_at": "seller",
        "expires_at": "none",
        "revoked_at": "none",
    }

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        if policy.may(actor, "users.write"):
            return Q()
        return Q(user_id=actor.user_id) if actor.user_id is not None else None


class KeptAnswer(ScopedModel):
    """The answer to a write that carried a key of its sender, kept in the transaction of that write."""

    who = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    content = models.TextField()
    made_at = models.DateTimeField()

    personal: ClassVar[dict[str, str]] = {
        "who": "seller",
        "key": "none",
        "fingerprint": "none",
        "status": "none",
        "content": "text",
        "made_at": "none",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "key"], name="one_answer_per_key")]
        indexes = [models.Index(fields=["made_at"], name="kept_answer_by_age")]

    def __str__(self) -> str:
        return f"{self.who} {self.key}"

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return Q(who=actor.key) if actor.user_id is not None else None

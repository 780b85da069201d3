"""What was changed by whom, in a chain that shows whether anything was altered since."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekwaam.access import policy
from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class AuditEntry(ScopedModel):
    """One change. Rows are only ever added; the database itself refuses to alter or remove one."""

    who = models.CharField(max_length=40)
    roles = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    changes = models.JSONField(default=dict)
    request_id = models.CharField(max_length=32, blank=True)
    previous = models.CharField(max_length=64, unique=True)
    fingerprint = models.CharField(max_length=64)

    personal: ClassVar[dict[str, str]] = {
        "who": "seller",
        "roles": "none",
        "at": "none",
        "action": "none",
        "object_type": "none",
        "object_id": "none",
        "changes": "none",
        "request_id": "none",
        "previous": "none",
        "fingerprint": "none",
    }

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_by_object")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return Q() if policy.may(actor, "audit.read") else None


class PersonKey(ScopedModel):
    """The key with which one person's fields are hashed in the audit log; erasing the person destroys it."""

    person = models.CharField(max_length=101, unique=True)
    key = models.BinaryField(max_length=32)
    destroyed_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, str]] = {"person": "contact", "key": "contact", "destroyed_at": "none"}

    def __str__(self) -> str:
        return self.person

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return None

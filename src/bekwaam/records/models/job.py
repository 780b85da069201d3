"""Work for later: an outbox row, written in the same transaction as what asks for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekwaam.access.policy import may
from bekwaam.access.scope import ScopedModel
from bekwaam.terms.actor import Actor


class Job(ScopedModel):
    """One piece of work. The row is the truth; the queue only wakes a worker."""

    class Kind(models.TextChoices):
        PREVIEW = "preview", _("Look at a file")
        IMPORT = "import", _("Read in a file")
        UNDO = "undo", _("Undo an import")
        REFRESH = "refresh", _("Work out the figures anew")
        MAIL = "mail", _("Mail this week")
        INVITE = "invite", _("Mail a questionnaire")

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("at work")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("broken off")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.QUEUED)
    arguments = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error_code = models.CharField(max_length=60, blank=True)
    error_values = models.JSONField(default=dict)
    step = models.CharField(max_length=60, blank=True)
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_by = models.CharField(max_length=40, default="system")
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, str]] = {
        "kind": "none",
        "state": "none",
        "arguments": "text",
        "result": "text",
        "error_code": "none",
        "error_values": "text",
        "step": "none",
        "steps_done": "none",
        "steps_total": "none",
        "attempts": "none",
        "asked_by": "seller",
        "asked_at": "none",
        "started_at": "none",
        "heartbeat_at": "none",
        "ended_at": "none",
    }

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "id"], name="job_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["preview", "import", "undo", "refresh", "mail", "invite"]),
                name="job_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "refused", "failed"]), name="job_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return Q() if may(actor, "jobs.read") else None

    @property
    def is_under_way(self) -> bool:
        """Waiting or at work."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)

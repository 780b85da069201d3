"""Tasks (*toezeggingen*): what someone promised to do, by when, for whom."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from bekwaam.access.policy import may, reach_of
from bekwaam.records.models.editable import Editable
from bekwaam.records.models.opportunity import Opportunity
from bekwaam.records.models.party import Customer
from bekwaam.terms.actor import Actor


class Task(Editable):
    """A task of one person; about a customer, an opportunity, or nothing in particular."""

    kind: ClassVar[str] = "tasks"

    title = models.CharField(max_length=200)
    due_on = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="tasks")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="tasks")
    opportunity = models.ForeignKey(Opportunity, null=True, on_delete=models.PROTECT, related_name="tasks")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    personal: ClassVar[dict[str, str]] = {
        "title": "text",
        "due_on": "none",
        "owner": "seller",
        "customer": "none",
        "opportunity": "none",
        "done_at": "none",
        "done_by": "seller",
        "made_by": "seller",
        "made_at": "none",
    }

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["touched_at"], name="task_by_last_touch"),
            models.Index(fields=["due_on", "id"], name="open_task_by_day", condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Any:
        """What it is about; None for nothing in particular."""
        return self.opportunity or self.customer

    def days_late(self, today: date) -> int:
        """For how many days it has been over its day; 0 when done or not yet due."""
        return 0 if self.done_at else max((today - self.due_on).days, 0)

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Everyone in sales sees what was promised."""
        return Q() if may(actor, "tasks.read") else None

    @classmethod
    def writing(cls, actor: Actor) -> Q | None:
        """All, or those that the actor has to do or gave out himself."""
        reach = reach_of(actor, "tasks.write")
        if reach == "own" and actor.user_id is not None:
            return Q(owner_id=actor.user_id) | Q(made_by=actor.key)
        return Q() if reach == "all" else None

"""What people do with tasks: give one out, tick it off, take that back. Fields are changed by `editing.change`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bekwaam.access import audit
from bekwaam.access.demand import require
from bekwaam.access.models import User
from bekwaam.access.policy import ALLOWED
from bekwaam.access.scope import system_door
from bekwaam.records import editing
from bekwaam.records.models import Customer, Opportunity, Task
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused


@dataclass(frozen=True)
class Promise:
    """A task that somebody wants to record; without an owner it is his own."""

    title: str
    due_on: date
    owner: User | None = None
    customer: Customer | None = None
    opportunity: Opportunity | None = None


@transaction.atomic
def make(actor: Actor, promise: Promise) -> Task:
    """Record a task. What is about an opportunity is about its customer as well.

    Raises:
        PermissionDenied: he may record none.
        Refused: `task_empty`, `field_too_long`.
    """
    require(actor, "tasks.write")
    now = timezone.now()
    customer = promise.opportunity.customer if promise.opportunity else promise.customer
    with system_door():
        made = Task.objects.create(
            title=checked(promise.title),
            due_on=promise.due_on,
            owner_id=promise.owner.pk if promise.owner else actor.user_id,
            customer=customer,
            opportunity=promise.opportunity,
            made_by=actor.key,
            made_at=now,
            touched_at=now,
        )
        audit.record(actor, "tasks.made", made, after=audit.snapshot(made))
    return made


def checked(title: str) -> str:
    """What is to be done, in at most 200 characters."""
    title = title.strip()
    if not title:
        raise Refused("task_empty")
    if len(title) > 200:
        raise Refused("field_too_long", longest=200)
    return title


def tick(actor: Actor, task: Task) -> Task:
    """The task, done now by the actor; one that is done already stays as it is.

    Raises:
        PermissionDenied: it is not his to tick off.
    """
    if task.done_at is not None:
        return task
    with system_door():
        who = User.objects.filter(pk=actor.user_id).first()
    done: Task = editing.change(actor, task, {"done_at": timezone.now(), "done_by": who}, version=task.version)
    return done


def untick(actor: Actor, task: Task) -> Task:
    """The task, still to be done.

    Raises:
        PermissionDenied: it is not his.
    """
    if task.done_at is None:
        return task
    undone: Task = editing.change(actor, task, {"done_at": None, "done_by": None}, version=task.version)
    return undone


def owners() -> list[User]:
    """Who can be given a task: whoever may have one and can sign in. Their names are no secret among colleagues."""
    with system_door():
        roles = ALLOWED["tasks.write"]
        return list(User.objects.filter(is_active=True, role_grants__role__in=roles).distinct())


def about(subject: Any, actor: Actor) -> list[Task]:
    """The tasks about a customer or an opportunity: those to do first, by day; then the latest done."""
    field = "opportunity" if isinstance(subject, Opportunity) else "customer"
    rows = Task.scoped(actor).filter(**{field: subject}).select_related("owner", "opportunity", "customer")
    writing = Task.writing(actor)
    own = set() if writing is None else set(rows.filter(writing).values_list("pk", flat=True))
    today, found = timezone.localdate(), sorted(rows, key=_place)
    for task in found:
        task.late, task.is_own = task.days_late(today), task.pk in own
    return found


def _place(task: Task) -> Any:
    return (task.done_at is not None, -task.done_at.timestamp() if task.done_at else task.due_on.toordinal())


def overdue(actor: Actor, today: date) -> QuerySet[Task]:
    """What is over its day and not done."""
    return Task.scoped(actor).filter(done_at__isnull=True, due_on__lt=today)

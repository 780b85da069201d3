"""Tasks over REST."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Schema, Status

from bekwaam.access.models import User
from bekwaam.frame.rest.resource import Resource
from bekwaam.records import editing, tasks
from bekwaam.records.models import Opportunity, Task
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused
from bekwaam.workspaces.customers.subjects import subject_of

resource = Resource("tasks")


class TaskOut(Schema):
    """A task: whose it is, by e-mail address, and what it is about."""

    id: int
    title: str
    due_on: dt.date
    owner: str | None
    customer: str | None
    opportunity: str | None
    done_at: dt.datetime | None
    version: int

    @staticmethod
    def resolve_owner(task: Task) -> str | None:
        """The owner's e-mail address."""
        return task.owner.email if task.owner else None

    @staticmethod
    def resolve_customer(task: Task) -> str | None:
        """The customer's number."""
        return task.customer.number if task.customer else None

    @staticmethod
    def resolve_opportunity(task: Task) -> str | None:
        """The opportunity's number."""
        return task.opportunity.number if task.opportunity else None


class TaskIn(Schema):
    """A new task; without an owner it is of whoever sends it. About a customer or an opportunity, or neither."""

    title: str
    due_on: dt.date
    owner: str = ""
    customer: str = ""
    opportunity: str = ""


class TaskChange(Schema):
    """What is to be otherwise; what is left out stays."""

    title: str | None = None
    due_on: dt.date | None = None
    owner: str | None = None
    is_done: bool | None = None


@resource.listing("/tasks", needs="tasks.read", name="api_tasks", response=list[TaskOut])
def all_tasks(request: HttpRequest) -> Any:
    """Every task, those done included, in the order in which they were recorded."""
    return _rows(request.actor)


def _rows(actor: Actor) -> QuerySet[Task]:
    return Task.scoped(actor).select_related("owner", "customer", "opportunity")


@resource.make("/tasks", needs="tasks.write", name="api_tasks", response={201: TaskOut})
def make_task(request: HttpRequest, sent: TaskIn) -> Any:
    """Record a task."""
    subject = subject_of({"customer": sent.customer, "opportunity": sent.opportunity}, request.actor)
    about = {} if subject is None else {subject._meta.model_name: subject}
    if isinstance(subject, Opportunity):
        about["opportunity"] = Opportunity.scoped(request.actor).select_related("customer").get(pk=subject.pk)
    owner = _owner(sent.owner) if sent.owner else None
    made = tasks.make(request.actor, tasks.Promise(sent.title, sent.due_on, owner, **about))
    return Status(201, _rows(request.actor).get(pk=made.pk))


def _owner(email: str) -> User:
    found = next((one for one in tasks.owners() if one.email == email.strip().lower()), None)
    if found is None:
        raise Refused("field_not_a_choice", value=email[:60])
    return found


@resource.one("/tasks/{int:pk}", needs="tasks.read", name="api_task", response=TaskOut)
def one_task(request: HttpRequest, pk: int) -> Any:
    """One task."""
    return _found(_rows(request.actor).filter(pk=pk).first())


@resource.change("/tasks/{int:pk}", needs="tasks.write", name="api_task", response=TaskOut)
def change_task(request: HttpRequest, pk: int, sent: TaskChange) -> Any:
    """Change a task, or tick it off; If-Match carries the ETag of what was read."""
    told = sent.dict(exclude_none=True)
    is_done = told.pop("is_done", None)
    values: dict[str, Any] = dict(told)
    if "title" in told:
        values["title"] = tasks.checked(told["title"])
    if "owner" in told:
        values["owner"] = _owner(told["owner"])
    found = _found(_rows(request.actor).filter(pk=pk).first())
    with transaction.atomic():
        found = editing.change(request.actor, found, values, version=request.as_it_stands["version"])
        if is_done is not None:
            (tasks.tick if is_done else tasks.untick)(request.actor, found)
    return one_task(request, pk)


@resource.remove("/tasks/{int:pk}", needs="tasks.write", name="api_task")
def throw_task_away(request: HttpRequest, pk: int) -> Any:
    """Into the trash, from which it can be taken back."""
    editing.to_trash(request.actor, _found(Task.scoped(request.actor).filter(pk=pk).first()))
    return Status(204, None)


def _found(record: Any) -> Any:
    if record is None:
        raise Http404
    return record

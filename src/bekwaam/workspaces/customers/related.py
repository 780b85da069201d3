"""What the page of a record shows of the notes, tasks and opportunities about it."""

from __future__ import annotations

from typing import Any

from bekwaam.access.policy import may
from bekwaam.records import stages, tasks
from bekwaam.records.models import Customer, Opportunity
from bekwaam.records.timeline import Asked
from bekwaam.workspaces.customers.subjects import query_of


def promises_of(asked: Asked) -> dict[str, Any]:
    """The open tasks about it and the ways to add: `tasks_open`, `subject_query`; of a product there are no tasks."""
    found: dict[str, Any] = {"subject_query": query_of(asked.record)}
    if asked.kind != "products" and may(asked.actor, "tasks.read"):
        found["tasks_open"] = [one for one in tasks.about(asked.record, asked.actor) if one.done_at is None]
    if isinstance(asked.record, Customer):
        rows = Opportunity.scoped(asked.actor).filter(customer=asked.record).exclude(stage__in=stages.CLOSED)
        found["opportunities_open"] = list(rows.order_by("expected_on", "pk"))
    return found

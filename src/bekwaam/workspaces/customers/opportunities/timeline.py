"""What the timeline of a record shows of its notes, tasks and opportunities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.frame.formats import money
from bekwaam.records import notes, stages, tasks
from bekwaam.records.models import Opportunity, StageEntry, Task
from bekwaam.records.timeline import Asked, Entry, Source
from bekwaam.workspaces.customers.tasks.words import late_in_words


def notes_of(asked: Asked) -> Iterator[Entry]:
    """What people wrote about the record; one's own leads to where it is changed."""
    for note in notes.about(asked.record, asked.actor):
        url = reverse("note", args=[note.pk]) if note.is_own else ""
        yield Entry(note.made_at, _("note"), note.text, who=str(note.author or ""), url=url)


def tasks_of(asked: Asked) -> Iterator[Entry]:
    """What was promised, by the day on which it was done or is to be."""
    return (_task(task) for task in tasks.about(asked.record, asked.actor))


def _task(task: Task) -> Entry:
    late = task.days_late(timezone.localdate())
    text = late_in_words(late) if late else _("done") if task.done_at else ""
    url = reverse("task", args=[task.pk])
    who = str(task.owner or "")
    return Entry(task.done_at or task.due_on, _("task"), task.title, text=text, who=who, url=url, is_late=bool(late))


def opportunities_of(asked: Asked) -> Iterator[Entry]:
    """The opportunities of a customer, by the day on which they were opened."""
    for one in Opportunity.scoped(asked.actor).filter(customer=asked.record):
        amount = "" if one.amount is None else money(one.amount, asked.given["currency"], style="whole")
        told = " · ".join(part for part in (one.stage_title, amount) if part)
        url = reverse("opportunity", args=[one.number])
        yield Entry(one.closed_on or one.opened_on, _("opportunity"), str(one), text=told, url=url)


def stages_of(asked: Asked) -> Iterator[Entry]:
    """The stages that an opportunity came into."""
    for entry in StageEntry.scoped(asked.actor).filter(opportunity=asked.record):
        is_lost = entry.stage == stages.LOST
        yield Entry(entry.since, _("stage"), stages.title_of(entry.stage), is_late=is_lost)


NOTES: Final = Source("notes", gettext_lazy("Notes"), notes_of)
TASKS: Final = Source("tasks", gettext_lazy("Tasks"), tasks_of)
OF_CUSTOMER: Final = (NOTES, TASKS, Source("opportunities", gettext_lazy("Opportunities"), opportunities_of))
OF_PRODUCT: Final = (NOTES,)

"""The list of tasks: what is over its day comes first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, CharField, ExpressionWrapper, Q, Value
from django.db.models.functions import Cast, Coalesce, NullIf, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bekwaam.access.policy import reach_of
from bekwaam.frame.days import day
from bekwaam.frame.formats import whole_number
from bekwaam.frame.lists import CHOICE, DATE, PICTURE, TEXT, YES_NO, Column, FixedView, ListDefinition, Stamps
from bekwaam.records import tasks
from bekwaam.records.models import Task
from bekwaam.records.stamps import stamp_for
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.customers.tasks.words import late_in_words

COLUMNS = ("task", "due", "owner", "tick")


def task_list(actor: Actor) -> ListDefinition:
    """Every task that the actor may read."""
    today, moving = timezone.localdate(), stamp_for(actor, Task)
    rows = Task.scoped(actor).annotate(
        done_on=TruncDate("done_at"),
        is_done=ExpressionWrapper(Q(done_at__isnull=False), output_field=BooleanField()),
        owner_key=Cast("owner_id", output_field=CharField()),
    )
    return ListDefinition(
        code="tasks",
        title=gettext_lazy("Tasks"),
        rows=rows,
        columns=tuple(_columns()),
        views=_views(actor, today),
        key="pk",
        url=reverse("tasks"),
        stamps=Stamps(fixed=moving, moving=moving),
        counted=_counted,
        link=lambda key: reverse("task", args=[key]),
        parameters={"today": today, "actor": actor, "reach": reach_of(actor, "tasks.write")},
    )


def _views(actor: Actor, today: date) -> tuple[FixedView, ...]:
    late = f"due:until:{today - timedelta(days=1)}"
    mine = f"owner:is:{actor.user_id or 0}"
    done = ("task", "due", "done", "owner", "tick")
    return (
        FixedView("mine", gettext_lazy("Mine"), (mine, "finished:is:no"), "due", COLUMNS),
        FixedView("late", gettext_lazy("Overdue"), ("finished:is:no", late), "due", COLUMNS),
        FixedView("open", gettext_lazy("Everyone's"), ("finished:is:no",), "due", COLUMNS),
        FixedView("done", gettext_lazy("Done"), ("finished:is:yes",), "-done", done),
        FixedView("all", gettext_lazy("All tasks"), (), "due", done),
    )


def _columns() -> Iterator[Column]:
    yield Column(
        code="task",
        title=gettext_lazy("Task"),
        kind=TEXT,
        path="title",
        also={"customer": "customer__name", "number": "customer__number", "opportunity": "opportunity__title"},
        under=_about,
    )
    yield Column(
        code="due",
        title=gettext_lazy("To be done by"),
        kind=DATE,
        path="due_on",
        is_indexed=True,
        also={"done": "done_at"},
        draw=_due,
    )
    yield Column(code="finished", title=gettext_lazy("Done"), kind=YES_NO, path="is_done")
    yield Column(code="done", title=gettext_lazy("Done on"), kind=DATE, path="done_on", has_gaps=True)
    name = Coalesce(NullIf("owner__name", Value("")), "owner__email", output_field=CharField())
    yield Column(
        code="owner",
        title=gettext_lazy("Who"),
        kind=CHOICE,
        path=name,
        filter_path="owner_key",
        has_gaps=True,
        choices=lambda: [(str(one.pk), str(one)) for one in tasks.owners()],
        label=_Names(),
    )
    yield Column(code="customer", title=gettext_lazy("Customer"), kind=TEXT, path="customer__name", has_gaps=True)
    yield Column(
        code="tick",
        title=gettext_lazy("Tick off"),
        kind=PICTURE,
        path="pk",
        also={"pk": "pk", "done": "done_at", "owner": "owner_id", "maker": "made_by", "title": "title"},
        draw=_tick,
        is_sortable=False,
        is_filterable=False,
    )


class _Names:
    """The name of an owner by his key, asked once for a page, and only where a filter names one."""

    def __init__(self) -> None:
        self.known: dict[str, str] | None = None

    def __call__(self, text: str) -> str:
        if not text.isdecimal():
            return text
        if self.known is None:
            self.known = {str(one.pk): str(one) for one in tasks.owners()}
        return self.known.get(text, text)


def _about(row: Mapping[str, Any], _given: Mapping[str, Any]) -> str:
    customer = row["customer"] or row["number"]
    return " · ".join(part for part in (customer, row["opportunity"]) if part)


def _due(row: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    late = 0 if row["done"] else (given["today"] - row["value"]).days
    if late <= 0:
        return day(row["value"])
    return format_html('{} <span class="is-late">{}</span>', day(row["value"]), late_in_words(late))


def _tick(row: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """A button of the form that stands beside the list: a form inside a table of a form cannot be."""
    if not _is_his(row, given):
        return ""
    name, title = ("task_undone", _("Not done after all")) if row["done"] else ("task_done", _("Tick off"))
    return format_html(
        '<button class="button" type="submit" form="tick-off" formaction="{}" aria-label="{}: {}">{}</button>',
        reverse(name, args=[row["pk"]]),
        title,
        row["title"],
        title,
    )


def _is_his(row: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """`Task.writing`, of a row that has been read."""
    actor: Actor = given["actor"]
    if given["reach"] == "own":
        return row["owner"] == actor.user_id or row["maker"] == actor.key
    return given["reach"] == "all"


def _counted(count: int) -> str:
    return ngettext("%(words)s task", "%(words)s tasks", count) % {"words": whole_number(count)}

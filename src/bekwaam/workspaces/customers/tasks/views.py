"""The pages of tasks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from bekwaam.access.doors import needs
from bekwaam.access.models import Company
from bekwaam.frame.lists import asked_by_form, list_page
from bekwaam.frame.sentences import sentence
from bekwaam.frame.undo import done
from bekwaam.records import editing, tasks
from bekwaam.records.models import Task
from bekwaam.records.saved_views import views_of
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused
from bekwaam.workspaces.customers.subjects import page_of, subject_of
from bekwaam.workspaces.customers.tasks.forms import TaskForm
from bekwaam.workspaces.customers.tasks.listed import task_list


@needs("tasks.read")
def all_tasks(request: HttpRequest) -> HttpResponse:
    """Which tasks are still open, one's own first."""
    definition = task_list(request.actor)
    if (typed := asked_by_form(request.GET, definition)) is not None:
        return redirect(typed.url)
    company = Company.current()
    page = list_page(definition, request.GET, views_of("tasks", request.actor), currency=company.currency)
    late, still = page.views["late"].count, page.views["open"].count
    return render(request, "customers/tasks.html", {"page": page, "company": company, "late": late, "still": still})


@needs("tasks.write")
def new_task(request: HttpRequest) -> HttpResponse:
    """Record a task, about a customer or an opportunity where the address names one."""
    subject = subject_of(request.GET, request.actor)
    form = TaskForm(request.POST or None, initial={"owner": request.actor.user_id, "due_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _made(request, form, subject):
        return redirect(page_of(subject) if subject else reverse("tasks"))
    return render(request, "customers/task_new.html", {"form": form, "subject": subject, "back": _back(subject)})


def _back(subject: Any) -> str:
    return page_of(subject) if subject else reverse("tasks")


def _made(request: HttpRequest, form: TaskForm, subject: Any) -> bool:
    told = {subject._meta.model_name: subject} if subject else {}
    promise = tasks.Promise(form.cleaned_data["title"], form.cleaned_data["due_on"], form.chosen, **told)
    try:
        made = tasks.make(request.actor, promise)
    except Refused as refused:
        form.add_error("title", sentence(refused))
        return False
    undo_url = reverse("task_trash", args=[made.pk])
    done(request, _("“%(title)s” is recorded.") % {"title": made}, undo_url=undo_url)
    return True


def _found(pk: int, actor: Actor) -> Task:
    found = Task.scoped(actor).select_related("customer", "opportunity", "owner", "done_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs("tasks.read", post="tasks.write")
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: what, by when, by whom; changed by whoever may."""
    found = _found(pk, request.actor)
    writing = Task.writing(request.actor)
    may_write = writing is not None and Task.scoped(request.actor).filter(writing, pk=pk).exists()
    given = {"title": found.title, "due_on": found.due_on, "owner": found.owner_id}
    form = TaskForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid() and _changed(request, form, found):
        messages.success(request, _("Saved."))
        return redirect("task", pk)
    late = found.days_late(timezone.localdate())
    return render(request, "customers/task.html", {"task": found, "form": form, "may_write": may_write, "late": late})


def _changed(request: HttpRequest, form: TaskForm, found: Task) -> bool:
    seen = request.POST.get("seen", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    try:
        title = tasks.checked(form.cleaned_data["title"])
        values = {"title": title, "due_on": form.cleaned_data["due_on"], "owner": form.chosen}
        editing.change(request.actor, found, values, version=version)
    except Refused as refused:
        form.add_error(None, sentence(refused))
        return False
    return True


@needs("tasks.read", post="tasks.write")
def task_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick it off; the undo stands in the message."""
    if request.method != "POST":
        return redirect("task", pk)
    ticked = tasks.tick(request.actor, _found(pk, request.actor))
    done(request, _("“%(title)s” is done.") % {"title": ticked}, undo_url=reverse("task_undone", args=[pk]))
    return redirect(_came_from(request, ticked))


@needs("tasks.read", post="tasks.write")
def task_undone(request: HttpRequest, pk: int) -> HttpResponse:
    """Not done after all."""
    if request.method != "POST":
        return redirect("task", pk)
    opened = tasks.untick(request.actor, _found(pk, request.actor))
    messages.success(request, _("“%(title)s” is still to be done.") % {"title": opened})
    return redirect(_came_from(request, opened))


@needs("tasks.read", post="tasks.write")
def task_trash(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the trash."""
    if request.method != "POST":
        return redirect("task", pk)
    found = _found(pk, request.actor)
    thrown = editing.to_trash(request.actor, found)
    undo_url = reverse("trash_restore", args=["tasks", thrown.pk])
    done(request, _("%(name)s lies in the trash.") % {"name": thrown}, undo_url=undo_url)
    return redirect(_back(found.subject))


def _came_from(request: HttpRequest, found: Task) -> str:
    """Back to the page on which the button stood, when it is one of ours."""
    came = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure()):
        return came
    return reverse("tasks")

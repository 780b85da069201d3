"""Change one field of many rows, see what was changed like that, and take it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.access.doors import needs
from bekwaam.access.queries import names_by_key
from bekwaam.faces.web.lists import list_of, state_of
from bekwaam.frame import undo
from bekwaam.frame.formats import names_in_list, whole_number
from bekwaam.frame.lists import BulkField, ListDefinition, ListState
from bekwaam.frame.numerals import capital
from bekwaam.frame.sentences import sentence
from bekwaam.records import bulk
from bekwaam.records.models import BulkChange
from bekwaam.terms.errors import Refused

SHOWN = 100
NAMED = 5


@needs("customers.write")
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change a field of the chosen rows: first which value, then it is done."""
    definition = list_of(code, request.actor)
    state = state_of(definition, request.POST.get("state", ""))
    chosen = request.POST.getlist("row")[: bulk.MOST]
    is_all = request.POST.get("all") == "1"
    if not (chosen or is_all):
        if request.method == "POST":
            messages.warning(request, _("Choose rows first."))
        return redirect(state.url)
    if request.POST.get("change") == "export":
        return redirect(_export_url(state, [] if is_all else chosen))
    field = next((one for one in definition.bulk if one.code == request.POST.get("change")), None)
    if field is None or definition.writable is None:
        raise Http404
    if "value" not in request.POST:
        return _ask(request, state, field, chosen=[] if is_all else chosen)
    keys = _every_key(state) if is_all else chosen
    return _done(request, state, field, keys=keys)


def _export_url(state: ListState, chosen: list[str]) -> str:
    address = reverse("list_export", args=[state.definition.code])
    only = urlencode([("only", key) for key in chosen])
    return f"{address}?{state.query}&format=xlsx" + (f"&{only}" if only else "")


def _every_key(state: ListState) -> list[str]:
    """The rows of the filtered set that the reader may change; one too many where they are too many to change."""
    definition = state.definition
    rows = definition.rows.filter(state.condition)
    rows = rows.filter(definition.writable) if definition.writable else rows
    return [str(key) for key in rows.values_list(definition.key, flat=True)[: bulk.MOST + 1]]


def _ask(request: HttpRequest, state: ListState, field: BulkField, *, chosen: list[str]) -> HttpResponse:
    count = len(chosen) if chosen else len(_every_key(state))
    context = {
        "definition": state.definition,
        "state": state,
        "field": field,
        "chosen": chosen,
        "counted": state.definition.counted(count),
        "choices": list(field.choices()) if field.choices else None,
    }
    return render(request, "web/lists/change.html", context)


def _done(request: HttpRequest, state: ListState, field: BulkField, *, keys: Iterable[str]) -> HttpResponse:
    value = request.POST["value"].strip()
    try:
        made = bulk.change_many(request.actor, state.definition.code, keys, field=field.code, value=value)
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect(state.url)
    if made is None:
        messages.success(request, _("Nothing changed: that was so already."))
        return redirect(state.url)
    told = {"field": field.title, "rows": state.definition.counted(made.count), "value": made.label or _("empty")}
    undo.done(
        request, _("%(field)s of %(rows)s is now %(value)s.") % told, undo_url=reverse("change_undo", args=[made.pk])
    )
    return redirect(state.url)


@needs("customers.write")
def changes(request: HttpRequest) -> HttpResponse:
    """The last changes of many rows, newest first; each can be taken back."""
    found = list(BulkChange.scoped(request.actor).defer("before")[:SHOWN])
    names = names_by_key()
    lists = {code: list_of(code, request.actor) for code in {one.kind for one in found}}
    rows = [_told(one, lists[one.kind], names.get(one.made_by, "")) for one in found]
    return render(request, "web/lists/changes.html", {"rows": rows})


def _told(made: BulkChange, definition: ListDefinition, who: str) -> dict[str, Any]:
    title = next((field.title for field in definition.bulk if field.code == made.field), made.field)
    return {
        "change": made,
        "title": title,
        "counted": definition.counted(made.count),
        "value": made.label or _("empty"),
        "who": who,
        "kept": _names(made.kept),
    }


def _names(kept: list[str]) -> str:
    if len(kept) <= NAMED:
        return names_in_list(kept)
    rest = _("%(count)s others") % {"count": whole_number(len(kept) - NAMED)}
    return names_in_list([*kept[:NAMED], rest])


@needs("customers.write")
def change_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a change back; what was touched since stays, and is named."""
    made = BulkChange.scoped(request.actor).filter(pk=pk).first()
    if made is None:
        raise Http404
    if request.method != "POST":
        return redirect("changes")
    definition = list_of(made.kind, request.actor)
    try:
        kept = bulk.take_back(request.actor, made)
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect("changes")
    messages.success(request, capital(_("%(rows)s are as before.") % {"rows": definition.counted(made.count)}))
    if kept:
        told = {"rows": definition.counted(len(kept)), "names": _names(kept)}
        messages.warning(request, capital(_("%(rows)s were changed since and stay as they are: %(names)s.") % told))
    return redirect(definition.url)

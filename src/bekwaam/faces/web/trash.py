"""The trash: what lies in it, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.access.doors import needs
from bekwaam.records import editing
from bekwaam.records import trash as thrown
from bekwaam.records.editables import EDITABLES


@needs("customers.read")
def trash(request: HttpRequest) -> HttpResponse:
    """What was thrown away, and until when can it come back?"""
    rows = thrown.in_trash(request.actor)
    return render(request, "web/trash.html", {"rows": rows, "term": thrown.TERM_DAYS})


@needs("customers.read", post="notes.write")
def trash_restore(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take a record out of the trash."""
    if request.method != "POST":
        return redirect("trash")
    found = thrown.find(kind, pk, request.actor)
    if found is None:
        raise Http404
    record = editing.restore(request.actor, found)
    messages.success(request, _("%(name)s is back.") % {"name": record})
    how = EDITABLES[kind]
    return redirect(reverse(how.url_name, args=[getattr(record, how.key)]) if how.url_name else "trash")

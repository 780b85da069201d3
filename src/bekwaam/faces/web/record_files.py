"""Files of records: brought, given back, thrown away."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.access.doors import needs
from bekwaam.frame.sentences import sentence
from bekwaam.frame.undo import done
from bekwaam.records import editing, files
from bekwaam.records.editables import EDITABLES
from bekwaam.records.models import StoredFile
from bekwaam.terms.errors import Refused

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Even opened by itself, what someone brought runs nothing and reaches nothing."""


@needs("customers.read", post="notes.write")
def record_files(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Keep a file with a record."""
    how = EDITABLES.get(kind)
    record = how.find(key, request.actor) if how and how.url_name else None
    if how is None or record is None:
        raise Http404
    back = f"{reverse(how.url_name, args=[key])}#files"
    if request.method == "POST":
        _keep(request, kind, record)
    return redirect(back)


def _keep(request: HttpRequest, kind: str, record: object) -> None:
    upload = request.FILES.get("file")
    if upload is None:
        messages.warning(request, _("Choose a file first."))
        return
    try:
        kept = files.keep(request.actor, kind, record, upload)
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, _("%(name)s is kept here.") % {"name": kept})


@needs("customers.read")
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself, to be saved: never shown as a page of ours."""
    found = _found(request, pk)
    path = files.path_of(found.stored_as)
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=found.name, content_type=found.media_type)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


@needs("customers.read", post="notes.write")
def file_trash(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the trash, and how to take that back."""
    found = _found(request, pk)
    how = EDITABLES[found.about_kind]
    if request.method == "POST":
        thrown = editing.to_trash(request.actor, found)
        undo_url = reverse("trash_restore", args=["files", thrown.pk])
        done(request, _("%(name)s lies in the trash.") % {"name": thrown}, undo_url=undo_url)
    return redirect(f"{reverse(how.url_name, args=[found.about_key])}#files")


def _found(request: HttpRequest, pk: int) -> StoredFile:
    found = files.file_of(pk, request.actor)
    if found is None:
        raise Http404
    return found

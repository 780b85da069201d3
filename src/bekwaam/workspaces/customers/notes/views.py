"""Writing, changing and throwing away notes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.access.doors import needs
from bekwaam.frame.sentences import sentence
from bekwaam.frame.undo import done
from bekwaam.records import editing, notes
from bekwaam.records.models import Note
from bekwaam.records.models.note import LONGEST
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused
from bekwaam.workspaces.customers.subjects import page_of, subject_of


class NoteForm(forms.Form):
    """The text of a note."""

    text = forms.CharField(
        label=gettext_lazy("Note"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST})
    )


@needs("notes.write")
def new_note(request: HttpRequest) -> HttpResponse:
    """Write a note about the record that the address names."""
    subject = subject_of(request.GET, request.actor)
    if subject is None:
        raise Http404
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = notes.write(request.actor, subject, form.cleaned_data["text"])
        done(request, _("The note is kept."), undo_url=reverse("note_trash", args=[made.pk]))
        return redirect(f"{page_of(subject)}#timeline")
    return render(request, "customers/note.html", {"form": form, "subject": subject, "back": page_of(subject)})


def _own(pk: int, actor: Actor) -> Note:
    """A note of the actor's; that of another is as absent as one that is not."""
    writing = Note.writing(actor)
    rows = Note.scoped(actor).select_related("customer", "product", "opportunity")
    found = None if writing is None else rows.filter(writing, pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs("notes.write")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own note."""
    found = _own(pk, request.actor)
    form = NoteForm(request.POST or None, initial={"text": found.text})
    if request.method == "POST" and form.is_valid() and _changed(request, form, found):
        messages.success(request, _("Saved."))
        return redirect(f"{page_of(found.subject)}#timeline")
    context: dict[str, Any] = {"form": form, "note": found, "subject": found.subject, "back": page_of(found.subject)}
    return render(request, "customers/note.html", context)


def _changed(request: HttpRequest, form: NoteForm, found: Note) -> bool:
    seen = request.POST.get("seen", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    try:
        editing.change(request.actor, found, {"text": notes.checked(form.cleaned_data["text"])}, version=version)
    except Refused as refused:
        form.add_error("text", sentence(refused))
        return False
    return True


@needs("notes.write")
def note_trash(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw one's own note away."""
    if request.method != "POST":
        return redirect("note", pk)
    found = _own(pk, request.actor)
    thrown = editing.to_trash(request.actor, found)
    done(request, _("The note lies in the trash."), undo_url=reverse("trash_restore", args=["notes", thrown.pk]))
    return redirect(page_of(found.subject))

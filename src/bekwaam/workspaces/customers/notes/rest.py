"""Notes over REST."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Schema, Status

from bekwaam.frame.rest.resource import Resource
from bekwaam.records import editing, notes
from bekwaam.records.models import Note
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.customers.subjects import subject_of

resource = Resource("notes")


class NoteOut(Schema):
    """A note about a customer, a product or an opportunity; the author by name."""

    id: int
    customer: str | None
    product: str | None
    opportunity: str | None
    text: str
    author: str | None
    made_at: dt.datetime
    version: int

    @staticmethod
    def resolve_customer(note: Note) -> str | None:
        """The customer's number."""
        return note.customer.number if note.customer else None

    @staticmethod
    def resolve_product(note: Note) -> str | None:
        """The product's code."""
        return note.product.code if note.product else None

    @staticmethod
    def resolve_opportunity(note: Note) -> str | None:
        """The opportunity's number."""
        return note.opportunity.number if note.opportunity else None

    @staticmethod
    def resolve_author(note: Note) -> str | None:
        """Who wrote it."""
        return str(note.author) if note.author else None


class NoteIn(Schema):
    """A new note, about one of the three."""

    text: str
    customer: str = ""
    product: str = ""
    opportunity: str = ""


class NoteChange(Schema):
    """The text of one's own note."""

    text: str


@resource.listing("/notes", needs="customers.read", name="api_notes", response=list[NoteOut])
def all_notes(request: HttpRequest) -> Any:
    """Every note, in the order in which they were written."""
    return _rows(request.actor)


def _rows(actor: Actor) -> QuerySet[Note]:
    return Note.scoped(actor).select_related("customer", "product", "opportunity", "author")


@resource.make("/notes", needs="notes.write", name="api_notes", response={201: NoteOut})
def write_note(request: HttpRequest, sent: NoteIn) -> Any:
    """Write a note about a record."""
    named = {"customer": sent.customer, "product": sent.product, "opportunity": sent.opportunity}
    made = notes.write(request.actor, _found(subject_of(named, request.actor)), sent.text)
    return Status(201, _rows(request.actor).get(pk=made.pk))


@resource.one("/notes/{int:pk}", needs="customers.read", name="api_note", response=NoteOut)
def one_note(request: HttpRequest, pk: int) -> Any:
    """One note."""
    return _found(_rows(request.actor).filter(pk=pk).first())


@resource.change("/notes/{int:pk}", needs="notes.write", name="api_note", response=NoteOut)
def change_note(request: HttpRequest, pk: int, sent: NoteChange) -> Any:
    """Change one's own note; If-Match carries the ETag of what was read."""
    found = _found(Note.scoped(request.actor).filter(pk=pk).first())
    version = request.as_it_stands["version"]
    editing.change(request.actor, found, {"text": notes.checked(sent.text)}, version=version)
    return one_note(request, pk)


@resource.remove("/notes/{int:pk}", needs="notes.write", name="api_note")
def throw_note_away(request: HttpRequest, pk: int) -> Any:
    """One's own note into the trash."""
    editing.to_trash(request.actor, _found(Note.scoped(request.actor).filter(pk=pk).first()))
    return Status(204, None)


def _found(record: Any) -> Any:
    if record is None:
        raise Http404
    return record

"""Writing a note. Changing it, throwing it away and taking it back are done by `editing`."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from bekwaam.access import audit
from bekwaam.access.demand import require
from bekwaam.access.scope import system_door
from bekwaam.records.models import Customer, Note, Opportunity, Product
from bekwaam.records.models.note import LONGEST
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused

_FIELD = {Customer: "customer", Product: "product", Opportunity: "opportunity"}


@transaction.atomic
def write(actor: Actor, subject: Any, text: str) -> Note:
    """A note of the actor about a customer, a product or an opportunity.

    Raises:
        PermissionDenied: he may write none.
        Refused: `note_empty`, `field_too_long`.
    """
    require(actor, "notes.write")
    now = timezone.now()
    with system_door():
        made = Note.objects.create(
            **{_FIELD[type(subject)]: subject},
            text=checked(text),
            author_id=actor.user_id,
            made_at=now,
            touched_at=now,
        )
        audit.record(actor, "notes.made", made, after=audit.snapshot(made))
    return made


def checked(text: str) -> str:
    """The text of a note, without blank edges."""
    text = text.strip()
    if not text:
        raise Refused("note_empty")
    if len(text) > LONGEST:
        raise Refused("field_too_long", longest=LONGEST)
    return text


def about(subject: Any, actor: Actor) -> list[Note]:
    """The notes about a record that the actor may read, the latest first; each knows whether he may change it."""
    rows = Note.scoped(actor).filter(**{_FIELD[type(subject)]: subject}).select_related("author")
    found = list(rows)
    for note in found:
        note.is_own = note.author_id is not None and note.author_id == actor.user_id
    return found

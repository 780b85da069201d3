"""What lies in the trash, and how long it stays there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.functional import Promise

from bekwaam.access.models import User
from bekwaam.access.scope import system_door
from bekwaam.records.editables import EDITABLES
from bekwaam.terms.actor import Actor

TERM_DAYS: Final = 90
SHOWN: Final = 100
"""So many of each kind are shown; who threw away more finds the others once these are back."""


@dataclass(frozen=True)
class Thrown:
    """A record in the trash: its kind and primary key, what it is called, who threw it away and until when it stays."""

    kind: str
    pk: int
    title: str | Promise
    name: str
    who: str
    at: datetime
    until: datetime


def in_trash(actor: Actor) -> list[Thrown]:
    """What the actor may take back, the latest first."""
    found = [(kind, how.title, record) for kind, how in EDITABLES.items() for record in how.model.trash(actor)[:SHOWN]]
    names = _names({record.trashed_by for _kind, _title, record in found})
    told = [
        Thrown(kind, record.pk, title, str(record), names.get(record.trashed_by, ""), record.trashed_at, _until(record))
        for kind, title, record in found
    ]
    return sorted(told, key=lambda one: one.at, reverse=True)


def find(kind: str, pk: int, actor: Actor) -> Any:
    """One record in the trash that the actor may take back."""
    return EDITABLES[kind].model.trash(actor).filter(pk=pk).first() if kind in EDITABLES else None


def _until(record: Any) -> datetime:
    until: datetime = record.trashed_at + timedelta(days=TERM_DAYS)
    return until


def _names(keys: set[str]) -> dict[str, str]:
    """Who they are; a colleague's name is no secret to whoever may take back what he threw away."""
    pks = [int(key.removeprefix("user:")) for key in keys if key.startswith("user:")]
    with system_door():
        return {f"user:{user.pk}": str(user) for user in User.objects.filter(pk__in=pks)}

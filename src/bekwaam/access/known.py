"""What the installation keeps about one user, read from the tables themselves: no table can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import models

from bekwaam.access.models import AuditEntry
from bekwaam.access.personal import tags_of
from bekwaam.access.scope import ScopedModel, system_door
from bekwaam.terms.actor import Actor

CHANGES_SHOWN = 20
KEY_LENGTH = 40
"""The length of every field that holds an actor's key."""


@dataclass(frozen=True)
class Kept:
    """How many rows of one table are about a user, through one of its fields.

    Attributes:
        table: as in `access.signin`.
        field: the field that names him.
    """

    table: str
    field: str
    rows: int


def tables() -> list[tuple[type[ScopedModel], str]]:
    """Every table and field that names a user: a link to him, or his key (such as "user:12") in a field so tagged."""
    return [(model, name) for model in apps.get_models() if issubclass(model, ScopedModel) for name in _naming(model)]


def _naming(model: type[ScopedModel]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if field.is_relation:
            names_him = field.related_model._meta.label == settings.AUTH_USER_MODEL
        else:
            is_key = isinstance(field, models.CharField) and field.max_length == KEY_LENGTH
            names_him = is_key and tags_of(model)[field.name] == "seller"
        if names_him:
            yield field.name


def kept_about(actor: Actor) -> list[Kept]:
    """The tables that hold something about whoever asks, and how much."""
    found = []
    with system_door():
        for model, name in tables():
            wanted = actor.user_id if model._meta.get_field(name).is_relation else actor.key
            rows = model.objects.filter(**{name: wanted}).count()
            if rows:
                found.append(Kept(table=model._meta.label_lower, field=name, rows=rows))
    return found


def changes_to(actor: Actor) -> list[AuditEntry]:
    """What was changed in the account of whoever asks, the newest first."""
    with system_door():
        about = AuditEntry.objects.filter(object_type=settings.AUTH_USER_MODEL.lower(), object_id=str(actor.user_id))
        return list(about.order_by("-pk")[:CHANGES_SHOWN])

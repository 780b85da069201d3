"""Change one record, throw it away, take it back: each in one transaction, with its audit entry, and findable as it is.

Two people may have the same record open. Whoever saves says which version he saw; when the record has moved on and
the very field he changes says something else than he saw, nothing is saved and he is shown what stands there now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from bekwaam.access import audit
from bekwaam.access.models import AuditEntry
from bekwaam.access.scope import system_door
from bekwaam.records import finding
from bekwaam.records.models.editable import Editable
from bekwaam.records.models.search import SEARCHED
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused

CUSTOM: Final = "custom."
"""Begins the name of a value that stands in the record's own fields: `custom.floor`."""

Values = Mapping[str, Any]


class Clash(Refused):
    """Someone else changed the field meanwhile.

    Attributes:
        record: as it is now.
        field: the name of the field.
        theirs: what stands in it now.
        roles: of whoever changed it, joined by commas; empty when a file did.
        at: when; None when nobody wrote it down.
    """

    def __init__(self, record: Editable, field: str, *, roles: str, at: datetime | None) -> None:
        super().__init__("edit_clash", field=field)
        self.record, self.field, self.roles, self.at = record, field, roles, at
        self.theirs = value_of(record, field)


@transaction.atomic
def change(actor: Actor, record: Any, values: Values, *, version: int, seen: Values | None = None) -> Any:
    """The record with other values, by field name; a link by the record it points at, or None.

    Args:
        version: the one that the actor saw.
        seen: what the actor saw in the fields; with it a record that moved on elsewhere is no clash.

    Raises:
        PermissionDenied: he may not change this record, or it is gone.
        Clash: a field says something else than he saw.
        Refused: `field_too_long`, `field_not_a_choice`, `field_not_read`.
    """
    with system_door():
        held = _held(actor, record)
        fresh = {name: value for name, value in values.items() if value_of(held, name) != value}
        if held.version != version:
            _refuse_clash(held, fresh, seen)
        return _saved(actor, held, fresh) if fresh else held


def _held(actor: Actor, record: Editable) -> Any:
    """The record as it stands, locked; in the trash nothing is changed."""
    held = _locked(actor, record)
    if held is None or held.trashed_at is not None:
        raise PermissionDenied(f"{record.kind}.write")
    return held


def _locked(actor: Actor, record: Editable) -> Any:
    model, writing = type(record), type(record).writing(actor)
    if writing is None or model.reach(actor) is None:
        raise PermissionDenied(f"{record.kind}.write")
    rows = model._base_manager.filter(model.reach(actor), writing, pk=record.pk)
    return rows.select_for_update(of=("self",)).first()


def _refuse_clash(held: Any, fresh: Values, seen: Values | None) -> None:
    for name in fresh:
        if seen is None or name not in seen or value_of(held, name) != seen[name]:
            roles, at = _last_change(held, name)
            raise Clash(held, name, roles=roles, at=at)


def _last_change(held: Any, name: str) -> tuple[str, datetime | None]:
    """Who changed the field last, by role, and when. A file leaves no entry per record."""
    entries = AuditEntry.objects.filter(object_type=held._meta.label_lower, object_id=str(held.pk))
    found = next((entry for entry in entries.order_by("-pk")[:50] if _column(held, name) in entry.changes), None)
    return (found.roles, found.at) if found else ("", None)


def value_of(record: Any, name: str) -> Any:
    """What stands in a field, the company's own fields included."""
    return record.custom.get(name.removeprefix(CUSTOM)) if name.startswith(CUSTOM) else getattr(record, name)


def _column(record: Any, name: str) -> str:
    return name if name.startswith(CUSTOM) else str(record._meta.get_field(name).attname)


def _stored(record: Any, name: str) -> Any:
    return value_of(record, name) if name.startswith(CUSTOM) else getattr(record, _column(record, name))


def _saved(actor: Actor, held: Any, fresh: Values) -> Any:
    before = {_column(held, name): _stored(held, name) for name in fresh}
    for name, value in fresh.items():
        _set(held, name, value)
    after = {_column(held, name): _stored(held, name) for name in fresh}
    _keep(actor, held, f"{held.kind}.changed", before, after)
    return held


def _set(record: Any, name: str, value: Any) -> None:
    if name.startswith(CUSTOM):
        kept = {code: was for code, was in record.custom.items() if code != name.removeprefix(CUSTOM)}
        record.custom = kept if value in (None, "") else {**kept, name.removeprefix(CUSTOM): value}
    else:
        setattr(record, name, _checked(record, name, value))


def _checked(record: Any, name: str, value: Any) -> Any:
    """The value as the column can hold it."""
    field = record._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        return value
    longest = getattr(field, "max_length", None)
    if longest and len(str(value or "")) > longest:
        raise Refused("field_too_long", longest=longest)
    if field.choices and value not in dict(field.flatchoices):
        raise Refused("field_not_a_choice", value=str(value)[:60])
    try:
        return field.to_python(value)
    except ValidationError as error:
        raise Refused("field_not_read", value=str(value)[:60]) from error


def _keep(actor: Actor, held: Any, action: str, before: Values, after: Values) -> None:
    """Save with a new version, write down who did it, and let search say what the record says."""
    versions = {"version": held.version}, {"version": held.version + 1}
    held.version += 1
    held.touched_at = timezone.now()
    held.save()
    audit.record(actor, action, held, before={**before, **versions[0]}, after={**after, **versions[1]})
    for kind, how in SEARCHED.items():
        if how.model is type(held):
            finding.index(kind, [held])


@transaction.atomic
def to_trash(actor: Actor, record: Any) -> Any:
    """The record, thrown away: out of lists, search and addresses, until someone takes it back or the term is over.

    Raises:
        PermissionDenied: he may not change this record, or it is gone.
    """
    with system_door():
        held = _held(actor, record)
        return _moved(actor, held, "trashed", at=timezone.now(), by=actor.key)


@transaction.atomic
def restore(actor: Actor, record: Any) -> Any:
    """The record, taken out of the trash again.

    Raises:
        PermissionDenied: he may not change this record, or it is gone.
    """
    with system_door():
        held = _locked(actor, record)
        if held is None:
            raise PermissionDenied(f"{record.kind}.write")
        return _moved(actor, held, "restored", at=None, by="") if held.trashed_at else held


def _moved(actor: Actor, held: Any, action: str, *, at: datetime | None, by: str) -> Any:
    before = {"trashed_at": held.trashed_at, "trashed_by": held.trashed_by}
    held.trashed_at, held.trashed_by = at, by
    _keep(actor, held, f"{held.kind}.{action}", before, {"trashed_at": at, "trashed_by": by})
    return held

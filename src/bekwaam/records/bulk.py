"""Change one field of many records in one transaction, and take it back.

What stood there before is kept with the change. An undo puts back every record that is still as the change left it;
one that a person or a file touched since is left alone and named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import models, transaction
from django.utils import timezone

from bekwaam.access import audit
from bekwaam.access.demand import require
from bekwaam.access.scope import system_door
from bekwaam.records import finding
from bekwaam.records.kinds import KINDS
from bekwaam.records.models import BulkChange, Seller, Territory
from bekwaam.records.models.party import MarketType
from bekwaam.records.models.search import SEARCHED
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused

MOST: Final = 10_000
"""So many records in one change: each has its audit entry, and the whole must be done before someone tires."""
CHUNK: Final = 500


@dataclass(frozen=True)
class Changed:
    """A field that may be changed in many records: the table it points at, or what may stand in it."""

    points_at: type[models.Model] | None = None
    allowed: frozenset[str] | None = None


FIELDS: Final[dict[str, dict[str, Changed]]] = {
    "customers": {
        "seller": Changed(points_at=Seller),
        "territory": Changed(points_at=Territory),
        "segment": Changed(),
        "customer_group": Changed(),
        "market_type": Changed(allowed=frozenset(MarketType.values)),
    },
    "products": {"product_group": Changed()},
}


@transaction.atomic
def change_many(actor: Actor, kind: str, keys: Iterable[str], *, field: str, value: str) -> BulkChange | None:
    """Set a field of many records; a link by the code of what it points at, empty to clear it. None when all had it.

    Raises:
        PermissionDenied: he may not change customers.
        Refused: `bulk_not_yours`, `bulk_too_many`, `bulk_value_unknown`.
    """
    require(actor, "customers.write")
    stored, label = _stored(kind, field, value)
    wanted = set(keys)
    if len(wanted) > MOST:
        raise Refused("bulk_too_many", count=len(wanted), highest=MOST)
    with system_door():
        records = _records(actor, kind, wanted)
        before = [record for record in records if getattr(record, _column(kind, field)) != stored]
        return _change(actor, kind, before, field=field, stored=stored, words=(value, label)) if before else None


def _stored(kind: str, field: str, value: str) -> tuple[Any, str]:
    """What the column gets, and how it is called on the screen."""
    how = FIELDS[kind][field]
    if how.points_at is not None:
        with system_door():
            found = how.points_at._base_manager.filter(code=value).first() if value else None
        if value and found is None:
            raise Refused("bulk_value_unknown", value=value)
        return (found.pk if found else None), str(found or "")
    if how.allowed is not None and value not in how.allowed:
        raise Refused("bulk_value_unknown", value=value)
    longest = KINDS[kind].model._meta.get_field(field).max_length or 200
    if len(value) > longest:
        raise Refused("bulk_value_unknown", value=value[:40])
    return value, value


def _column(kind: str, field: str) -> str:
    return str(KINDS[kind].model._meta.get_field(field).attname)


def _records(actor: Actor, kind: str, keys: set[str]) -> list[Any]:
    """The records, locked; every one must be the actor's to change."""
    how = KINDS[kind]
    allowed = how.model.writing(actor)  # type: ignore[attr-defined]  every kind of FIELDS is Editable
    found: list[Any] = []
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        some = how.model.scoped(actor).filter(**{f"{how.key}__in": ordered[start : start + CHUNK]})
        found += some.filter(allowed).select_for_update(of=("self",)) if allowed is not None else []
    if len(found) < len(keys):
        raise Refused("bulk_not_yours", count=len(keys) - len(found))
    return found


def _change(
    actor: Actor, kind: str, records: list[Any], *, field: str, stored: Any, words: tuple[str, str]
) -> BulkChange:
    column, now = _column(kind, field), timezone.now()
    change = BulkChange.objects.create(
        kind=kind,
        field=field,
        value=words[0],
        label=words[1][:300],
        count=len(records),
        before={str(one.pk): [getattr(one, column), _moment(one.touched_at)] for one in records},
        made_by=actor.key,
        made_at=now,
    )
    entries = [(one, {column: getattr(one, column)}, {column: stored}) for one in records]
    for one in records:
        setattr(one, column, stored)
        one.touched_at = now
        one.version += 1
    _save(kind, records, field)
    audit.record_many(actor, f"{kind}.bulk", entries)
    return change


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _save(kind: str, records: list[Any], field: str) -> None:
    how = KINDS[kind]
    how.model._base_manager.bulk_update(records, [field, "touched_at", "version"], batch_size=CHUNK)
    if field in SEARCHED[kind].also:
        finding.index(kind, records)


@transaction.atomic
def take_back(actor: Actor, change: BulkChange) -> list[str]:
    """Undo a change; the names of the records that were touched since, which stay as they are.

    Raises:
        Refused: `bulk_undone_already`.
    """
    require(actor, "customers.write")
    with system_door():
        held = BulkChange.objects.select_for_update().get(pk=change.pk)
        if held.undone_at is not None:
            raise Refused("bulk_undone_already")
        records, gone = _changed_by(held)
        restored, kept = _put_back(actor, held, records)
        held.kept = sorted(kept) + gone
        held.undone_at, held.undone_by = timezone.now(), actor.key
        held.save()
    change.undone_at, change.kept, change.count = held.undone_at, held.kept, len(restored)
    return list(held.kept)


def _changed_by(change: BulkChange) -> tuple[list[Any], list[str]]:
    """The records of the change that still are, and the numbers of those that are gone."""
    wanted = sorted(int(pk) for pk in change.before)
    found: list[Any] = []
    for start in range(0, len(wanted), CHUNK):
        some = KINDS[change.kind].model._base_manager.filter(pk__in=wanted[start : start + CHUNK])
        found += some.select_for_update()
    return found, [f"#{pk}" for pk in sorted(set(wanted) - {one.pk for one in found})]


def _put_back(actor: Actor, change: BulkChange, records: list[Any]) -> tuple[list[Any], list[str]]:
    column = _column(change.kind, change.field)
    stored, _label = _stored_now(change)
    restored, kept, entries = [], [], []
    for one in records:
        if one.touched_at != change.made_at or getattr(one, column) != stored:
            kept.append(str(one))
            continue
        was, touched_at = change.before[str(one.pk)]
        if not _can_stand(change, was):
            kept.append(str(one))
            continue
        entries.append((one, {column: stored}, {column: was}))
        setattr(one, column, was)
        one.touched_at = datetime.fromisoformat(touched_at) if touched_at else None
        one.version += 1
        restored.append(one)
    _save(change.kind, restored, change.field)
    audit.record_many(actor, f"{change.kind}.bulk_undone", entries)
    return restored, kept


def _stored_now(change: BulkChange) -> tuple[Any, str]:
    """What the change had set; a link whose goal is gone is set nowhere any more."""
    try:
        return _stored(change.kind, change.field, change.value)
    except Refused:
        return object(), ""


def _can_stand(change: BulkChange, was: Any) -> bool:
    """Whether what stood there can stand there again: a seller may be gone."""
    goal = FIELDS[change.kind][change.field].points_at
    return goal is None or was is None or goal._base_manager.filter(pk=was).exists()

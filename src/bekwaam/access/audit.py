"""The audit log: who changed what, and what it was before.

Actions write it, in the transaction of the change itself. Values that say something about a person are kept as
hashes under that person's own key: whoever has the value can check it, nobody can read it, and when the key is
destroyed at erasure nothing can be matched any more while the chain stays whole.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection, models, transaction
from django.utils import timezone

from bekwaam.access.models import AuditEntry, PersonKey
from bekwaam.access.personal import is_personal
from bekwaam.access.request_id import current_request_id
from bekwaam.access.scope import system_door
from bekwaam.terms.actor import Actor

START: Final = "0" * 64
SECRET_FIELDS: Final = frozenset({"password", "session_seal", "token_hash", "key"})
_ADVISORY_LOCK: Final = 4_201_776
_MANY: Final = 500


def snapshot(record: models.Model) -> dict[str, Any]:
    """The values of a record, secrets left out: what `record_change` compares."""
    names = [field.attname for field in record._meta.concrete_fields if field.attname not in SECRET_FIELDS]
    return {name: getattr(record, name) for name in names}


def record(
    actor: Actor,
    action: str,
    subject: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    *,
    open_fields: Iterable[str] = (),
) -> AuditEntry:
    """Add one entry, for what differs between `before` and `after`.

    Args:
        subject: the record that was changed; it must have its key.
        open_fields: names that are no fields of the record and whose values say nothing about a person.
    """
    with transaction.atomic(), system_door():
        _wait_for_the_end_of_the_chain()
        entry = AuditEntry(
            who=actor.key,
            roles=",".join(sorted(actor.roles)),
            at=timezone.now(),
            action=action,
            object_type=subject._meta.label_lower,
            object_id=str(subject.pk),
            changes=_changes(subject, before or {}, after or {}, frozenset(open_fields)),
            request_id=current_request_id(),
            previous=_last_fingerprint(),
        )
        entry.fingerprint = fingerprint(entry)
        entry.save(force_insert=True)
    return entry


def record_many(
    actor: Actor, action: str, changes: Iterable[tuple[models.Model, Mapping[str, Any], Mapping[str, Any]]]
) -> None:
    """Add an entry for each of many records of one table: record, before, after. Few questions, however many.

    `record` asks three questions per entry; for 10,000 customers that is a minute with the database locked.
    """
    with transaction.atomic(), system_door():
        _wait_for_the_end_of_the_chain()
        many = list(changes)
        keys = _person_keys([subject for subject, _before, _after in many])
        at, previous, entries = timezone.now(), _last_fingerprint(), []
        for subject, before, after in many:
            entry = AuditEntry(
                who=actor.key,
                roles=",".join(sorted(actor.roles)),
                at=at,
                action=action,
                object_type=subject._meta.label_lower,
                object_id=str(subject.pk),
                changes=_changes(subject, before, after, frozenset(), keys=keys),
                request_id=current_request_id(),
                previous=previous,
            )
            entry.fingerprint = previous = fingerprint(entry)
            entries.append(entry)
        AuditEntry.objects.bulk_create(entries, batch_size=_MANY)


def _person_keys(subjects: list[models.Model]) -> dict[str, bytes]:
    """The key of each record's person; those that are missing are made, those that were destroyed are left out."""
    wanted = [person_of(subject) for subject in subjects]
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        fresh = [PersonKey(person=person, key=secrets.token_bytes(32)) for person in some]
        PersonKey.objects.bulk_create(fresh, ignore_conflicts=True)
    known: dict[str, bytes] = {}
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        kept = PersonKey.objects.filter(person__in=some, destroyed_at__isnull=True)
        known |= {person: bytes(key) for person, key in kept.values_list("person", "key")}
    return known


def _wait_for_the_end_of_the_chain() -> None:
    """Two entries must not follow the same one. SQLite holds its write lock already, from the start of the action."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])


def _last_fingerprint() -> str:
    return AuditEntry.objects.order_by("-pk").values_list("fingerprint", flat=True).first() or START


def _changes(
    subject: models.Model,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    open_fields: frozenset[str],
    *,
    keys: Mapping[str, bytes] | None = None,
) -> dict[str, dict[str, Any]]:
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    changes = {}
    for name in names:
        hidden = name not in open_fields and _tells_about_a_person(subject, name)
        keep = _hashed(subject, name, keys) if hidden else _plain
        changes[name] = {"before": keep(before.get(name)), "after": keep(after.get(name))}
    return changes


def _tells_about_a_person(subject: models.Model, name: str) -> bool:
    by_column = {field.attname: field.name for field in subject._meta.concrete_fields}
    field = by_column.get(name, name)
    return field != subject._meta.pk.name and is_personal(type(subject), field)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(str(item) for item in value)
    return str(value)


def _hashed(subject: models.Model, name: str, keys: Mapping[str, bytes] | None) -> Any:
    person = person_of(subject)
    key = person_key(person) if keys is None or person not in keys else keys[person]

    def hashed(value: Any) -> str | None:
        if value is None or value == "":
            return value
        return hashed_value(key, name, value)

    return hashed


def hashed_value(key: bytes, field: str, value: Any) -> str:
    """The value of a field as the log keeps it; needs the person's key."""
    text = f"{field}\0{json.dumps(_plain(value), ensure_ascii=False)}"
    return "h:" + hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]


def person_of(subject: models.Model) -> str:
    """The name under which the key of a record's person is kept."""
    return f"{subject._meta.label_lower}:{subject.pk}"


def person_key(person: str) -> bytes:
    """The person's key, made when needed. Of an erased person it is a fresh one each time, so nothing matches."""
    fresh = secrets.token_bytes(32)
    with system_door():
        kept, _made = PersonKey.objects.get_or_create(person=person, defaults={"key": fresh})
    return bytes(kept.key) if kept.destroyed_at is None else fresh


def forget(person: str) -> None:
    """Destroy a person's key: the chain stays whole, and what it says about him can no longer be matched."""
    with transaction.atomic(), system_door():
        PersonKey.objects.update_or_create(person=person, defaults={"key": b"", "destroyed_at": timezone.now()})


def fingerprint(entry: AuditEntry) -> str:
    """The hash over an entry and the fingerprint of the one before it."""
    at: datetime = entry.at.astimezone(UTC)
    parts = [
        entry.previous,
        entry.who,
        entry.roles,
        at.isoformat(timespec="microseconds"),
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.changes,
        entry.request_id,
    ]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_fault() -> int | None:
    """The first entry that was altered or does not follow the one before it; None when all is well."""
    expected = START
    with system_door():
        for entry in AuditEntry.objects.order_by("pk").iterator():
            if entry.previous != expected or entry.fingerprint != fingerprint(entry):
                return int(entry.pk)
            expected = entry.fingerprint
    return None

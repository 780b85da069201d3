"""Known records that a file brings up to date, and the way back when that import is undone.

Beside the batch stands, per record, what each field was and became. An undo puts back what is still as the file
made it; a record that a person changed since is left alone and named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from bekwaam.records import teams
from bekwaam.records.finding import index
from bekwaam.records.kinds import CHUNK, KINDS
from bekwaam.records.models import Batch, Customised, Editable, Seller, Territory

CUSTOM = "custom."
Rows = list[dict[str, Any]]
Changes = dict[str, dict[str, list[Any]]]


@dataclass(frozen=True)
class Updated:
    """What may be brought up to date: plain fields, and links (column of the file → field and table)."""

    plain: tuple[str, ...]
    links: Mapping[str, tuple[str, type[models.Model]]]


FIELDS: dict[str, Updated] = {
    "customers": Updated(
        ("name", "city", "country", "segment", "customer_group", "market_type"),
        {"seller_code": ("seller", Seller), "territory_code": ("territory", Territory)},
    ),
    "products": Updated(("description", "product_group", "unit"), {}),
    "sellers": Updated(("name",), {"territory_code": ("territory", Territory)}),
}


def bring_up_to_date(batch: Batch, kind: str, rows: Rows) -> int:
    """Lay the rows of a file over the known records; an empty cell changes nothing. How many known ones changed.

    The records that the batch itself made take their links here too. What was and what became stands in
    `batch.report["updated"]`: key → field → [was, became]; a key without changes says that the file has it.
    """
    how, by_key = FIELDS[kind], {row[KINDS[kind].key]: row for row in rows}
    links = {column: (field, _by_code(model)) for column, (field, model) in how.links.items()}
    changes: Changes = {}
    changed = []
    for record in _records(kind, by_key):
        key = getattr(record, KINDS[kind].key)
        found = _lay_over(record, by_key[key], how.plain, links)
        changed += [record] if found else []
        if record.created_by_id != batch.pk:
            changes[key] = found
    _save(kind, changed)
    memberships = teams.assign(rows) if kind == "sellers" else {}
    batch.report = {**batch.report, "updated": changes, "memberships": memberships}
    batch.save(update_fields=["report"])
    return sum(bool(found) for found in changes.values())


def _records(kind: str, wanted: Iterable[str]) -> list[models.Model]:
    how, keys_wanted = KINDS[kind], set(wanted)
    links = [field for field, _ in FIELDS[kind].links.values()]
    everyone = how.model.objects.select_related(*links) if links else how.model.objects.all()
    return [record for record in everyone if getattr(record, how.key) in keys_wanted]


def _by_code(model: type[models.Model]) -> dict[str, Any]:
    return {record.code: record for record in model.objects.all()}


def _lay_over(
    record: models.Model, row: Mapping[str, Any], plain: Iterable[str], links: Mapping[str, tuple[str, dict[str, Any]]]
) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for field in plain:
        became = row.get(field)
        if became and became != getattr(record, field):
            found[field] = [getattr(record, field), became]
            setattr(record, field, became)
    for column, (field, known) in links.items():
        became, was = row.get(column), getattr(record, field)
        if became and (was is None or was.code != became):
            found[field] = ["" if was is None else was.code, became]
            setattr(record, field, known[became])
    return found | _lay_over_own(record, row.get("custom") or {})


def _lay_over_own(record: models.Model, row: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The company's own fields; their names begin with `custom.`, as editing has them."""
    if not row:
        return {}
    was = record.custom
    record.custom = {**was, **row}
    return {f"{CUSTOM}{code}": [was.get(code), value] for code, value in row.items() if was.get(code) != value}


def _save(kind: str, records: list[models.Model]) -> None:
    how = FIELDS[kind]
    fields = [*how.plain, *(field for field, _ in how.links.values())]
    if issubclass(KINDS[kind].model, Editable):
        fields += ["version", *(["custom"] if issubclass(KINDS[kind].model, Customised) else [])]
        for record in records:
            record.version += 1
    KINDS[kind].model.objects.bulk_update(records, fields, batch_size=CHUNK)
    if KINDS[kind].is_searched:
        index(kind, records)


def put_back(batch: Batch) -> list[str]:
    """Undo what the batch changed in known records; the names of those that a person changed since, which stay."""
    changes: Changes = {key: found for key, found in batch.report.get("updated", {}).items() if found}
    teams.put_back(batch.report.get("memberships", {}))
    if not changes:
        return []
    known = {field: _by_code(model) for field, model in FIELDS[batch.kind].links.values()}
    touched, restored = [], []
    for record in _records(batch.kind, changes):
        touched_at = record.touched_at
        if touched_at is not None and touched_at > batch.made_at:
            touched.append(str(record))
            continue
        _restore(record, changes[getattr(record, KINDS[batch.kind].key)], known)
        restored.append(record)
    _save(batch.kind, restored)
    return touched


def _restore(record: models.Model, found: dict[str, list[Any]], known: Mapping[str, dict[str, Any]]) -> None:
    """Fields that a later file changed once more keep what that file said."""
    for field, (was, became) in found.items():
        if field.startswith(CUSTOM):
            _restore_own(record, field.removeprefix(CUSTOM), was, became)
            continue
        now = getattr(record, field)
        if field in known:
            if now is not None and now.code == became:
                setattr(record, field, known[field].get(was))
        elif now == became:
            setattr(record, field, was)


def _restore_own(record: models.Model, code: str, was: Any, became: Any) -> None:
    if record.custom.get(code) == became:
        rest = {name: value for name, value in record.custom.items() if name != code}
        record.custom = rest if was is None else {**rest, code: was}


def spoken_of(apart_from: Batch) -> dict[str, set[str]]:
    """The keys that other files of customers, products and sellers have and did not make themselves, per kind."""
    found: dict[str, set[str]] = {}
    others = Batch.objects.filter(kind__in=FIELDS, state=Batch.State.DONE).exclude(pk=apart_from.pk)
    for batch in others:
        found.setdefault(batch.kind, set()).update(batch.report.get("updated", {}))
    return found

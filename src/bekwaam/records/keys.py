"""Records for the keys that an import brings: made when unknown, taken back when the import is undone.

A file knows its customers, products and sellers by key. Each unknown key becomes a record at once, so that
every figure has a name to open. What nobody has touched since can be taken back with the import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from bekwaam.records import opportunity_files, updates
from bekwaam.records.finding import index
from bekwaam.records.kinds import CHUNK, KINDS, KeyKind
from bekwaam.records.models import (
    Batch,
    Customer,
    Editable,
    Membership,
    Note,
    Opportunity,
    OpportunitySeller,
    SearchEntry,
    Seller,
    StoredFile,
    Task,
)


@dataclass(frozen=True)
class TakenBack:
    """What an undo did to the records that the import had made."""

    removed: dict[str, int] = field(default_factory=dict)
    touched: dict[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def make_known(
    batch: Batch, found: Mapping[str, Iterable[Mapping[str, Any]]], *, fill_names: bool = True
) -> dict[str, int]:
    """Make a record for each unknown key; fill an empty name where the file has one. How many were made, per kind.

    `found` maps a kind of `KINDS` to rows with the key and whatever fields the file gives. With `fill_names` off
    known records are left to `updates`, which can put them back.
    """
    return {kind: _make(batch, kind, list(rows), fill_names=fill_names) for kind, rows in found.items()}


def _make(batch: Batch, kind: str, rows: list[Mapping[str, Any]], *, fill_names: bool) -> int:
    how = KINDS[kind]
    known = set(how.model.objects.values_list(how.key, flat=True))
    fresh = [how.model(created_by=batch, **row) for row in rows if row[how.key] not in known]
    how.model.objects.bulk_create(fresh, batch_size=CHUNK)
    renamed = _fill_names(how, [row for row in rows if row[how.key] in known]) if fill_names else []
    if how.is_searched:
        index(kind, [*fresh, *renamed])
    return len(fresh)


def _fill_names(how: KeyKind, rows: list[Mapping[str, Any]]) -> list[models.Model]:
    names = {row[how.key]: row[how.name] for row in rows if row.get(how.name)}
    if not names:
        return []
    nameless = [row for row in how.model.objects.filter(**{how.name: ""}) if getattr(row, how.key) in names]
    for record in nameless:
        setattr(record, how.name, names[getattr(record, how.key)])
        if isinstance(record, Editable):
            record.version += 1
    versioned = ["version"] if issubclass(how.model, Editable) else []
    how.model.objects.bulk_update(nameless, [how.name, *versioned], batch_size=CHUNK)
    return nameless


@transaction.atomic
def take_back(batch: Batch, still_used: Mapping[str, set[str]]) -> TakenBack:
    """Remove what the import made and put back what it changed; what someone touched since stays and is named.

    What other imports need stays as well: keys in the facts that remain (`still_used`, kind → keys), keys that
    another file of customers, products or sellers has, and whatever a remaining record points at. When the last
    import that needs a record is undone, it goes too, although an earlier one had made it.
    """
    gone, kept = opportunity_files.take_back(batch)
    touched = {kind: names for kind, names in [(batch.kind, updates.put_back(batch) + kept)] if names}
    spoken_of = updates.spoken_of(batch)
    removed = {"opportunities": gone}
    for kind, how in KINDS.items():
        made = how.model.objects.filter(created_by=batch)
        named = [str(record) for record in made.filter(touched_at__isnull=False)]
        if named:
            touched[kind] = sorted({*touched.get(kind, []), *named})
        needed = still_used.get(kind, set()) | spoken_of.get(kind, set()) | _pointed_at(kind)
        orphans = how.model.objects.filter(Q(created_by=batch) | Q(created_by__state=Batch.State.UNDONE))
        untouched = orphans.filter(touched_at__isnull=True).values_list(how.key, flat=True)
        removed[kind] = _remove(kind, [key for key in untouched if key not in needed])
    return TakenBack(removed={kind: count for kind, count in removed.items() if count}, touched=touched)


def _pointed_at(kind: str) -> set[str]:
    """The keys of the records of a kind that another record points at, or that someone keeps a file with."""
    pointing: dict[str, list[tuple[type[models.Model], str]]] = {
        "customers": [(table, "customer__number") for table in (Opportunity, Note, Task)],
        "products": [(Note, "product__code")],
        "sellers": [(Customer, "seller__code"), (OpportunitySeller, "seller__code")],
        "territories": [(Customer, "territory__code"), (Seller, "territory__code")],
        "teams": [(Membership, "team__code")],
    }
    found = {
        code
        for model, path in pointing.get(kind, [])
        for code in model.objects.exclude(**{f"{path.split('__')[0]}__isnull": True}).values_list(path, flat=True)
    }
    found |= set(StoredFile.objects.filter(about_kind=kind).values_list("about_key", flat=True))
    if kind == "sellers":
        found |= set(Seller.objects.filter(user__isnull=False).values_list("code", flat=True))
    return found


def _remove(kind: str, keys: list[str]) -> int:
    how = KINDS[kind]
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        how.model.objects.filter(**{f"{how.key}__in": some}).delete()
        SearchEntry.objects.filter(object_type=kind, object_key__in=some).delete()
    return len(keys)

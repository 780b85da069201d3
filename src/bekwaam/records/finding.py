"""Making records findable: an entry per record, with its words as `searching` compares them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from bekwaam.access.scope import system_door
from bekwaam.records.models import SearchEntry
from bekwaam.records.models.search import SEARCHED
from bekwaam.records.searching import index as searching
from bekwaam.records.searching.question import kind_token
from bekwaam.records.searching.words import plain, squeezed, tokens

CHUNK = 2_000
"""Entries written in one statement."""

LOOKED_AT = 500
"""Entries that `strayed` works out anew."""

_FIELDS = ["code", "name", "words", "tokens"]


def index(kind: str, records: Iterable[models.Model]) -> None:
    """Make records findable by key, name and what else their kind is searched by; call it where they are written.

    Those in the trash are found no more.
    """
    waiting = iter(records)
    while some := list(islice(waiting, CHUNK)):
        forget(kind, [getattr(record, SEARCHED[kind].key) for record in some if _is_trashed(record)])
        entries = [entry_of(kind, record) for record in some if not _is_trashed(record)]
        with system_door():
            SearchEntry.objects.bulk_create(
                entries, update_conflicts=True, unique_fields=["object_type", "object_key"], update_fields=_FIELDS
            )


def _is_trashed(record: Any) -> bool:
    return getattr(record, "trashed_at", None) is not None


def entry_of(kind: str, record: Any) -> SearchEntry:
    """The entry that a record ought to have; what stands in the company's own fields is found too."""
    how = SEARCHED[kind]
    key, also = getattr(record, how.key), [getattr(record, field) for field in how.also]
    also += [value for value in getattr(record, "custom", {}).values() if isinstance(value, str)]
    fields = fields_of(kind, key, getattr(record, how.name), also)
    return SearchEntry(object_type=kind, object_key=key, **fields)


def fields_of(kind: str, key: str, name: str, also: Iterable[str]) -> dict[str, str]:
    """What an entry says of a record with this key and name and these further words."""
    text = " ".join(part for part in (key, name, *also) if part)
    found = [kind_token(kind), squeezed(key), *tokens(text)]
    return {
        "code": squeezed(key)[:60],
        "name": " ".join(plain(name).split())[:300],
        "words": plain(text)[:600],
        "tokens": " ".join(dict.fromkeys(token for token in found if token)),
    }


def forget(kind: str, keys: Iterable[str]) -> None:
    """Let records no longer be found; call it where they are removed."""
    gone = list(keys)
    with system_door():
        for start in range(0, len(gone), CHUNK):
            SearchEntry.objects.filter(object_type=kind, object_key__in=gone[start : start + CHUNK]).delete()


@transaction.atomic
def rebuild() -> int:
    """Make the index and every entry anew, from the records as they are; how many entries there are."""
    with system_door():
        searching.drop(connection)
        SearchEntry.objects.all().delete()
        for kind, how in SEARCHED.items():
            index(kind, how.model.objects.iterator(chunk_size=CHUNK))
        searching.create(connection)
        return SearchEntry.objects.count()


def strayed() -> int:
    """How many records have no entry, entries no record, and of the newest entries how many say something else."""
    with system_door():
        return sum(_strayed(kind) for kind in SEARCHED)


def _strayed(kind: str) -> int:
    how, entries = SEARCHED[kind], SearchEntry.objects.filter(object_type=kind)
    findable = how.model.objects.filter(trashed_at__isnull=True)
    nameless = findable.exclude(**{f"{how.key}__in": entries.values("object_key")}).count()
    orphans = entries.exclude(object_key__in=findable.values(how.key)).count()
    newest = {entry.object_key: entry for entry in entries.order_by("-pk")[:LOOKED_AT]}
    records = how.model.objects.filter(**{f"{how.key}__in": list(newest)})
    stale = sum(_says_otherwise(newest[getattr(record, how.key)], entry_of(kind, record)) for record in records)
    return nameless + orphans + stale


def _says_otherwise(one: SearchEntry, other: SearchEntry) -> bool:
    return any(getattr(one, field) != getattr(other, field) for field in _FIELDS)

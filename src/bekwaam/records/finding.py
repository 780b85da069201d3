"""Making records findable: their words in lower case without accents, kept beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from django.db import models

from bekwaam.records.kinds import CHUNK, KINDS
from bekwaam.records.models import SearchEntry


def index(kind: str, records: Iterable[models.Model]) -> None:
    """Make records findable by key and name."""
    how = KINDS[kind]
    entries = [
        SearchEntry(object_type=kind, object_key=key, label=str(record)[:300], words=plain(f"{key} {name}")[:400])
        for record in records
        for key, name in [(getattr(record, how.key), getattr(record, how.name))]
    ]
    SearchEntry.objects.bulk_create(
        entries,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["object_type", "object_key"],
        update_fields=["label", "words"],
    )


def plain(text: str) -> str:
    """Lower case without accents: what is typed and what is found are compared like this.

    >>> plain("Coöperatie Zuivel")
    'cooperatie zuivel'
    """
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))

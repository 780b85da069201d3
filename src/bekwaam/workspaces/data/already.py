"""The very same file again: known by the fingerprint of its bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

from bekwaam.facts.ledger import LedgerEntry
from bekwaam.facts.store import Store
from bekwaam.records.models import Batch
from bekwaam.workspaces.data.outcome import Outcome


def fingerprint(path: Path) -> str:
    """The SHA-256 of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def already_in(name: str, kind: str, sha256: str) -> Outcome | None:
    """The outcome of the first time, when this very file was read in before and not undone since.

    Undo of another file takes along lines that both had: they came in with that one. And a later file may have
    replaced lines of this one. Then only a comparison tells whether everything of this file still stands.
    """
    store = Store(settings.BEKWAAM_HOME.facts)
    entry = store.find_file(sha256, kind)
    if entry is None or _has_something_gone_since(store, entry):
        return None
    batch = Batch.objects.filter(batch_id=entry.batch_id).first()
    if batch is None:
        return None
    return Outcome(
        file=name,
        kind=kind,
        batch=batch.batch_id,
        already_in=True,
        rows_read=batch.rows_read,
        revenue=batch.revenue or Outcome.revenue,
        quantity=batch.quantity or Outcome.quantity,
        customers=batch.customers,
        first_date=batch.first_date,
        last_date=batch.last_date,
        facts_version=store.version,
        report=batch.report.get("report", {}),
    )


def _has_something_gone_since(store: Store, entry: LedgerEntry) -> bool:
    came_in = entry.facts_version or 0
    return any(
        (other.undone_in or 0) > came_in or ("retracted" in other.steps and (other.facts_version or 0) > came_in)
        for other in store.batches()
    )

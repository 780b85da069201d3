"""Batches that a crash left pending: finished when the facts have their lines, taken back when they do not."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bekwaam.facts.read import Facts
from bekwaam.facts.store import Store
from bekwaam.records import keys
from bekwaam.records.models import Batch
from bekwaam.terms.actor import SYSTEM
from bekwaam.workspaces.data import recorded


def settle_pending(store: Store) -> list[str]:
    """Settle every pending batch and name them. Call it inside `store.writing()`: then no living import is pending."""
    settled = []
    for batch in Batch.objects.filter(state=Batch.State.PENDING):
        entry = store.entry_of(batch.batch_id)
        if entry is not None and entry.state == "committed":
            _finish(batch, entry.facts_version)
        else:
            _drop(batch, keys_in_use(store.version))
        settled.append(batch.batch_id)
    return [*settled, *_settle_undone(store)]


@transaction.atomic
def _finish(batch: Batch, version: int | None) -> None:
    batch.state = Batch.State.DONE
    batch.facts_version = version
    batch.save(update_fields=["state", "facts_version"])
    recorded.went_in(batch, version)


@transaction.atomic
def _drop(batch: Batch, in_use: dict[str, set[str]]) -> None:
    """Take back a batch that never came in, with the file of its refused rows."""
    keys.take_back(batch, in_use)
    if batch.refused_file:
        (settings.BEKWAAM_HOME.refused / Path(batch.refused_file).name).unlink(missing_ok=True)
    batch.delete()


def _settle_undone(store: Store) -> list[str]:
    """Batches that the facts have undone while a crash kept the records from following."""
    undone = {entry.batch_id for entry in store.batches() if entry.undone_in is not None}
    behind = [batch for batch in Batch.objects.filter(state=Batch.State.DONE) if batch.batch_id in undone]
    for batch in behind:
        with transaction.atomic():
            keys.take_back(batch, keys_in_use(store.version))
            batch.state = Batch.State.UNDONE
            batch.undone_at = timezone.now()
            batch.save(update_fields=["state", "undone_at"])
            recorded.was_undone(batch, SYSTEM)  # who asked died with his process; his job or his terminal knows
    return [batch.batch_id for batch in behind]


def keys_in_use(version: int) -> dict[str, set[str]]:
    """The keys that occur in the current order lines, per kind of record."""
    found: dict[str, set[str]] = {"customers": set(), "products": set(), "sellers": set(), "territories": set()}
    if not version:
        return found
    facts = Facts(settings.BEKWAAM_HOME.facts, version)
    for row in facts.ask("keys", SYSTEM).dicts():
        found[row["kind"]].add(row["key"])
    return found

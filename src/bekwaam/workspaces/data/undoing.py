"""Undo of an import: its lines, and the records that it made and nobody touched since."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from bekwaam.records import keys
from bekwaam.records.models import Batch
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused
from bekwaam.workspaces.data import recorded
from bekwaam.workspaces.data.settling import keys_in_use
from bekwaam.workspaces.data.sharing import shared_by_later
from bekwaam.workspaces.data.storing import outside_failures, writing


def undo(batch_id: str, *, actor: Actor) -> dict[str, Any]:
    """Undo one import. Lines that it had replaced stand again; what stays and why is in the answer.

    Raises:
        Refused: there is no such batch, or it was undone before.
        Failed: the disk is full, the database cannot be used, or another import holds the lock too long.
    """
    with outside_failures(), writing() as (_store, writer):
        batch = Batch.objects.filter(batch_id=batch_id).first()
        if batch is None or batch.state == Batch.State.UNDONE:
            raise Refused("batch_undone" if batch else "batch_unknown", batch=batch_id)
        version = writer.undo(batch_id)
        return _taken_back(batch, version, actor)


@transaction.atomic
def _taken_back(batch: Batch, version: int, actor: Actor) -> dict[str, Any]:
    taken = keys.take_back(batch, keys_in_use(version))
    batch.state = Batch.State.UNDONE
    batch.undone_at = timezone.now()
    batch.report = {**batch.report, "undone_by": actor.key, "undo": asdict(taken)}
    batch.save(update_fields=["state", "undone_at", "report"])
    recorded.was_undone(batch, actor)
    return {
        "batch": batch.batch_id,
        "facts_version": version,
        "lines": batch.rows_imported,
        "revenue": str(batch.revenue) if batch.revenue is not None else None,
        "shared_by": shared_by_later(batch),
        **asdict(taken),
    }

"""The audit entries of imports: one for each that went in and one for each undo, by page and command line alike.

They are written where the change is closed, not where it is asked for: a click may be doubled, a job may fail.
"""

from __future__ import annotations

from dataclasses import replace

from bekwaam.access import audit
from bekwaam.records.models import Batch
from bekwaam.terms.actor import SYSTEM, Actor


def went_in(batch: Batch, version: int | None) -> None:
    """Write down that a batch went in, in the name of who made it. Call it in the transaction that marks it done."""
    brought = {
        "state": Batch.State.DONE,
        "rows_imported": batch.rows_imported,
        "rows_refused": batch.rows_refused,
        "facts_version": version,
    }
    audit.record(
        replace(SYSTEM, key=batch.made_by), "imports.made", batch, before={"state": Batch.State.PENDING}, after=brought
    )


def was_undone(batch: Batch, actor: Actor) -> None:
    """Write down that a batch was undone. Call it in the transaction that marks it so."""
    audit.record(
        actor, "imports.undone", batch, before={"state": Batch.State.DONE}, after={"state": Batch.State.UNDONE}
    )

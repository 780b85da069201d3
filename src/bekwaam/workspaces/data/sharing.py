"""Lines that a later file had as well: they were in already, so they go with the file that brought them in."""

from __future__ import annotations

import polars as pl

from bekwaam.intake.line_pairs import LINE_ID
from bekwaam.intake.overlap import Overlap
from bekwaam.records.models import Batch


def brought_by(overlap: Overlap | None, taken_away: pl.Series) -> list[str]:
    """The batches that brought in the lines that a file found equal and left where they are."""
    if overlap is None:
        return []
    left = overlap.equal.filter(~pl.col(LINE_ID).is_in(taken_away.implode()))[LINE_ID]
    return sorted(overlap.on_hand.filter(pl.col(LINE_ID).is_in(left.implode()))["batch_id"].unique())


def shared_by_later(batch: Batch) -> list[dict[str, str]]:
    """The imports that still count and left lines to this one: `batch, file`, oldest first."""
    later = Batch.objects.filter(kind=batch.kind, state=Batch.State.DONE, pk__gt=batch.pk).order_by("pk")
    return [
        {"batch": other.batch_id, "file": other.file_name}
        for other in later
        if batch.batch_id in other.report.get("left_to", [])
    ]

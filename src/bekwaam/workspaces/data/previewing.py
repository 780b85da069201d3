"""The preview of an offered file: what it is, what can go in, what cannot and why. Nothing of it is stored as facts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings

from bekwaam.intake.raw_table import RawTable, cell_text
from bekwaam.records.models import Upload
from bekwaam.workspaces.data import import_opportunities, import_parties, import_sales
from bekwaam.workspaces.data.already import already_in, fingerprint
from bekwaam.workspaces.data.cost_columns import cost_columns
from bekwaam.workspaces.data.importing import offer
from bekwaam.workspaces.data.offered import Offered
from bekwaam.workspaces.data.outcome import Options, Outcome, as_json

Progress = Callable[[str, int, int], None]
SAMPLE_ROWS = 12


def preview(upload_id: int, progress: Progress) -> dict[str, Any]:
    """Look at an offered file and keep what was found with the upload.

    Raises:
        Refused: the file cannot be read at all; the upload is marked so by whoever runs the job.
    """
    upload = Upload.objects.get(pk=upload_id)
    if upload.state == Upload.State.DONE:
        return {"upload": upload.pk, "state": upload.state}
    path = settings.BEKWAAM_HOME.uploads / upload.file
    sha256 = fingerprint(path)
    first = already_in(upload.file_name, upload.kind, sha256)
    if first is not None:
        kept = _kept(upload, {"outcome": first.to_json()}, Upload.State.DONE)
        discard(upload)
        return kept
    options = Options(dry_run=True, skip_refused=True, mapping=upload.mapping or None)
    offered = offer(path, name=upload.file_name, kind=upload.kind, sha256=sha256, options=options, tell=progress)
    table = offered.table
    headings = [column.heading for column in table.columns]
    outcome, refusals = _examined(offered, options, progress)
    found = {
        "outcome": outcome.to_json(),
        "reasons": reasons(refusals),
        "sample": sample(table, refusals),
        "headings": headings,
        "cost": cost_columns(headings, offered.mapping.fields, before=_found_before(upload, headings)),
        "mapping": offered.mapping.to_json(),
        "signature": offered.signature,
    }
    waits = any(question["code"] != "overlap" for question in outcome.questions)
    return _kept(upload, found, Upload.State.ASKS if waits else Upload.State.READY)


def _found_before(upload: Upload, headings: list[str]) -> list[int]:
    """The columns with cost that an earlier look found in the same columns."""
    found: dict[str, Any] = upload.preview
    return found.get("cost", []) if found.get("headings") == headings else []


def _examined(offered: Offered, options: Options, progress: Progress) -> tuple[Outcome, pl.DataFrame]:
    if offered.kind == "opportunities":
        return import_opportunities.examine(offered, options)
    if offered.kind in import_parties.PARTY_KINDS:
        return import_parties.examine(offered, options)
    return import_sales.examine(offered, options, progress)


def _kept(upload: Upload, found: dict[str, Any], state: str) -> dict[str, Any]:
    Upload.objects.filter(pk=upload.pk).update(preview=as_json(found), state=state)
    return {"upload": upload.pk, "state": state}


def reasons(refusals: pl.DataFrame) -> list[dict[str, Any]]:
    """The refusals by reason, worth most first: `code, column, rows, revenue, unknown, row, value, values`.

    `unknown` counts the rows whose worth nobody knows; `row`, `value` and `values` are of the first of them.
    """
    first = refusals.filter(pl.col("is_first")) if refusals.height else refusals
    if first.is_empty():
        return []
    grouped = first.group_by("code", "column", maintain_order=True).agg(
        rows=pl.len(),
        revenue=pl.col("revenue").sum(),
        unknown=pl.col("revenue").is_null().sum(),
        row=pl.col("row").first(),
        value=pl.col("value").first(),
        values=pl.col("values").first(),
    )
    ordered = grouped.sort(pl.col("revenue").abs(), "rows", descending=True)
    return ordered.to_dicts()


def sample(table: RawTable, refusals: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows as they stand in the file, around the first refusal: `row, cells, faults` (column → code and values)."""
    first = refusals["row"].min() if refusals.height else None
    numbers = table.rows.to_list()
    start = max(0, numbers.index(first) - 2) if first in numbers else 0
    shown = range(start, min(start + SAMPLE_ROWS, len(numbers)))
    faults = _faults(refusals, {numbers[place] for place in shown})
    return [
        {
            "row": numbers[place],
            "cells": [cell_text(column, place) for column in table.columns],
            "faults": faults.get(numbers[place], []),
        }
        for place in shown
    ]


def _faults(refusals: pl.DataFrame, rows: set[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    if refusals.is_empty():
        return found
    for refusal in refusals.filter(pl.col("row").is_in(list(rows))).iter_rows(named=True):
        found.setdefault(refusal["row"], []).append(
            {name: refusal[name] for name in ("column", "value", "code", "values")}
        )
    return found


def discard(upload: Upload) -> None:
    """Remove the file of an upload that nobody needs any more."""
    Path(settings.BEKWAAM_HOME.uploads / upload.file).unlink(missing_ok=True)

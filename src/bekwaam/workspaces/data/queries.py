"""Reads of the data room."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from bekwaam.frame.sentences import sentence_of, step_in_words
from bekwaam.records.models import Batch, Job, Upload
from bekwaam.records.queries import counts, current_run
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.data.cost_columns import hidden_columns
from bekwaam.workspaces.data.forms import AnswerForm
from bekwaam.workspaces.data.question_words import without_cells
from bekwaam.workspaces.data.remarks import remarks

BATCHES_SHOWN = 50


def overview(actor: Actor) -> dict[str, Any]:
    """What is in, what waits, what is at work."""
    batches = list(Batch.scoped(actor)[:BATCHES_SHOWN])
    return {
        "batches": batches,
        "lines": sum(batch.rows_imported for batch in batches if _counts(batch)),
        "uploads": Upload.scoped(actor).exclude(state=Upload.State.DONE)[:20],
        "jobs": Job.scoped(actor).filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]),
        "counts": counts(actor),
        "run": current_run(actor),
    }


def _counts(batch: Batch) -> bool:
    return batch.kind == "sales" and batch.state == Batch.State.DONE


def find_upload(actor: Actor, pk: int) -> tuple[Upload | None, Job | None]:
    """An offered file, and the job that reads it in now. When that job broke off, the file is ready as before."""
    upload = Upload.scoped(actor).filter(pk=pk).first()
    if upload is None or upload.state != Upload.State.READING_IN:
        return upload, None
    latest = Job.scoped(actor).filter(kind=Job.Kind.IMPORT, arguments__upload=pk).first()
    if latest is not None and latest.is_under_way:
        return upload, latest
    upload.state = Upload.State.READY
    return upload, None


def preview(upload: Upload, actor: Actor) -> dict[str, Any]:
    """The preview page of one upload; columns that tell of cost are absent for who may not see it."""
    found = upload.preview
    outcome = found.get("outcome") or {}
    hidden = hidden_columns(found, actor)
    headings = found.get("headings", [])
    job = Job.scoped(actor).filter(kind=Job.Kind.PREVIEW, arguments__upload=upload.pk).first()
    return {
        "upload": upload,
        "outcome": outcome,
        "good": outcome.get("rows_read", 0) - outcome.get("rows_refused", 0),
        "remarks": list(remarks(outcome.get("report", {}), is_part=bool(outcome.get("overlap")))),
        "reasons": [_reason(row, {headings[place] for place in hidden}) for row in found.get("reasons", [])],
        "sample": [_sample_row(row, headings, hidden) for row in found.get("sample", [])],
        "headings": [heading for place, heading in enumerate(headings) if place not in hidden],
        "form": AnswerForm(upload=upload, actor=actor),
        "job": job,
        "error": job_error(job) if job and job.error_code else "",
    }


def _values(row: dict[str, Any]) -> dict[str, Any]:
    values = row["values"]
    loaded: dict[str, Any] = json.loads(values) if isinstance(values, str) else values
    return loaded


def _reason(row: dict[str, Any], unseen: set[str]) -> dict[str, Any]:
    amount = Decimal(row["revenue"]) if row["revenue"] is not None else None
    values = _values(row)
    shown = without_cells(values) if row["column"] in unseen else values
    return {**row, "amount": amount, "sentence": sentence_of(row["code"], shown)}


def _sample_row(row: dict[str, Any], headings: list[str], hidden: frozenset[int]) -> dict[str, Any]:
    advice = {fault["column"]: sentence_of(fault["code"], _values(fault)) for fault in row["faults"]}
    cells = [
        {"text": text, "is_wrong": heading in advice, "advice": advice.get(heading, "")}
        for place, (heading, text) in enumerate(zip(headings, row["cells"], strict=True))
        if place not in hidden
    ]
    return {"row": row["row"], "cells": cells}


def batch_page(batch: Batch, actor: Actor) -> dict[str, Any]:
    """The page of one import."""
    return {
        "batch": batch,
        "remarks": list(remarks(batch.report.get("report", {}), is_part=bool(batch.report.get("overlap")))),
        "has_refused_file": refused_path(batch, actor) is not None,
    }


def refused_path(batch: Batch, actor: Actor) -> Path | None:
    """The file with the refused rows of a batch, inside the home and nowhere else, for who may see what is in it.

    It holds whole rows, or it could not be mended and offered again. So a file with cost goes to who may see cost and
    to who offered it: he had it in his hands. A file that came in without a preview may hold anything.
    """
    if not batch.refused_file or not (actor.sees_cost or _is_free_of_cost_or_own(batch, actor)):
        return None
    path: Path = settings.BEKWAAM_HOME.refused / Path(batch.refused_file).name
    return path if path.is_file() else None


def _is_free_of_cost_or_own(batch: Batch, actor: Actor) -> bool:
    offered = Upload.scoped(actor).filter(batch=batch)
    return any(upload.offered_by == actor.key or upload.preview.get("cost") == [] for upload in offered)


def job_page(job: Job, actor: Actor) -> dict[str, Any]:
    """The page of one job: how far it is, or what came of it."""
    batch_id = job.result.get("batch")
    return {
        "job": job,
        "batch": Batch.scoped(actor).filter(batch_id=batch_id).first() if batch_id else None,
        "error": job_error(job) if job.error_code else "",
        "step": step_in_words(job.step) if job.step else "",
    }


def job_error(job: Job) -> str:
    """What went wrong, in words."""
    return sentence_of(job.error_code, job.error_values)

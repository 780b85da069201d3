"""Imports and jobs over REST: offer a file, see what came of it, read it in, undo it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Form, Schema, Status, UploadedFile

from bekwaam.frame.rest.problems import Problem
from bekwaam.frame.rest.resource import Resource
from bekwaam.records.models import Batch, Job, Upload
from bekwaam.workspaces.data import actions, queries

imports = Resource("imports")
RESOURCES = (imports,)


class BatchOut(Schema):
    """One import."""

    batch_id: str
    kind: str
    state: str
    file_name: str
    rows_read: int
    rows_imported: int
    rows_refused: int
    revenue: Decimal | None
    quantity: Decimal | None
    customers: int
    first_date: dt.date | None
    last_date: dt.date | None
    facts_version: int | None
    made_at: dt.datetime
    undone_at: dt.datetime | None


class UploadOut(Schema):
    """A file that was offered: `ready` can be read in, `reading_in` is being so, `asks` waits for an answer, `refused`
    cannot be read."""

    id: int
    kind: str
    state: str
    file_name: str
    offered_at: dt.datetime


class JobOut(Schema):
    """A piece of work and how far it is."""

    id: int
    kind: str
    state: str
    step: str
    steps_done: int
    steps_total: int
    error_code: str
    asked_at: dt.datetime
    ended_at: dt.datetime | None


class OfferIn(Schema):
    """What a file holds."""

    kind: Literal["sales", "customers", "products", "sellers", "opportunities"] = "sales"


class ReadInIn(Schema):
    """What to do with lines that are in already."""

    overlap: Literal["new", "replace", "refuse"] | None = None


@imports.listing("/batches", needs="imports.read", name="api_batches", response=list[BatchOut], order=("-pk",))
def all_batches(request: HttpRequest) -> Any:
    """Every import, the newest first."""
    return Batch.scoped(request.actor)


@imports.one("/batches/{batch_id}", needs="imports.read", name="api_batch", response=BatchOut)
def one_batch(request: HttpRequest, batch_id: str) -> Any:
    """One import."""
    return _found(Batch.scoped(request.actor).filter(batch_id=batch_id).first())


@imports.make("/batches/{batch_id}/undo", needs="imports.write", name="api_undo", response={202: JobOut})
def undo(request: HttpRequest, batch_id: str) -> Any:
    """Undo an import, as a job."""
    return Status(
        202, actions.undo(_found(Batch.scoped(request.actor).filter(batch_id=batch_id).first()), actor=request.actor)
    )


@imports.make("/uploads", needs="imports.write", name="api_uploads", response={202: UploadOut})
def offer(request: HttpRequest, about: Form[OfferIn], file: File[UploadedFile]) -> Any:
    """Offer a file; a job looks at it. Nothing is read in before you say so."""
    return Status(202, actions.offer(file, kind=about.kind, actor=request.actor))


@imports.one("/uploads/{upload_id}", needs="imports.write", name="api_upload", response=UploadOut)
def one_upload(request: HttpRequest, upload_id: int) -> Any:
    """One offered file."""
    return _found(Upload.scoped(request.actor).filter(pk=upload_id).first())


@imports.make("/uploads/{upload_id}/read-in", needs="imports.write", name="api_read_in", response={202: JobOut})
def read_in(request: HttpRequest, upload_id: int, how: ReadInIn) -> Any:
    """Read an offered file in; refused rows are set apart. While it is being read in, this is the job that does so."""
    found, reading = queries.find_upload(request.actor, upload_id)
    upload = _found(found)
    if reading is not None:
        return Status(202, reading)
    if upload.state != Upload.State.READY:
        raise Problem(409, "not_ready", _("This file cannot be read in now; look at its state."))
    return Status(202, actions.read_in(upload, overlap=how.overlap, actor=request.actor))


@imports.one("/jobs/{job_id}", needs="jobs.read", name="api_job", response=JobOut)
def one_job(request: HttpRequest, job_id: int) -> Any:
    """One piece of work."""
    return _found(Job.scoped(request.actor).filter(pk=job_id).first())


def _found(record: Any) -> Any:
    if record is None:
        raise Http404
    return record

"""Writes of the data room. Each is one transaction; the work itself is left to a job."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bekwaam.access.scope import system_door
from bekwaam.facts.durable import disk_failures, sync_file, sync_folder
from bekwaam.records import jobs
from bekwaam.records.models import Batch, Job, Upload
from bekwaam.terms.actor import Actor

FILE_MODE = 0o600
KNOWN_ENDINGS = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet"}


def offer(file: UploadedFile[Any], *, kind: str, actor: Actor) -> Upload:
    """Keep the offered file under a name of our own, and ask for a look at it.

    Raises:
        Failed: `disk_full` or `disk_failed`; nothing of the file is kept then.
    """
    name = PurePath(file.name or "file").name[:255]
    ending = PurePath(name).suffix.lower()
    stored = f"{secrets.token_hex(16)}{ending if ending in KNOWN_ENDINGS else ''}"
    target = settings.BEKWAAM_HOME.uploads / stored
    with disk_failures(settings.BEKWAAM_HOME.path), _gone_on_failure(target):
        _write(file, target)
        with transaction.atomic(), system_door():
            upload = Upload.objects.create(file=stored, file_name=name, kind=kind, offered_by=actor.key)
            _ask(Job.Kind.PREVIEW, {"upload": upload.pk}, actor)
    return upload


@contextmanager
def _gone_on_failure(target: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _write(file: UploadedFile[Any], target: Path) -> None:
    """For its owner alone, and on disk before a row tells of it."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(handle, "wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    sync_file(target)
    sync_folder(target.parent)


@transaction.atomic
def look_again(upload: Upload, *, mapping: dict[str, Any], actor: Actor) -> Job:
    """Look at the file once more, with the columns as a person corrected them; not while it is being read in."""
    with system_door():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        reading = _reading(held)
        if reading is not None:
            return reading
        held.mapping = mapping
        held.state = Upload.State.WAITING
        held.save(update_fields=["mapping", "state"])
        return _ask(Job.Kind.PREVIEW, {"upload": upload.pk}, actor)


@transaction.atomic
def read_in(upload: Upload, *, overlap: str | None, actor: Actor) -> Job:
    """Read the file in; refused rows are set apart. Asked once more, this is the job that was made the first time."""
    with system_door():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        reading = _reading(held)
        if reading is not None:
            return reading
        held.state = Upload.State.READING_IN
        held.save(update_fields=["state"])
        arguments = {"upload": upload.pk, "overlap": overlap, "skip_refused": True}
        return _ask(Job.Kind.IMPORT, arguments, actor)


def _reading(upload: Upload) -> Job | None:
    """The job that reads this file in, or that did; one that failed left the file as it was."""
    latest = Job.objects.filter(kind=Job.Kind.IMPORT, arguments__upload=upload.pk).first()
    is_read = latest is not None and (latest.is_under_way or upload.state == Upload.State.DONE)
    return latest if is_read else None


@transaction.atomic
def undo(batch: Batch, *, actor: Actor) -> Job:
    """Undo an import; an undo of it that waits or runs already is enough."""
    with system_door():
        arguments = {"batch": batch.batch_id}
        return _under_way(Job.Kind.UNDO, arguments) or _ask(Job.Kind.UNDO, arguments, actor)


@transaction.atomic
def refresh(*, actor: Actor) -> Job:
    """Work out the figures anew; a refresh that waits already is enough."""
    with system_door():
        waiting = Job.objects.filter(kind=Job.Kind.REFRESH, state=Job.State.QUEUED).first()
        return waiting or _ask(Job.Kind.REFRESH, {}, actor)


def _under_way(kind: str, arguments: dict[str, Any]) -> Job | None:
    """The job that does this very thing now. Whoever asks holds the write lock, so no second one is made meanwhile."""
    under_way = [Job.State.QUEUED, Job.State.RUNNING]
    named = {f"arguments__{name}": value for name, value in arguments.items()}
    return Job.objects.filter(kind=kind, state__in=under_way, **named).first()


def _ask(kind: str, arguments: dict[str, Any], actor: Actor) -> Job:
    return jobs.ask(kind, arguments, asked_by=actor.key)

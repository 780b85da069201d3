"""What each kind of job does. Each closes its own job in the transaction of its last change, so that a job which is
closed is wholly done, and one that is not can be done again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from bekwaam.faces.jobs import inbox, refreshing
from bekwaam.faces.mail import inviting, sending
from bekwaam.facts.store import Store
from bekwaam.records import jobs
from bekwaam.records.models import Batch, Job, Mailing, Run, Upload, Wave
from bekwaam.terms.actor import SYSTEM, Actor
from bekwaam.terms.errors import Refused
from bekwaam.workspaces.data import importing, previewing, undoing
from bekwaam.workspaces.data.outcome import Options, Outcome, as_json

Progress = Callable[[str, int, int], None]


def preview(job: Job, progress: Progress) -> None:
    """Look at an offered file."""
    upload = job.arguments["upload"]
    try:
        found = previewing.preview(upload, progress)
    except Refused:
        Upload.objects.filter(pk=upload).update(state=Upload.State.REFUSED)
        raise
    _go_on(job, upload, found)


@transaction.atomic
def _go_on(job: Job, upload_id: int, found: dict[str, Any]) -> None:
    """A file from the watched folder that asks nothing is read in at once."""
    upload = Upload.objects.get(pk=upload_id)
    if upload.offered_by == inbox.ASKER and inbox.goes_on_by_itself(upload):
        Upload.objects.filter(pk=upload.pk).update(state=Upload.State.READING_IN)
        jobs.ask(Job.Kind.IMPORT, {"upload": upload.pk}, asked_by=inbox.ASKER)
    jobs.close(job, found)


def import_file(job: Job, progress: Progress) -> None:
    """Read in an offered file, and have the figures worked out anew when that changed the facts.

    Killed after the facts were written, the second attempt finds that the very same file is in already.
    """
    upload = Upload.objects.get(pk=job.arguments["upload"])
    options = Options(
        skip_refused=bool(job.arguments.get("skip_refused")),
        overlap=job.arguments.get("overlap"),
        mapping=upload.mapping or None,
    )
    outcome = importing.import_file(
        settings.BEKWAAM_HOME.uploads / upload.file,
        kind=upload.kind,
        options=options,
        actor=_asker(job),
        name=upload.file_name,
        progress=progress,
    )
    if outcome.is_stopped:
        Upload.objects.filter(pk=upload.pk).update(state=Upload.State.ASKS)
        raise Refused("import_stopped", file=upload.file_name)
    _finish_import(job, upload, outcome)
    previewing.discard(upload)


def _asker(job: Job) -> Actor:
    """Jobs have the reach of the installation itself; what they write is in the name of whoever asked."""
    return replace(SYSTEM, key=job.asked_by)


@transaction.atomic
def _finish_import(job: Job, upload: Upload, outcome: Outcome) -> None:
    batch = Batch.objects.filter(batch_id=outcome.batch).first()
    Upload.objects.filter(pk=upload.pk).update(state=Upload.State.DONE, batch=batch)
    _ask_refresh(job)
    jobs.close(job, outcome.to_json())


def undo(job: Job, _progress: Progress) -> None:
    """Undo an import. On a second attempt it may be undone already: then that was this very job."""
    batch_id = job.arguments["batch"]
    try:
        taken_back = undoing.undo(batch_id, actor=_asker(job))
    except Refused:
        batch = Batch.objects.filter(batch_id=batch_id, state=Batch.State.UNDONE).first()
        if job.attempts == 1 or batch is None:
            raise
        taken_back = {"batch": batch_id, "lines": batch.rows_imported, "revenue": batch.revenue}
    _finish(job, as_json(taken_back))


@transaction.atomic
def _finish(job: Job, result: dict[str, Any]) -> None:
    _ask_refresh(job)
    jobs.close(job, result)


def _ask_refresh(job: Job) -> None:
    """Ask for new figures when those in force are of older facts, and nobody has asked yet."""
    version = Store(settings.BEKWAAM_HOME.facts).version
    in_force = Run.objects.filter(is_current=True, facts_version=version).exists()
    asked = Job.objects.filter(kind=Job.Kind.REFRESH, state=Job.State.QUEUED).exists()
    if version and not in_force and not asked:
        jobs.ask(Job.Kind.REFRESH, {}, asked_by=job.asked_by)


def refresh(job: Job, progress: Progress) -> None:
    """Work out all figures anew."""
    as_of = job.arguments.get("as_of")
    day = date.fromisoformat(as_of) if as_of else None
    run = refreshing.refresh(as_of=day, progress=progress, actor=_asker(job))
    jobs.close(job, {"run": run.pk, "as_of": str(run.as_of), "facts_version": run.facts_version})


def mail(job: Job, _progress: Progress) -> None:
    """Mail this week to one reader."""
    mailing = Mailing.objects.select_related("user").get(pk=job.arguments["mailing"])
    is_sent = mailing.sent_at is None and sending.send(mailing)
    jobs.close(job, {"sent": is_sent})


def invite(job: Job, progress: Progress) -> None:
    """Mail what is due of a wave of a questionnaire."""
    wave = Wave.objects.get(pk=job.arguments["wave"])
    count = inviting.send_wave(wave, lambda done, total: progress("mailing", done, total))
    jobs.close(job, {"sent": count})


WORK: Final[dict[str, Callable[[Job, Progress], None]]] = {
    Job.Kind.PREVIEW: preview,
    Job.Kind.IMPORT: import_file,
    Job.Kind.UNDO: undo,
    Job.Kind.REFRESH: refresh,
    Job.Kind.MAIL: mail,
    Job.Kind.INVITE: invite,
}

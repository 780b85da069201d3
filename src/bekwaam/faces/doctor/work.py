"""Checks on jobs, their queue, and the files they work on."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from bekwaam.faces.claim import holder
from bekwaam.faces.doctor.finding import Finding, ill, well
from bekwaam.faces.doctor.records import reading
from bekwaam.faces.serving.supervising import lock_of
from bekwaam.records.jobs import ORPHAN_AFTER
from bekwaam.records.models import Batch, Job, Upload

LOOK_BACK: Final = timedelta(days=7)


def queue() -> Finding:
    """The queue that wakes the worker can be used."""
    file = settings.BEKWAAM_HOME.queue
    if not file.exists():
        return well(_("There is no queue yet; it is made at the first start."))
    try:
        with reading(file) as opened:
            faults = [row[0] for row in opened.execute("PRAGMA integrity_check(1)")]
    except sqlite3.DatabaseError as error:
        faults = [str(error)]
    if faults != ["ok"]:
        return ill(
            _("The queue is damaged (%(fault)s). Stop Bekwaam and remove %(file)s: no work is in it.")
            % {"fault": faults[0], "file": file}
        )
    return well(_("The queue that wakes the worker is whole."))


def jobs_waiting() -> Finding:
    """Somebody does the work that waits."""
    waiting = Job.objects.filter(state=Job.State.QUEUED).count()
    is_served = holder(lock_of(settings.BEKWAAM_HOME.path)) is not None
    if waiting and not is_served:
        return ill(_("Jobs that wait while nobody does them: %(count)d. Start: bekwaam serve") % {"count": waiting})
    return well(_("No work is left waiting."))


def jobs_orphaned() -> Finding:
    """Every job that is at work has a worker."""
    found = Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=timezone.now() - ORPHAN_AFTER)
    numbers = ", ".join(str(number) for number in found.values_list("pk", flat=True))
    if numbers:
        return ill(
            _("The worker of job %(numbers)s died. The job is done again once Bekwaam is served.")
            % {"numbers": numbers}
        )
    return well(_("Every job at work has a living worker."))


def jobs_failed() -> Finding:
    """No job broke off lately."""
    since = timezone.now() - LOOK_BACK
    found = Job.objects.filter(state=Job.State.FAILED, ended_at__gte=since)
    numbers = ", ".join(str(number) for number in found.values_list("pk", flat=True))
    if numbers:
        return ill(
            _("These jobs broke off in the past week: %(numbers)s. Their pages and the logs in %(folder)s say why.")
            % {"numbers": numbers, "folder": settings.BEKWAAM_HOME.jobs}
        )
    return well(_("No job broke off in the past week."))


def uploads() -> Finding:
    """Files that were offered and rows that tell of them belong together."""
    folder = settings.BEKWAAM_HOME.uploads
    open_uploads = Upload.objects.exclude(state__in=[Upload.State.DONE, Upload.State.REFUSED])
    named = set(open_uploads.values_list("file", flat=True))
    missing = sorted(name for name in named if not (folder / name).is_file())
    if missing:
        return ill(
            _("Offered files of which the file itself is gone: %(count)d. Offer them again.") % {"count": len(missing)}
        )
    return well(_("Every offered file that waits is there."))


def refused_files() -> Finding:
    """The rows that an import set apart can still be fetched."""
    kept = Batch.objects.filter(state=Batch.State.DONE).exclude(refused_file="")
    names = [(batch.batch_id, batch.refused_file.rsplit("/", 1)[-1]) for batch in kept]
    missing = sorted(batch for batch, name in names if not (settings.BEKWAAM_HOME.refused / name).is_file())
    if missing:
        return ill(
            _("The rows that these imports set apart are gone: %(names)s. Take them from a backup.")
            % {"names": ", ".join(missing)}
        )
    return well(_("The rows that imports set apart are there."))

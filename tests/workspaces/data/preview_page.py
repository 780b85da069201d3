"""Walking through the data room in a browser: offer a file, let the waiting work be done, look at the page."""

from __future__ import annotations

import io
from typing import Any


def do_waiting_work(*kinds: str) -> list[Any]:
    """Do the jobs that wait, in this process, as the worker's child would."""
    from bekwaam.faces.jobs.kinds import WORK
    from bekwaam.records import jobs
    from bekwaam.records.models import Job
    from bekwaam.terms.errors import BekwaamError

    done = []
    while job := Job.objects.filter(state=Job.State.QUEUED, kind__in=kinds).order_by("pk").first():
        job.state, job.attempts = Job.State.RUNNING, job.attempts + 1
        job.save()
        try:
            WORK[job.kind](job, lambda *_: None)
        except BekwaamError as error:
            jobs.close_with_error(job, error)
        done.append(Job.objects.get(pk=job.pk))
    return done


def offer(client: Any, file: io.BytesIO, *, name: str, kind: str = "sales") -> str:
    """Upload a file and have it looked at; returns the address of its preview."""
    file.name = name
    answer = client.post("/data/import/", {"kind": kind, "file": file})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    do_waiting_work("preview")
    return str(answer.url)


def open_preview(client: Any, file: io.BytesIO, *, name: str, kind: str = "sales", language: str = "en") -> Any:
    """The preview page of a file that was offered just now."""
    return client.get(offer(client, file, name=name, kind=kind), headers={"accept-language": language})

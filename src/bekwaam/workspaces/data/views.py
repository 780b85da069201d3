"""The pages of the data room."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bekwaam.access.doors import needs
from bekwaam.frame.sentences import sentence
from bekwaam.records.models import Batch, Job, Upload
from bekwaam.terms.errors import Failed
from bekwaam.workspaces.data import actions, queries
from bekwaam.workspaces.data.forms import AnswerForm, UploadForm


@needs("imports.read")
def data(request: HttpRequest) -> HttpResponse:
    """What has been read in?"""
    return render(request, "data/data.html", queries.overview(request.actor))


@needs("imports.write")
def import_new(request: HttpRequest) -> HttpResponse:
    """Offer a file; a job looks at it."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = actions.offer(form.cleaned_data["file"], kind=form.cleaned_data["kind"], actor=request.actor)
            return redirect("import_preview", upload_id=upload.pk)
        except Failed as failed:
            form.add_error("file", sentence(failed))
    return render(request, "data/import_new.html", {"form": form})


@needs("imports.write")
def import_preview(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Which rows are not right? Answer, correct, and read in."""
    upload, reading = queries.find_upload(request.actor, upload_id)
    if upload is None:
        raise Http404
    if reading is not None:
        return redirect("job", job_id=reading.pk)
    if request.method == "POST":
        return _answered(request, upload)
    return render(request, "data/import_preview.html", queries.preview(upload, request.actor))


def _answered(request: HttpRequest, upload: Upload) -> HttpResponse:
    if upload.state not in (Upload.State.ASKS, Upload.State.READY):
        return redirect("import_preview", upload_id=upload.pk)
    form = AnswerForm(request.POST, upload=upload, actor=request.actor)
    if not form.is_valid():
        return render(request, "data/import_preview.html", queries.preview(upload, request.actor) | {"form": form})
    if form.wants_import:
        job = actions.read_in(upload, overlap=form.overlap, actor=request.actor)
        return redirect("job", job_id=job.pk)
    actions.look_again(upload, mapping=form.mapping, actor=request.actor)
    return redirect("import_preview", upload_id=upload.pk)


@needs("imports.read")
def batch(request: HttpRequest, batch_id: str) -> HttpResponse:
    """One import: what it brought, and its undo."""
    found = Batch.scoped(request.actor).filter(batch_id=batch_id).first()
    if found is None:
        raise Http404
    return render(request, "data/batch.html", queries.batch_page(found, request.actor))


@needs("imports.read", post="imports.write")
def undo(request: HttpRequest, batch_id: str) -> HttpResponse:
    """Undo an import, as a job."""
    found = Batch.scoped(request.actor).filter(batch_id=batch_id).first()
    if found is None or request.method != "POST":
        raise Http404
    job = actions.undo(found, actor=request.actor)
    return redirect("job", job_id=job.pk)


@needs("imports.read")
def refused_file(request: HttpRequest, batch_id: str) -> HttpResponse:
    """The rows that were set apart, as a file that can be mended."""
    found = Batch.scoped(request.actor).filter(batch_id=batch_id).first()
    path = queries.refused_path(found, request.actor) if found else None
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


@needs("jobs.read")
def jobs(request: HttpRequest) -> HttpResponse:
    """What is at work, and what was."""
    return render(request, "data/jobs.html", {"jobs": Job.scoped(request.actor)[:50]})


@needs("jobs.read")
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """One piece of work, and how far it is; it may be left."""
    found = Job.scoped(request.actor).filter(pk=job_id).first()
    if found is None:
        raise Http404
    template = "data/_job.html" if request.headers.get("HX-Request") else "data/job.html"
    return render(request, template, queries.job_page(found, request.actor))


@needs("imports.read", post="imports.write")
def refresh(request: HttpRequest) -> HttpResponse:
    """Work out the figures anew, as a job."""
    if request.method != "POST":
        raise Http404
    return redirect("job", job_id=actions.refresh(actor=request.actor).pk)

"""Idempotency keys: a write that is sent twice under one key is done once, and both get the same answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bekwaam.access import answers
from bekwaam.access.models import KeptAnswer
from bekwaam.frame.rest.door import asker
from bekwaam.frame.rest.problems import problem
from bekwaam.terms.actor import NOBODY

HEADER = "Idempotency-Key"
Run = Callable[..., HttpResponse]


def once(run: Run) -> Run:
    """Around a write: the change and its answer are kept in one transaction, so neither is there without the other."""

    @wraps(run)
    def answered(request: HttpRequest, **path: Any) -> HttpResponse:
        key = request.headers.get(HEADER, "")
        if not key or asker(request) == NOBODY:
            return run(request, **path)
        if len(key) > answers.LONGEST_KEY:
            return problem(400, "key_too_long", _("An Idempotency-Key has at most 200 characters."))
        try:
            with transaction.atomic():
                return _answered_once(run, request, key, path)
        except IntegrityError:
            return problem(409, "under_way", _("The same request is being answered at this moment. Send it again."))

    return answered


def _answered_once(run: Run, request: HttpRequest, key: str, path: dict[str, Any]) -> HttpResponse:
    actor = asker(request)
    asked = answers.fingerprint(request.method or "", request.get_full_path(), _content(request))
    kept = answers.earlier(actor, key)
    if kept is not None:
        return _again(kept, asked)
    response = run(request, **path)
    if response.status_code < 300:
        answers.keep(actor, key, asked, status=response.status_code, content=response.content.decode())
    return response


def _content(request: HttpRequest) -> bytes:
    """What was sent. Of a form its fields and files: the text between them differs each time it is sent."""
    if not (request.content_type or "").startswith("multipart/"):
        return request.body
    fields = "&".join(f"{name}={value}" for name, values in sorted(request.POST.lists()) for value in values)
    return fields.encode() + b"".join(_digest(file) for _name, file in sorted(request.FILES.items()))


def _digest(file: UploadedFile[Any]) -> bytes:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.digest()


def _again(kept: KeptAnswer, asked: str) -> HttpResponse:
    if kept.fingerprint != asked:
        sentence = _("This Idempotency-Key was used for another request. Take a new key for each.")
        return problem(422, "key_used", sentence)
    response = HttpResponse(kept.content, status=kept.status, content_type="application/json; charset=utf-8")
    response["Idempotency-Replayed"] = "true"
    return response

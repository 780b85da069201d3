"""ETags: a tag of what a record looks like now. With it a reader saves himself the answer, and a writer a clash."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import resolve
from django.utils.cache import parse_etags  # type: ignore[attr-defined]
from django.utils.translation import gettext as _

from bekwaam.access.policy import may
from bekwaam.frame.rest.door import asker
from bekwaam.frame.rest.problems import problem

Run = Callable[..., HttpResponse]


def tagged(run: Run) -> Run:
    """Around a GET: its answer carries a tag; whoever has that state already is told so without a body."""

    @wraps(run)
    def answered(request: HttpRequest, **path: Any) -> HttpResponse:
        response = run(request, **path)
        if response.status_code != 200:
            return response
        response["ETag"] = tag_of(response.content)
        if response["ETag"] in _tags(request, "If-None-Match"):
            unchanged = HttpResponseNotModified()
            unchanged["ETag"] = response["ETag"]
            return unchanged
        return response

    return answered


def matched(action: str) -> Callable[[Run], Run]:
    """Around a change of one record: it must name the state that it changes, and that must still stand.

    Who may not do `action` is told so by the door, before anything is said of the record. `request.as_it_stands` is
    the state that was found: its `version` closes the moment between this look and the change.
    """

    def around(run: Run) -> Run:
        @wraps(run)
        def answered(request: HttpRequest, **path: Any) -> HttpResponse:
            if not may(asker(request), action):
                return run(request, **path)
            now = _as_it_stands(request, **path)
            refusal = _refusal(request, now)
            if refusal is not None:
                return refusal
            request.as_it_stands = json.loads(now.content)
            return run(request, **path)

        return answered

    return around


def _refusal(request: HttpRequest, now: HttpResponse) -> HttpResponse | None:
    wanted = _tags(request, "If-Match")
    if now.status_code != 200:
        return now
    if not wanted:
        return problem(428, "state_missing", _("Send If-Match with the ETag of the record that you change."))
    if "*" not in wanted and tag_of(now.content) not in wanted:
        sentence = _("Somebody changed this record since you read it; `current` shows how it stands now.")
        return problem(412, "changed_meanwhile", sentence, current=json.loads(now.content))
    return None


def tag_of(content: bytes) -> str:
    """The tag of an answer."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _tags(request: HttpRequest, header: str) -> list[str]:
    return list(parse_etags(request.headers[header])) if header in request.headers else []


def _as_it_stands(request: HttpRequest, **path: Any) -> HttpResponse:
    """What a GET of the same address answers to the same person."""
    read = copy.copy(request)
    read.method = "GET"
    answer: HttpResponse = resolve(request.path_info).func(read, **path)
    return answer

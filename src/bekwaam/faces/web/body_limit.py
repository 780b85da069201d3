"""How much a request may send. The answer comes before a byte of it is read: reading a form means keeping its files.

The CSRF check is the first that reads a body, for anonymous visitors too, so this stands before it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from bekwaam.access.policy import may
from bekwaam.facts.durable import disk_failures
from bekwaam.frame.rest.door import asker
from bekwaam.frame.rest.problems import problem
from bekwaam.frame.sentences import sentence
from bekwaam.records.files import LIMIT_MB
from bekwaam.terms.errors import Failed

MB: Final = 1 << 20
ORDINARY: Final = MB
"""Bytes of any form without a file: the longest of ours, a list of a thousand choices, is about a tenth of it."""

IMPORTED: Final = settings.BEKWAAM_FILE_BYTES + MB
TAKE_FILES: Final[dict[str, tuple[str, int]]] = {
    "import_new": ("imports.write", IMPORTED),
    "api_uploads": ("imports.write", IMPORTED),
    "record_files": ("notes.write", (LIMIT_MB + 1) * MB),
}
"""Name of the address → what one must be allowed to do to send more there, and how much."""


class BodyLimit:
    """Refuses a request that sends more than its visitor may send there, or does not say how much it sends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; where reading broke off half-way, the reason why."""
        response = self._get_response(request)
        reason = getattr(request, "body_refusal", None)
        if reason is None:
            return response
        _let_go(request)
        return reason.answer(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """The refusal, or nothing. Who asks is looked up only for a body that needs the wider limit."""
        length = _length_of(request)
        request.body_limit = ORDINARY if length is not None and length <= ORDINARY else _limit_of(request)
        if length is not None and length <= request.body_limit:
            return None
        return _too_large(request.body_limit).answer(request)


def _length_of(request: HttpRequest) -> int | None:
    """The number of bytes that come, as their sender says; None when they come in pieces without an end in sight."""
    if request.headers.get("Transfer-Encoding"):
        return None
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else None


def _limit_of(request: HttpRequest) -> int:
    match = request.resolver_match
    action, limit = TAKE_FILES.get(str(match.url_name) if match else "", ("", ORDINARY))
    return limit if action and may(asker(request), action) else ORDINARY


class BodyRefusal(BadRequest):
    """Why a body is not read to its end: status, a short stable code, and a sentence."""

    def __init__(self, status: int, code: str, words: str) -> None:
        self.status, self.code, self.words = status, code, words
        super().__init__(code)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """A page for people; a problem for programs."""
        if request.path.startswith("/api/"):
            return problem(self.status, self.code, self.words)
        return render(request, "web/body_refused.html", {"words": self.words}, status=self.status)


def _too_large(limit: int) -> BodyRefusal:
    words = _(
        "More than %(limit)d MB was sent, or its size was not told. It was not taken in, and nothing has changed."
    )
    return BodyRefusal(413, "too_large", words % {"limit": limit // MB})


def _stop(request: HttpRequest, reason: BodyRefusal) -> BodyRefusal:
    request.body_refusal = reason
    return reason


def _let_go(request: HttpRequest) -> None:
    """Remove the part of a file that came in; on a full disk even closing it may fail, and it goes all the same."""
    for handler in request.upload_handlers:
        with suppress(OSError):
            handler.upload_interrupted()


class CountedUpload(FileUploadHandler):
    """Counts the bytes of all files while they are read: the second lock, whatever the length was said to be."""

    read = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass it on, up to the limit."""
        limit = getattr(self.request, "body_limit", ORDINARY)
        self.read += len(raw_data)
        if self.read > limit:
            raise _stop(self.request, _too_large(limit))
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file itself is made by the next handler."""


class UploadOnDisk(TemporaryFileUploadHandler):
    """Keeps large files in the home, private and with room, while they come in; a full disk is told in words."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write it down."""
        try:
            with disk_failures(settings.BEKWAAM_HOME.path):
                super().receive_data_chunk(raw_data, start)
        except Failed as failed:
            raise _stop(self.request, BodyRefusal(507, failed.code, sentence(failed))) from failed

"""What every request goes through: headers that browsers obey, the scoped door, and the user's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from bekwaam.access.doors import actor_from
from bekwaam.access.request_id import new_request_id
from bekwaam.access.scope import request_door

Handler = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def security_headers(get_response: Handler) -> Handler:
    """Every answer tells browsers what they may not do, errors and files included. A view may tighten its own."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def request_in_scope(get_response: Handler) -> Handler:
    """Give the request a number and an actor, shut the door to unscoped rows, and keep pages out of caches.

    It stands inside the middleware for static files, so those may be kept.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: actor_from(request))
        with new_request_id() as number, request_door():
            response = get_response(request)
        if response.streaming and not isinstance(response, FileResponse):
            response.streaming_content = _in_scope(response.streaming_content)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Request-Id"] = number
        return response

    return middleware


def _in_scope(parts: Any) -> Iterator[Any]:
    """The parts of a streamed answer, each made behind the door: streaming begins when the middleware is done."""
    source = iter(parts)
    done = object()
    while True:
        with request_door():
            part = next(source, done)
        if part is done:
            return
        yield part


def language_of_user(get_response: Handler) -> Handler:
    """Speak the language that the user chose; without a choice that of the browser stands."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.user.language if request.user.is_authenticated else ""
        if chosen:
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware

"""The number of the request at work: it ties log lines, audit entries and denials together."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The number of the request at work; empty outside requests."""
    return _request_id.get()


@contextmanager
def new_request_id() -> Iterator[str]:
    """Inside: a fresh number. What the visitor's headers say is never taken over."""
    number = secrets.token_hex(8)
    token = _request_id.set(number)
    try:
        yield number
    finally:
        _request_id.reset(token)

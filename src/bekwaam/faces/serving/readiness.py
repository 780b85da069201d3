"""Whether the pages answer. A server under load may need seconds to start: wait for the answer, not for a time."""

from __future__ import annotations

import http.client
import ssl
import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from bekwaam.faces.serving.place import Place

PAUSE_SECONDS = 0.05
ANSWER_SECONDS = 5
OPEN_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  asked at, not opened


def wait_until_ready(place: Place, *, is_starting: Callable[[], bool], seconds: float = 120) -> bool:
    """Wait until `/healthz` answers; False when the server ended first or did not answer in time."""
    deadline = time.monotonic() + seconds
    while is_starting() and time.monotonic() < deadline:
        if answers(place):
            return True
        time.sleep(PAUSE_SECONDS)
    return False


def answers(place: Place) -> bool:
    """Whether `/healthz` answers now. A redirect is no answer: behind a proxy that is not believed it has no end."""
    connection = _connection(place)
    try:
        headers = {"Host": urlsplit(place.url).netloc, "X-Forwarded-Proto": urlsplit(place.url).scheme}
        connection.request("GET", "/healthz", headers=headers)
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _connection(place: Place) -> http.client.HTTPConnection:
    """To this very server. Its certificate is for the name that people type, so it is not looked at here."""
    host = OPEN_EVERYWHERE.get(place.host, place.host)
    if not place.is_tls:
        return http.client.HTTPConnection(host, place.port, timeout=ANSWER_SECONDS)
    unverified = ssl._create_unverified_context()  # noqa: S323
    return http.client.HTTPSConnection(host, place.port, timeout=ANSWER_SECONDS, context=unverified)

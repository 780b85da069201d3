"""The whole of a running installation: one web server and one worker, kept alive together and stopped together."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.conf import settings

from bekwaam.faces.claim import ClaimedError, claim, holder
from bekwaam.faces.serving import static_files
from bekwaam.faces.serving.attendant import Attendant
from bekwaam.faces.serving.place import Place, Wish, taken
from bekwaam.faces.serving.readiness import wait_until_ready
from bekwaam.terms.errors import Failed, Refused

LOOK_SECONDS = 0.5
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def lock_of(home: Path) -> Path:
    """The lock that a serving process holds, with the address in it."""
    return home / "serve.lock"


def address_of(home: Path) -> str:
    """Where the home is served now, else where it would be."""
    told = holder(lock_of(home)) or ""
    return told if told.startswith("http") else settings.BEKWAAM_ADDRESS.base_url


def must_not_be_served(home: Path) -> None:
    """Refuse a home that another process serves now: opening it could change tables under its feet.

    Raises:
        Refused: `served_already`, with the address where.
    """
    address = holder(lock_of(home))
    if address is not None:
        raise Refused("served_already", folder=str(home), address=address)


def serve(wish: Wish, *, announce: Callable[[Place], None]) -> int:
    """Serve the open home until told to stop; `announce` is called once the pages answer.

    Raises:
        Refused: `served_already`, with the address where.
        Failed: the web server does not start, or no port is free.
    """
    with taken(wish) as place, _alone(place), _listening() as stop:
        os.environ["BEKWAAM_URL"] = place.url
        static_files.gather()
        web, worker = _processes(place)
        try:
            web.start()
            worker.start()
            _announce_when_ready(place, web, stop, announce)
            _attend([web, worker], stop)
        finally:
            _end([worker, web])
    return 0


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    home: Path = settings.BEKWAAM_HOME.path
    try:
        with claim(lock_of(home), note=place.url, wait_seconds=1):
            yield
    except ClaimedError as other:
        raise Refused("served_already", folder=str(home), address=other.note) from None


@contextmanager
def _listening() -> Iterator[threading.Event]:
    """The event that a stop signal sets; the handlers of before come back afterwards."""
    stop = threading.Event()

    def heard(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    wanted = [number for number in STOP_SIGNALS if signal.getsignal(number) != signal.SIG_IGN]  # nohup means it
    before = {number: signal.signal(number, heard) for number in wanted}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _processes(place: Place) -> tuple[Attendant, Attendant]:
    me = str(os.getpid())
    certificate = [str(place.tls_cert), str(place.tls_key)] if place.is_tls else []
    python = [sys.executable, "-m"]
    return (
        Attendant("web server", [*python, "bekwaam.faces.serving.web", me, place.host, str(place.port), *certificate]),
        Attendant("worker", [*python, "bekwaam.faces.jobs.worker", me]),
    )


def _announce_when_ready(
    place: Place, web: Attendant, stop: threading.Event, announce: Callable[[Place], None]
) -> None:
    is_ready = wait_until_ready(place, is_starting=lambda: web.is_running and not stop.is_set())
    if is_ready:
        announce(place)
    elif not stop.is_set():
        raise Failed("web_not_started", address=place.url)


def _attend(attendants: list[Attendant], stop: threading.Event) -> None:
    while not stop.wait(LOOK_SECONDS):
        for attendant in attendants:
            attendant.look()


def _end(attendants: list[Attendant]) -> None:
    for attendant in attendants:
        attendant.ask_to_stop()
    for attendant in attendants:
        attendant.stop()

"""A process that is kept running: started again when it dies, and stopped in good order."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import time
from collections.abc import Sequence

log = logging.getLogger("bekwaam.serving")
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
CALM_SECONDS = 60
STOP_SECONDS = 15.0


class Attendant:
    """Looks after one process."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._pause = FIRST_PAUSE
        self._start_again_at: float | None = None

    def start(self) -> None:
        """Start the process, in a session of its own: a Ctrl-C reaches it through us alone, in order."""
        self._process = subprocess.Popen(self._command, start_new_session=True)  # noqa: S603  our own modules
        self._started_at = time.monotonic()
        self._start_again_at = None

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def look(self) -> None:
        """Start the process again when it died: soon the first time, later when it keeps dying."""
        if self.is_running or self._process is None:
            return
        now = time.monotonic()
        if self._start_again_at is None:
            self._pause = FIRST_PAUSE if now - self._started_at > CALM_SECONDS else min(self._pause * 2, LONGEST_PAUSE)
            self._start_again_at = now + self._pause
            log.error("the %s ended with %s and is started again", self.name, self._process.returncode)
        if now >= self._start_again_at:
            self.start()

    def ask_to_stop(self) -> None:
        """Ask the process to end."""
        if self._process is not None and self.is_running:
            self._process.terminate()

    def stop(self) -> None:
        """Wait until the process ended; end it with everything it started when it takes too long."""
        if self._process is None:
            return
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            log.error("the %s did not stop in time", self.name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

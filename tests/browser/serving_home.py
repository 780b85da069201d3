"""Starting and ending `bekwaam serve` for a test."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60


@dataclass
class Served:
    """A running installation."""

    url: str
    first_admin_link: str
    process: subprocess.Popen[str]


def serve(home: Path, **more: str) -> Served:
    """Start `bekwaam serve` on a free port and wait until it says where it is; `more` goes to its environment."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("BEKWAAM_", "LC_"))}
    command = [sys.executable, "-m", "bekwaam.faces.cli.main", "--home", str(home), "serve", "--port", "8100"]
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings | {"LANG": "en_GB.UTF-8"} | more,
        start_new_session=True,
    )
    said, until = "", time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        said += process.stderr.readline() if process.stderr else ""
        link = re.search(r"http://\S+/link/\S+", said)
        if link:
            return Served(link.group().split("/link/")[0], link.group(), process)
    process.kill()
    raise AssertionError(f"the server did not start: {said}")


def stop(served: Served) -> None:
    """End the server as Ctrl-C would; its children end with it."""
    served.process.send_signal(signal.SIGTERM)
    try:
        served.process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(served.process.pid, signal.SIGKILL)

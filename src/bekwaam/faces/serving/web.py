"""The web server: `python -m bekwaam.faces.serving.web PARENT HOST PORT [CERT KEY]`.

The application is loaded before the web processes are forked: they share its memory, and one that died is replaced
at once.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from pathlib import Path

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from bekwaam.faces.lifeline import die_with

APPLICATION = "bekwaam.config.wsgi"
PROCESSES = 2
THREADS = 4
"""Left to itself the server may start up to 256."""


def main(parent: int, host: str, port: int, certificate: tuple[Path, Path] | None = None) -> int:
    """Serve until told to stop."""
    die_with(parent, by=signal.SIGTERM)
    load()
    server_process = os.getpid()
    os.register_at_fork(after_in_child=lambda: die_with(server_process))
    cert, key = certificate or (None, None)
    Server(
        f"{APPLICATION}:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=PROCESSES,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        ssl_cert=cert,
        ssl_key=key,
    ).serve()
    return 0


def load() -> None:
    """Import the application and every page, once for all web processes."""
    import_module(APPLICATION)
    from django.urls import get_resolver  # needs the application

    _ = get_resolver().url_patterns


if __name__ == "__main__":
    parent_id, address, port_number, *pair = sys.argv[1:]
    files = (Path(pair[0]), Path(pair[1])) if pair else None
    sys.exit(main(int(parent_id), address, int(port_number), files))

"""Homes on disk, and real processes that work in them: what a crash does cannot be seen inside one transaction."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SLICE = ROOT / "tests" / "data" / "online_retail_slice.csv"
BEKWAAM = [sys.executable, "-m", "bekwaam.faces.cli.main"]
SETUP = "import json, django; django.setup()\n"


@dataclass(frozen=True)
class HomeOnDisk:
    """A home, and ways to work in it from outside."""

    path: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to know it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BEKWAAM_")}
        return {
            **kept,
            "BEKWAAM_HOME": str(self.path),
            "DJANGO_SETTINGS_MODULE": "bekwaam.config.settings",
            "LANG": "C.UTF-8",
            "LC_ALL": "",
        }

    def command(self, *words: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """A command of the command line, carried out to its end."""
        return subprocess.run(
            [*BEKWAAM, "--home", str(self.path), *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def python(self, code: str) -> Any:
        """What `answer` is after this code ran inside the home, by way of JSON."""
        done = subprocess.run(
            [sys.executable, "-c", f"{SETUP}answer = None\n{code}\nprint(json.dumps(answer))"],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows straight from the database file."""
        with contextlib.closing(sqlite3.connect(self.path / "bekwaam.sqlite3", timeout=10)) as database:
            return database.execute(question, values).fetchall()

    def put(self, table: str, **values: object) -> int:
        """A row written straight into the database file, without a process for it; returns its number."""
        names, places = ", ".join(values), ", ".join("?" * len(values))
        with contextlib.closing(sqlite3.connect(self.path / "bekwaam.sqlite3", timeout=10)) as database, database:
            cursor = database.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(values.values()))
            return int(cursor.lastrowid or 0)

    def put_job(self, kind: str, **arguments: object) -> int:
        """A job that waits; nobody is woken for it."""
        blank = {"result": "{}", "error_code": "", "error_values": "{}", "step": "", "asked_at": "2026-11-24 00:00:00"}
        counts = dict.fromkeys(("steps_done", "steps_total", "attempts"), 0)
        known = {"kind": kind, "state": "queued", "arguments": json.dumps(arguments), "asked_by": "user:1"}
        return self.put("records_job", **known, **blank, **counts)

    def job(self, number: int) -> dict[str, Any]:
        """A job as it stands now."""
        columns = "state", "attempts", "step", "error_code", "result"
        row = self.rows(f"SELECT {', '.join(columns)} FROM records_job WHERE id = ?", number)[0]
        found = dict(zip(columns, row, strict=True))
        return {**found, "result": json.loads(found["result"])}

    @contextlib.contextmanager
    def process(self, *words: str) -> Iterator[subprocess.Popen[str]]:
        """A process that works in the home, ended with all it started when the test leaves."""
        process = subprocess.Popen(
            [sys.executable, "-m", *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            family = [process.pid, *descendants(process.pid)]
            for pid in family:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            process.wait()
            for stream in (process.stdout, process.stderr):
                if stream:
                    stream.close()

    def worker(self) -> contextlib.AbstractContextManager[subprocess.Popen[str]]:
        """The worker of the home."""
        return self.process("bekwaam.faces.jobs.worker", str(os.getpid()))


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = stat.read_text().rsplit(")", 1)[1].split()
            if fields[0] != "Z":
                parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def is_alive(pid: int) -> bool:
    """Whether the process lives; a dead one that nobody has buried does not count."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_for(condition: Callable[[], Any], *, seconds: float = 20) -> Any:
    """What the condition says once it is true.

    Raises:
        AssertionError: it is not within the time.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")

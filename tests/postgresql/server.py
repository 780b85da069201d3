"""A PostgreSQL server of the tests' own: in a folder that goes away, reached through a socket in it, by nobody else."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
ROLE = "bekwaam"


def is_installed() -> bool:
    """Whether Debian's server is on this machine, and somebody there may run it: it refuses to be run by root."""
    return bool(PROGRAMS) and (os.getuid() != 0 or _runner() is not None)


def _runner() -> str | None:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None


def _run(*words: str | Path) -> None:
    program, *rest = words
    user = _runner() if os.getuid() == 0 else None
    ended = subprocess.run(
        [PROGRAMS[-1] / program, *rest], user=user, cwd="/", capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, f"{program}: {ended.stdout}{ended.stderr}"


@contextmanager
def running() -> Iterator[str]:
    """The address of an empty database on a server that runs inside."""
    folder = Path(tempfile.mkdtemp(prefix="bekwaam-pg-", dir="/tmp"))  # short: a socket's path has room for 107 signs
    if os.getuid() == 0:
        shutil.chown(folder, _runner())
    try:
        _run(
            "initdb",
            "--no-sync",
            "--auth=trust",
            f"--username={ROLE}",
            "--encoding=UTF8",
            "--locale=C",
            folder / "data",
        )
        quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        _run("pg_ctl", "-w", "-D", folder / "data", "-l", folder / "log", "-o", f"-k {folder} -h '' {quick}", "start")
        try:
            yield f"postgresql://{ROLE}@{quote(str(folder), safe='')}/postgres"
        finally:
            _run("pg_ctl", "-w", "-m", "immediate", "-D", folder / "data", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)

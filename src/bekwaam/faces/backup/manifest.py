"""What a backup holds: it says so itself, in its last member, so that a torn file has no word to speak."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final, Protocol

from bekwaam.demo.people import NOTE as DEMO_NOTE

FORMAT: Final = 1
NAME: Final = "manifest.json"
DATABASE: Final = "bekwaam.sqlite3"
LEDGER: Final = "facts/ledger.sqlite3"
SECRET_KEY: Final = "secret.key"  # noqa: S105  the name of the file
SINGLE_FILES: Final = (DATABASE, SECRET_KEY, DEMO_NOTE)
FOLDERS: Final = ("facts", "uploads", "refused", "files", "inbox")
CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True)
class Entry:
    """One file of the backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """All files, and what the home was when they were copied. `counts` are rows per table of the database."""

    made_at: str
    version: str
    facts_version: int
    migrations: tuple[str, ...]
    counts: dict[str, int]
    files: tuple[Entry, ...]

    def to_bytes(self) -> bytes:
        """As the backup carries it."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Manifest:
        """The manifest of a backup.

        Raises:
            ValueError: it is no manifest, or names a file outside the home.
        """
        found = json.loads(content)
        if not isinstance(found, dict) or found.pop("format", None) != FORMAT:
            raise ValueError("not a manifest")
        try:
            files = tuple(Entry(**entry) for entry in found.pop("files"))
            manifest = cls(**{**found, "migrations": tuple(found["migrations"])}, files=files)
        except (KeyError, TypeError) as error:
            raise ValueError("not a manifest") from error
        for entry in files:
            if not is_inside(entry.name):
                raise ValueError(entry.name)
        return manifest


def is_inside(name: str) -> bool:
    """Whether a name is of a file that a home has, and stays inside it."""
    parts = PurePosixPath(name).parts
    if name != "/".join(parts) or not parts or ".." in parts or parts[0] == "/" or "\\" in name or "\0" in name:
        return False
    return name in SINGLE_FILES or (len(parts) > 1 and parts[0] in FOLDERS)


class Readable(Protocol):
    """Something to read bytes from."""

    def read(self, size: int = ..., /) -> bytes: ...


class Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        chunk = self._file.read(size)
        self._digest.update(chunk)
        self.size += len(chunk)
        return chunk

    @property
    def sha256(self) -> str:
        """The hash of what was read so far."""
        return self._digest.hexdigest()

    def read_all(self) -> None:
        """Read to the end, for the hash alone."""
        while self.read(CHUNK_BYTES):
            pass


def copy_database(source: Path, target: Path) -> None:
    """A whole copy of a SQLite database, while others write to it."""
    with closing(sqlite3.connect(source, timeout=30)) as origin, closing(sqlite3.connect(target)) as copy:
        origin.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def faults_of(database: Path) -> list[str]:
    """What is wrong inside a SQLite file; empty when it is whole."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
            found = [str(row[0]) for row in opened.execute("PRAGMA integrity_check(5)")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if found == ["ok"] else found


def counts_of(database: Path) -> dict[str, int]:
    """Rows per table."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
        names: Iterable[Any] = opened.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
        quoted = [(name, name.replace('"', '""')) for (name,) in names]
        return {name: int(opened.execute(f'SELECT count(*) FROM "{q}"').fetchone()[0]) for name, q in quoted}  # noqa: S608


def migrations_of(database: Path) -> tuple[str, ...]:
    """The changes of shape that the database has had, as app.name."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
        rows = opened.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    return tuple(f"{app}.{name}" for app, name in rows)

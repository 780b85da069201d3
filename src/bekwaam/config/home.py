"""The one folder that holds everything an installation keeps."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600


@dataclass(frozen=True)
class Home:
    """The folder of one installation, and the path of each thing in it. Nothing is made before `prepare()`."""

    path: Path

    @classmethod
    def from_environment(cls) -> Home:
        """The folder that `BEKWAAM_HOME` names, or `bekwaam-data` in the working folder."""
        return cls(Path(os.environ.get("BEKWAAM_HOME") or "bekwaam-data").expanduser().resolve())

    @property
    def database(self) -> Path:
        """Records: users, customers, imports, readings."""
        return self.path / "bekwaam.sqlite3"

    @property
    def queue(self) -> Path:
        """The queue that wakes the worker."""
        return self.path / "queue.sqlite3"

    @property
    def facts(self) -> Path:
        """Fact tables and their ledger."""
        return self.path / "facts"

    @property
    def uploads(self) -> Path:
        """Files that were offered, kept until they are done."""
        return self.path / "uploads"

    @property
    def refused(self) -> Path:
        """Files with the rows that an import refused."""
        return self.path / "refused"

    @property
    def jobs(self) -> Path:
        """What jobs wrote while at work."""
        return self.path / "jobs"

    @property
    def backups(self) -> Path:
        """Copies of the home."""
        return self.path / "backups"

    @property
    def inbox(self) -> Path:
        """The watched folder: files dropped here are read in when their source is known."""
        return self.path / "inbox"

    @property
    def files(self) -> Path:
        """Files that people keep with a record, under names made here."""
        return self.path / "files"

    @property
    def static(self) -> Path:
        """Styles, scripts and fonts as the pages ask for them, gathered at start."""
        return self.path / "static"

    @property
    def secret_key_file(self) -> Path:
        """The secret that signs cookies and forms."""
        return self.path / "secret.key"

    @property
    def is_made(self) -> bool:
        """Whether this folder was ever opened as a home, even if part of it is gone."""
        return any(file.is_file() for file in (self.database, self.secret_key_file, self.facts / "ledger.sqlite3"))

    def prepare(self) -> None:
        """Make the folders, readable by their owner alone, and the secret key. Safe to repeat.

        A folder that was there keeps its rights: it may be someone's, such as /srv. So the databases, which would be
        made as the umask says, are made here for their owner alone.
        """
        kept = (self.facts, self.uploads, self.refused, self.jobs, self.backups, self.inbox, self.files, self.static)
        for folder in (self.path, *kept):
            folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        self._keep_key()
        for file in (self.database, self.queue):
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT, FILE_MODE))

    def secret_key(self) -> str:
        """The secret key: from the file, or the one that `prepare()` is going to write there.

        A file that may not be read is refused by `prepare()`: settings are read before there are words for it.
        """
        try:
            return self.secret_key_file.read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            return _fresh_key(self.path)

    def _keep_key(self) -> None:
        try:
            handle = os.open(self.secret_key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        except FileExistsError:
            self.secret_key_file.read_text(encoding="ascii")
            return
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(_fresh_key(self.path) + "\n")
            file.flush()
            os.fsync(file.fileno())


@cache
def _fresh_key(_path: Path) -> str:
    return secrets.token_urlsafe(50)

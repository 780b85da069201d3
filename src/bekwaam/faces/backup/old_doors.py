"""The ways in that a restore would open again: sessions and links that have ended since the backup was made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from bekwaam.access import audit
from bekwaam.access.models import Company
from bekwaam.faces.backup.manifest import Manifest
from bekwaam.terms.actor import SYSTEM


def close(database: Path) -> None:
    """End every session and every one-time link of a database before it takes its place: not one moment are they open.

    Raises:
        sqlite3.Error: it is not the database of a home.
    """
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"  # as Django writes it
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute("DELETE FROM django_session")
        opened.execute(
            "UPDATE access_onetimelink SET expires_at = ? WHERE used_at IS NULL AND expires_at > ?", (now, now)
        )


@transaction.atomic
def record(manifest: Manifest) -> None:
    """Tell the audit log, which is that of the backup, that what follows comes after a restore."""
    came_back = {"backup_of": manifest.made_at, "facts_version": manifest.facts_version}
    audit.record(SYSTEM, "home.restored", Company.current(), after=came_back, open_fields=tuple(came_back))

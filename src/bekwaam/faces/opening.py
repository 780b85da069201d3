"""Opening a home: its folder, its database and its fact tables, ready for the command that follows."""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured

from bekwaam.facts.durable import disk_failures
from bekwaam.terms.errors import Failed, WrongCall


def know_home(path: Path | None) -> None:
    """Know where the home is and speak its words; nothing is made, opened or changed. Safe to repeat.

    An address that cannot be (BEKWAAM_URL) ends the command here: without settings there are no words but its own.
    """
    if path is not None:
        os.environ["BEKWAAM_HOME"] = str(path.expanduser().resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekwaam.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from error


def open_home(path: Path | None) -> None:
    """Make the home ready: folders and key, tables brought up to date, fact tables created. Safe to repeat.

    Two commands that open a new home at once wait for each other.

    Raises:
        Failed: `cannot_write` in the home; `disk_full`; `database_busy`, or `database_unusable` when it is damaged.
    """
    know_home(path)
    from django.conf import settings  # settings can only be read once the home is known
    from django.db import Error

    from bekwaam.records.database import database_failure

    home = settings.BEKWAAM_HOME
    try:
        with disk_failures(home.path):
            home.prepare()
            _bring_up_to_date(home)
    except OSError as error:
        raise Failed("cannot_write", file=str(home.path), reason=error.strerror or str(error)) from error
    except Error as error:
        raise database_failure(error, home.database) from error


def _bring_up_to_date(home: Any) -> None:
    with (home.path / "opening.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _migrate()
        _create_facts(home.facts)


def open_made_home(path: Path | None) -> None:
    """Open a home that is there; nothing is made in a folder that is none.

    Raises:
        WrongCall: `home_missing`.
        Failed: as `open_home`.
    """
    know_home(path)
    must_be_made()
    open_home(path)


def must_be_made() -> None:
    """Refuse a folder that was never opened as a home.

    Raises:
        WrongCall: `home_missing`.
    """
    from django.conf import settings

    if not settings.BEKWAAM_HOME.is_made:
        raise WrongCall("home_missing", folder=str(settings.BEKWAAM_HOME.path))


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    if cache_table_is_missing():
        call_command("createcachetable", verbosity=0)


def cache_table_is_missing() -> bool:
    """Whether attempts to sign in have nowhere to be counted. No migration makes that table."""
    from django.conf import settings
    from django.db import connection

    wanted = {cache["LOCATION"] for cache in settings.CACHES.values() if "LOCATION" in cache}
    return not wanted.issubset(connection.introspection.table_names())


def _create_facts(root: Path) -> None:
    from bekwaam.facts.store import Store

    Store(root).create()

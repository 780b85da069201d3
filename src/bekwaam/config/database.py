"""Where records are kept: SQLite in the home for one machine, PostgreSQL for a team when `DATABASE_URL` names one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

WAIT_SECONDS: Final = 10
QUICK_ANSWERS: Final = "-c jit=off"
"""Questions of a page are short: compiling one took PostgreSQL 100 ms, answering it 20."""


def database(file: Path) -> dict[str, Any]:
    """Django's settings of the database that `DATABASE_URL` names, or of the file in the home.

    Raises:
        ImproperlyConfigured: the address is of no database that Bekwaam knows, or its driver is missing.
    """
    address = os.environ.get("DATABASE_URL", "")
    return _postgresql(address) if address else _sqlite(file)


def _sqlite(file: Path) -> dict[str, Any]:
    """FULL: after a power cut no acknowledged change is lost. IMMEDIATE: a transaction that is going to write takes
    the lock at its beginning, so that it waits for another writer instead of failing half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            "timeout": WAIT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql(address: str) -> dict[str, Any]:
    """A connection stays open for a minute, and is looked at before it is used again."""
    if not address.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(
            "DATABASE_URL names no PostgreSQL database. Write it as postgresql://user:password@host:5432/name, "
            "or leave it out: then the records are kept in the home."
        )
    _must_have_driver()
    found = dict(dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True))
    found["OPTIONS"] = {"connect_timeout": WAIT_SECONDS, "options": QUICK_ANSWERS, **found.get("OPTIONS", {})}
    return found


def _must_have_driver() -> None:
    try:
        import psycopg  # noqa: F401  an extra: an installation without a team does not carry it
    except ImportError as error:
        raise ImproperlyConfigured(
            "DATABASE_URL names PostgreSQL, but its driver is missing. "
            "Install it with: pip install --require-hashes -r requirements/team.txt"
        ) from error

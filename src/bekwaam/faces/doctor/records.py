"""Checks on the database with the records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import wraps
from pathlib import Path
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from bekwaam.access import audit, personal
from bekwaam.access.scope import ScopedModel
from bekwaam.faces.doctor.finding import Check, Finding, ill, well
from bekwaam.faces.opening import cache_table_is_missing
from bekwaam.frame.formats import whole_number
from bekwaam.records import finding
from bekwaam.records.searching import index as searching

LARGEST_WAL_MB: Final = 256
MEGABYTE: Final = 1 << 20
FULL: Final = 2


def of_sqlite(check: Check) -> Check:
    """A check of the file in the home; where the records are in PostgreSQL that looks after itself."""

    @wraps(check)
    def looked() -> Finding:
        if connection.vendor != "sqlite":
            return well(_("The records are in PostgreSQL, which looks after this itself."))
        return check()

    return looked


@contextmanager
def reading(file: Path) -> Iterator[sqlite3.Connection]:
    """The database file, opened to read only: looking never makes or mends anything.

    Raises:
        FileNotFoundError: it is not there.
    """
    if not file.is_file():
        raise FileNotFoundError(file.name)
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=10)) as opened:
        yield opened


@of_sqlite
def database_whole() -> Finding:
    """Every page of the database can be read and agrees with the others."""
    with reading(settings.BEKWAAM_HOME.database) as database:
        faults = [row[0] for row in database.execute("PRAGMA integrity_check(5)")]
    if faults != ["ok"]:
        return ill(
            _("The database is damaged (%(fault)s). Stop Bekwaam and restore the newest backup.") % {"fault": faults[0]}
        )
    return well(_("The database is whole."))


@of_sqlite
def foreign_keys() -> Finding:
    """Every row that names another row finds it."""
    with reading(settings.BEKWAAM_HOME.database) as database:
        found = database.execute("PRAGMA foreign_key_check").fetchall()
    if found:
        tables = ", ".join(sorted({row[0] for row in found}))
        values = {"count": whole_number(len(found)), "tables": tables}
        return ill(
            _("Rows that name a row which is not there: %(count)s, in %(tables)s. Restore the newest backup.") % values
        )
    return well(_("Every row that names another row finds it."))


@of_sqlite
def durability() -> Finding:
    """An acknowledged change survives a power cut."""
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        level = cursor.execute("PRAGMA synchronous").fetchone()[0]
    if (mode, level) != ("wal", FULL):
        return ill(
            _(
                "The database runs with journal %(mode)s and level %(level)s, so a power cut could lose changes. "
                "It should be wal and 2."
            )
            % {"mode": mode, "level": level}
        )
    return well(_("An acknowledged change survives a power cut (journal wal, synchronous full)."))


@of_sqlite
def journal_size() -> Finding:
    """The journal beside the database is emptied from time to time."""
    file = settings.BEKWAAM_HOME.database.with_name(settings.BEKWAAM_HOME.database.name + "-wal")
    size = file.stat().st_size // MEGABYTE if file.exists() else 0
    values = {"size": whole_number(size)}
    if size > LARGEST_WAL_MB:
        return ill(
            _("The journal beside the database has grown to %(size)s MB. Stop Bekwaam and start it again.") % values
        )
    return well(_("The journal beside the database is small."))


def migrations() -> Finding:
    """The database has the shape that this version expects."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    unknown = sorted(set(executor.loader.applied_migrations) - set(executor.loader.graph.nodes))
    unknown = [node for node in unknown if not _is_replaced(executor, node)]
    if waiting:
        return ill(
            _("Changes of the database that wait: %(count)d. They are made at the next start.")
            % {"count": len(waiting)}
        )
    if unknown:
        return ill(
            _("The database is from a newer version of Bekwaam (%(name)s). Install that version.")
            % {"name": ".".join(unknown[-1])}
        )
    return well(_("The database has the shape that this version expects."))


def attempts_table() -> Finding:
    """Attempts to sign in can be counted, without which nobody gets in."""
    if cache_table_is_missing():
        return ill(
            _(
                "The table that counts attempts to sign in is missing, so nobody can sign in. "
                "It is made at the next start."
            )
        )
    return well(_("Attempts to sign in are counted."))


def _is_replaced(executor: MigrationExecutor, node: tuple[str, str]) -> bool:
    return any(node in squashed.replaces for squashed in executor.loader.replacements.values())


def unknown_tables() -> Finding:
    """No table is there that this version knows nothing of."""
    known = set(connection.introspection.django_table_names(include_views=False)) | {"django_migrations"}
    known |= {cache["LOCATION"] for cache in settings.CACHES.values() if "LOCATION" in cache}
    known |= set(searching.vendor().TABLES)
    found = sorted(set(connection.introspection.table_names()) - known)
    if found:
        return ill(
            _("The database holds tables that Bekwaam does not know: %(names)s. See who made them.")
            % {"names": ", ".join(found)}
        )
    return well(_("Every table of the database is known."))


def search_index() -> Finding:
    """Whoever searches finds the records as they are."""
    strayed = finding.strayed()
    if strayed or not searching.is_in_step():
        return ill(
            _("The search is out of step with the records (%(count)s of them at least). Run bekwaam reindex.")
            % {"count": whole_number(max(strayed, 1))}
        )
    return well(_("The search finds the records as they are."))


def audit_chain() -> Finding:
    """Nobody altered the audit log."""
    first = audit.first_fault()
    if first is not None:
        return ill(
            _("The audit log was altered at entry %(number)d or before it. Compare it with a backup.")
            % {"number": first}
        )
    return well(_("The audit log is unbroken."))


def personal_tags() -> Finding:
    """Export and erasure know of every field whether it says something about a person."""
    models = [model for model in apps.get_models() if issubclass(model, ScopedModel)]
    faults = [fault for model in models for fault in personal.faults(model)]
    if faults:
        return ill(
            _("Of these fields nobody said whether they are personal: %(faults)s.") % {"faults": "; ".join(faults)}
        )
    return well(_("Of every field it is known whether it says something about a person."))

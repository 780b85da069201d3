"""The triggers that keep the audit log append-only, whoever holds the connection."""

from __future__ import annotations

from typing import Any, Final

SQLITE: Final = (
    """
    CREATE TRIGGER audit_entry_is_never_altered BEFORE UPDATE ON access_auditentry
    BEGIN SELECT RAISE(ABORT, 'audit entries are never altered'); END
    """,
    """
    CREATE TRIGGER audit_entry_is_never_removed BEFORE DELETE ON access_auditentry
    BEGIN SELECT RAISE(ABORT, 'audit entries are never removed'); END
    """,
    # INSERT OR REPLACE removes the old row without any DELETE trigger.
    """
    CREATE TRIGGER audit_entry_is_never_replaced BEFORE INSERT ON access_auditentry
    WHEN EXISTS (SELECT 1 FROM access_auditentry WHERE id = NEW.id OR previous = NEW.previous)
    BEGIN SELECT RAISE(ABORT, 'audit entries are never replaced'); END
    """,
)
SQLITE_GONE: Final = (
    "DROP TRIGGER IF EXISTS audit_entry_is_never_altered",
    "DROP TRIGGER IF EXISTS audit_entry_is_never_removed",
    "DROP TRIGGER IF EXISTS audit_entry_is_never_replaced",
)
POSTGRESQL: Final = (
    """
    CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit entries are never altered or removed'; END $$
    """,
    """
    CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE ON access_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only()
    """,
    """
    CREATE TRIGGER audit_log_is_never_emptied BEFORE TRUNCATE ON access_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_append_only()
    """,
)
POSTGRESQL_GONE: Final = (
    "DROP TRIGGER IF EXISTS audit_log_is_never_emptied ON access_auditentry",
    "DROP TRIGGER IF EXISTS audit_entry_is_append_only ON access_auditentry",
    "DROP FUNCTION IF EXISTS audit_entry_is_append_only()",
)


def put_up(connection: Any) -> None:
    """Put the triggers on the audit log."""
    _run(connection, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def take_down(connection: Any) -> None:
    """Take the triggers off: only when the table itself goes, or a test clears its database."""
    _run(connection, {"sqlite": SQLITE_GONE, "postgresql": POSTGRESQL_GONE})


def _run(connection: Any, by_vendor: dict[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in by_vendor[connection.vendor]:
            cursor.execute(statement)

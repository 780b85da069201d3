"""The index of the database that is in use."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from django.db import connection

from bekwaam.records.searching import postgresql, sqlite

_BY_VENDOR = {"sqlite": sqlite, "postgresql": postgresql}


def vendor(of: Any = connection) -> ModuleType:
    """How this database indexes words: CREATE, DROP, TABLES, `matching`, `beginning`, `inside`, `is_in_step`."""
    return _BY_VENDOR[of.vendor]


def create(of: Any) -> None:
    """Make the index over whatever entries there are."""
    _carry_out(of, vendor(of).CREATE)


def drop(of: Any) -> None:
    """Take the index away; the entries stay."""
    _carry_out(of, vendor(of).DROP)


def _carry_out(of: Any, statements: tuple[str, ...]) -> None:
    with of.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def is_in_step() -> bool:
    """Whether the index holds what the entries hold."""
    with connection.cursor() as cursor:
        return bool(vendor().is_in_step(cursor))

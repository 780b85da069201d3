"""What a database that fails is called."""

from __future__ import annotations

from pathlib import Path

from bekwaam.terms.errors import Failed


def database_failure(error: Exception, file: Path) -> Failed:
    """`database_busy` when others kept it locked, which passes by itself; else `database_unusable`."""
    if "is locked" in str(error):
        return Failed("database_busy", file=str(file))
    return Failed("database_unusable", file=str(file), reason=str(error))

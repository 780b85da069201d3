"""What every test may use: a home of its own and the standing cast."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from standing_cast import Cast

QUICK_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"


def pytest_configure() -> None:
    """Signing in is not what most tests are about, so hashing is quick; one test uses the real hasher."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = [QUICK_HASHER]
    settings.WHITENOISE_AUTOREFRESH = True  # looks a file up when asked, instead of all files for every test client
    _let_tests_empty_the_audit_log()


def _let_tests_empty_the_audit_log() -> None:
    """A test with real transactions clears all tables afterwards; the triggers stand aside for that moment."""
    from django.db import connection

    from bekwaam.access import chain_triggers

    operations = type(connection.ops)
    clear = operations.execute_sql_flush

    def clear_without_triggers(self: Any, sql_list: list[str]) -> None:
        if "access_auditentry" not in self.connection.introspection.table_names():
            clear(self, sql_list)
            return
        chain_triggers.take_down(self.connection)
        clear(self, sql_list)
        chain_triggers.put_up(self.connection)

    operations.execute_sql_flush = clear_without_triggers


def _use_home(path: Path) -> Any:
    from django.conf import settings

    from bekwaam.config.home import Home

    home = Home(path)
    home.prepare()
    settings.BEKWAAM_HOME = home
    settings.STATIC_ROOT = home.static
    settings.FILE_UPLOAD_TEMP_DIR = home.uploads
    return home


@pytest.fixture(scope="session", autouse=True)
def home_of_all_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """No test touches a real home; what it starts from the command line goes here as well."""
    home = _use_home(tmp_path_factory.mktemp("home"))
    before = os.environ.get("BEKWAAM_HOME")
    os.environ["BEKWAAM_HOME"] = str(home.path)
    yield home
    os.environ.pop("BEKWAAM_HOME") if before is None else os.environ.update(BEKWAAM_HOME=before)


@pytest.fixture
def home(tmp_path: Path, home_of_all_tests: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A fresh, empty home for one test."""
    fresh = _use_home(tmp_path / "home")
    monkeypatch.setenv("BEKWAAM_HOME", str(fresh.path))
    yield fresh
    _use_home(home_of_all_tests.path)


@pytest.fixture
def cast(db: None) -> Cast:
    """The standing cast, in an otherwise empty database."""
    return Cast()


@pytest.fixture
def rows_written(db: None) -> Callable[[], int]:
    """How many rows this connection has ever written: two equal counts prove that nothing changed in between."""
    from django.db import connection

    def count() -> int:
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            return int(connection.connection.total_changes)
        with connection.cursor() as cursor:
            cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_all_tables")
            return int(cursor.fetchone()[0])

    return count

"""A team keeps its records in PostgreSQL. What holds on SQLite holds there: the same tests, on a real server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
SLICE = ROOT / "tests" / "data" / "online_retail_slice.csv"
AS_OF = ("--as-of", "2011-12-10")
SAME_TESTS = (
    "access/test_audit_chain.py",
    "access/test_roles.py",
    "access/test_scoped_door.py",
    "access/test_signing_in.py",
    "faces/jobs/test_outbox.py",
    "faces/web/test_user_pages.py",
    "frame/rest/test_rest_base.py",
    "records",
    "workspaces/data/test_import_overlaps.py",
    "workspaces/data/test_import_parties.py",
    "workspaces/test_customers_list.py",
    "workspaces/test_record_page.py",
    "workspaces/test_rooms.py",
)


def bekwaam(home: Path, *words: str | Path, database: str = "") -> str:
    """What a command prints, in a home whose records are in the database."""
    command = [sys.executable, "-m", "bekwaam.faces.cli.main", "--home", str(home), *map(str, words)]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database:
        environment["DATABASE_URL"] = database
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_same_tests_pass_on_postgresql(postgresql: str) -> None:
    """Tables, reach, audit, jobs, search, imports with undo, lists, records, REST, and every page of the rooms."""
    files = [str(ROOT / "tests" / name) for name in SAME_TESTS]
    environment = os.environ | {"DATABASE_URL": postgresql}
    environment.pop("PYTEST_XDIST_WORKER", None)
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *files],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-6000:]


def test_monday_says_the_same_from_either_database(postgresql: str, tmp_path: Path) -> None:
    said = {}
    for name, database in (("sqlite", ""), ("postgresql", postgresql)):
        home = tmp_path / name
        bekwaam(home, "import", "sales", SLICE, database=database)
        bekwaam(home, "refresh", *AS_OF, database=database)
        said[name] = json.loads(bekwaam(home, "brief", *AS_OF, "--json", database=database))
    assert said["postgresql"] == said["sqlite"]


def test_an_address_that_is_no_postgresql_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="DATABASE_URL names no PostgreSQL database"):
        bekwaam(tmp_path, "doctor", database="mysql://somewhere/else")


@pytest.fixture
def second(postgresql: str) -> str:
    """Another empty database on the same server: a database belongs to one home."""
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE second")
    return postgresql.removesuffix("/postgres") + "/second"


def test_the_doctor_knows_where_the_records_are_and_a_backup_says_so(second: str, tmp_path: Path) -> None:
    home = tmp_path / "team"
    bekwaam(home, "import", "sales", SLICE, database=second)
    checks = doctor(home, second)
    assert "PostgreSQL" in checks["database_whole"]["sentence"]
    assert checks["migrations"]["ok"]
    assert checks["audit_chain"]["ok"]
    with pytest.raises(AssertionError, match="pg_dump"):
        bekwaam(home, "backup", database=second)


def doctor(home: Path, database: str) -> dict[str, dict[str, object]]:
    """What the doctor found, check by check; a new home has points that need attention."""
    command = [sys.executable, "-m", "bekwaam.faces.cli.main", "--home", str(home), "doctor", "--json"]
    environment = os.environ | {"DATABASE_URL": database}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    return {check["name"]: check for check in json.loads(ended.stdout)["checks"]}

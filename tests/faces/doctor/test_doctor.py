"""The doctor finds each breakage that was seeded, and nothing in a healthy home."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from homes_on_disk import HomeOnDisk

from bekwaam.access.actions import Person, create_user
from bekwaam.access.models import RoleGrant
from bekwaam.config.home import Home
from bekwaam.faces.backup.making import make, target_for
from bekwaam.faces.claim import claim
from bekwaam.faces.doctor import examining, facts, home, program, records, work
from bekwaam.records.models import Batch, Customer, Job, Run, Upload


@pytest.fixture
def here(disk_home_with_lines: HomeOnDisk, settings: Any, db: None) -> Path:
    """A healthy home on disk; the rows are in the database of the tests."""
    settings.BEKWAAM_HOME = Home(disk_home_with_lines.path)
    Batch.objects.create(batch_id="B0001", kind="sales", state=Batch.State.DONE, file_name="few.csv")
    Run.objects.create(state="done", is_current=True, as_of="2010-12-02", facts_version=1, engine="here")
    create_user(Person("admin@here.example", "Administrator"), roles=["admin"], password="quite-a-long-one")
    make(target_for(None))
    return disk_home_with_lines.path


def ask(**values: Any) -> None:
    Job.objects.create(kind=Job.Kind.REFRESH, **values)


def long_ago() -> Any:
    return timezone.now() - timedelta(hours=1)


def garble(file: Path, start: int = 4096 * 2) -> None:
    content = bytearray(file.read_bytes())
    content[start:] = os.urandom(len(content) - start)
    file.write_bytes(content)


def age(folder: Path, days: float) -> None:
    for file in folder.iterdir():
        os.utime(file, (time.time() - days * 86_400,) * 2)


BREAKAGES: list[tuple[Callable[[], Any], Callable[[Path], Any]]] = [
    (home.home_folder, lambda path: path.chmod(0o755)),
    (home.home_folder, lambda path: (path / "jobs").rename(path.parent / "jobs")),
    (home.secret_key, lambda path: (path / "secret.key").chmod(0o644)),
    (home.secret_key, lambda path: (path / "secret.key").unlink()),
    (home.secret_key, lambda path: (path / "secret.key").write_text("short")),
    (home.clock, lambda path: os.utime(path / "secret.key", (time.time() + 200_000,) * 2)),
    (home.backup_age, lambda path: age(path / "backups", 8)),
    (home.backup_age, lambda path: next((path / "backups").glob("*.tar")).unlink()),
    (home.leftovers, lambda path: _long_ago((path / "backups" / ".backup-abc") / "bekwaam.sqlite3")),
    (home.leftovers, lambda path: (path.parent / f".{path.name}-restoring-abc").mkdir()),
    (records.database_whole, lambda path: garble(path / "bekwaam.sqlite3")),
    (records.database_whole, lambda path: (path / "bekwaam.sqlite3").unlink()),
    (records.journal_size, lambda path: os.truncate(_made(path / "bekwaam.sqlite3-wal"), 300 << 20)),
    (records.unknown_tables, lambda _path: _sql("CREATE TABLE stranger (id INTEGER)")),
    (records.search_index, lambda _path: _sql("DROP TRIGGER records_search_after_insert")),
    (records.search_index, lambda _path: Customer.objects.create(number="100", name="Nobody can find me")),
    (records.migrations, lambda _path: _sql("DELETE FROM django_migrations WHERE app = 'records'")),
    (
        records.migrations,
        lambda _path: _sql(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '0099_x', '2030-01-01')"
        ),
    ),
    (records.attempts_table, lambda _path: _sql("DROP TABLE access_cache")),
    (facts.facts_tables, lambda path: next((path / "facts" / "sales").glob("**/*.parquet")).unlink()),
    (facts.facts_tables, lambda path: (path / "facts" / "ledger.sqlite3").unlink()),
    (facts.facts_ledger, lambda path: garble(path / "facts" / "ledger.sqlite3")),
    (facts.batches_pending, lambda _path: Batch.objects.create(batch_id="B0002", kind="sales", state="pending")),
    (facts.batches_known, lambda _path: Batch.objects.create(batch_id="B0002", kind="sales", state="done")),
    (facts.batches_known, lambda _path: Batch.objects.all().delete()),
    (facts.figures, lambda _path: Run.objects.update(facts_version=0)),
    (facts.figures, lambda _path: Run.objects.all().delete()),
    (work.queue, lambda path: (path / "queue.sqlite3").write_bytes(os.urandom(9000))),
    (work.jobs_waiting, lambda _path: ask()),
    (work.jobs_orphaned, lambda _path: ask(state=Job.State.RUNNING, heartbeat_at=long_ago())),
    (work.jobs_failed, lambda _path: ask(state=Job.State.FAILED, ended_at=long_ago())),
    (work.uploads, lambda _path: Upload.objects.create(file="gone.csv", file_name="orders.csv")),
    (work.refused_files, lambda _path: Batch.objects.update(refused_file="B0001-few.xlsx")),
    (program.administrator, lambda _path: RoleGrant.objects.all().delete()),
    (
        program.demo_users,
        lambda _path: create_user(
            Person("leader@demo.example", "Leader"), roles=["leader"], password="quite-a-long-one"
        ),
    ),
]


def _made(file: Path) -> Path:
    file.touch()
    return file


def _long_ago(file: Path) -> None:
    file.parent.mkdir()
    file.touch()
    os.utime(file.parent, (time.time() - 3600,) * 2)


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("check", "breakage"), BREAKAGES, ids=[f"{c.__name__}-{n}" for n, (c, _b) in enumerate(BREAKAGES)]
)
def test_a_breakage_is_found(check: Callable[[], Any], breakage: Callable[[Path], Any], here: Path) -> None:
    before = examining.carried_out(check)
    assert before.is_well, before.words
    breakage(here)
    after = examining.carried_out(check)
    assert not after.is_well
    assert len(after.words) > 20


def test_an_old_table_of_packages_is_found(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "runtime.txt"
    lock.write_text("django==1.0 \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(program, "LOCK", lock)
    assert "django" in program.versions().words
    assert not program.versions().is_well


def test_a_full_disk_is_found(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"total": 100 << 30, "free": 1 << 30})
    monkeypatch.setattr(home.shutil, "disk_usage", lambda _path: usage)
    assert not home.disk_space().is_well


def test_work_that_waits_while_someone_serves_is_no_trouble(here: Path) -> None:
    ask()
    with claim(here / "serve.lock", note="http://127.0.0.1:8000"):
        assert work.jobs_waiting().is_well


def test_every_check_has_a_name_of_its_own_and_there_are_enough() -> None:
    names = [check.__name__ for check in examining.CHECKS]
    assert len(set(names)) == len(names) >= 25


def test_a_healthy_home_is_in_order_and_stays_untouched(disk_home_with_lines: HomeOnDisk) -> None:
    path = disk_home_with_lines.path
    disk_home_with_lines.python(
        "from bekwaam.records.models import Run\n"
        "Run.objects.create(state='done', is_current=True, as_of='2010-12-02', facts_version=1, engine='here')"
    )
    assert disk_home_with_lines.command("backup").returncode == 0
    before = {file.name for file in path.iterdir()}
    told = disk_home_with_lines.command("doctor", "--json")
    found = json.loads(told.stdout)
    assert [check for check in found["checks"] if not check["ok"]] == []
    assert (found["ok"], told.returncode) == (True, 0)
    assert {file.name for file in path.iterdir()} <= before | {"serve.lock"}


def test_trouble_gives_exit_code_one_and_dutch_words(disk_home: HomeOnDisk) -> None:
    disk_home.path.chmod(0o755)
    told = disk_home.command("doctor", "--json")
    found = {check["name"]: check for check in json.loads(told.stdout)["checks"]}
    assert told.returncode == 1
    assert not found["home_folder"]["ok"]
    assert not found["administrator"]["ok"]


def test_a_home_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    told = HomeOnDisk(tmp_path / "none").command("doctor")
    assert told.returncode == 2
    assert not (tmp_path / "none").exists()

"""Backup and restore: the same home comes back, or nothing changes."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import sqlite3
import tarfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from homes_on_disk import HomeOnDisk

from bekwaam.config.home import Home
from bekwaam.faces.backup import passing, restoring
from bekwaam.faces.backup.making import make, target_for
from bekwaam.faces.backup.restoring import restore
from bekwaam.faces.claim import claim
from bekwaam.frame.sentences import sentence
from bekwaam.terms.errors import Failed, Refused, WrongCall

Members = list[tuple[tarfile.TarInfo, bytes]]


@pytest.fixture
def here(disk_home_with_lines: HomeOnDisk, settings: Any) -> HomeOnDisk:
    """A home with order lines, which this process works in as well."""
    settings.BEKWAAM_HOME = Home(disk_home_with_lines.path)
    return disk_home_with_lines


@pytest.fixture
def backup(here: HomeOnDisk, tmp_path: Path) -> Path:
    """A backup of it."""
    make(tmp_path / "kept.tar")
    return tmp_path / "kept.tar"


def picture(folder: Path) -> dict[str, str]:
    """Every file of a folder with its hash; locks hold nothing."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith((".lock", "lock"))]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def rebuilt(backup: Path, change: Callable[[Members], Members]) -> Path:
    """The same backup with other members."""
    with tarfile.open(backup) as archive:
        members = [(info, (archive.extractfile(info) or io.BytesIO()).read()) for info in archive]
    other = backup.with_name("changed.tar")
    with tarfile.open(other, "w") as archive:
        for info, content in change(members):
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return other


def member(name: str, **traits: Any) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    for trait, value in traits.items():
        setattr(info, trait, value)
    return info


def edited_manifest(members: Members, **values: Any) -> Members:
    info, content = members[-1]
    return [*members[:-1], (info, json.dumps({**json.loads(content), **values}).encode())]


def totals(home: HomeOnDisk) -> Any:
    return home.python(
        "from datetime import date; from django.conf import settings; from bekwaam.facts.read import Facts\n"
        "from bekwaam.terms.actor import SYSTEM; from bekwaam.records.models import Customer, Product\n"
        "facts = Facts(settings.BEKWAAM_HOME.facts)\n"
        "row = facts.ask('totals_between', SYSTEM, first=date(2000, 1, 1), until=date(2030, 1, 1)).rows[0]\n"
        "answer = [[str(value) for value in row], facts.version, Customer.objects.count(), Product.objects.count()]"
    )


def test_a_backup_comes_back_as_the_same_home(disk_home_with_lines: HomeOnDisk, tmp_path: Path) -> None:
    made = disk_home_with_lines.command("backup", str(tmp_path / "away"), "--json")
    assert made.returncode == 0, made.stderr
    file = Path(json.loads(made.stdout)["file"])
    again = HomeOnDisk(tmp_path / "again")
    back = again.command("restore", str(file), "--json")
    assert back.returncode == 0, back.stderr
    assert totals(again) == totals(disk_home_with_lines)
    assert (again.path / "secret.key").read_text() == (disk_home_with_lines.path / "secret.key").read_text()
    assert json.loads(back.stdout)["kept"] is None
    assert file.stat().st_mode & 0o077 == 0


def test_sessions_and_links_of_then_stay_closed_and_the_audit_log_says_why(
    disk_home_with_lines: HomeOnDisk, tmp_path: Path
) -> None:
    home = disk_home_with_lines
    link = home.command("admin-link", "admin@here.example").stdout.strip()
    home.put("django_session", session_key="k" * 32, session_data="", expire_date="2099-01-01 00:00:00")
    file = json.loads(home.command("backup", str(tmp_path / "kept.tar"), "--json").stdout)["file"]
    again = HomeOnDisk(tmp_path / "again")
    back = again.command("restore", file)
    assert back.returncode == 0, back.stderr
    assert again.rows("SELECT count(*) FROM django_session") == [(0,)]
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert again.python(f"from bekwaam.access import links\nanswer = links.find({token!r}) is None")
    entries = again.rows("SELECT who, action FROM access_auditentry ORDER BY id DESC LIMIT 1")
    assert entries == [("system", "home.restored")]
    assert again.command("doctor", "--json").stdout.count('"audit_chain",\n      "ok": true') == 1


def test_a_change_that_is_only_in_the_journal_is_in_the_backup(here: HomeOnDisk, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(here.path / "bekwaam.sqlite3")) as busy:
        busy.execute("UPDATE access_company SET name = 'Renamed while open'")
        busy.commit()
        make(tmp_path / "kept.tar")
    again = HomeOnDisk(tmp_path / "again")
    restore(tmp_path / "kept.tar", again.path)
    assert again.rows("SELECT name FROM access_company") == [("Renamed while open",)]


def test_a_restored_demo_is_the_demo_again(here: HomeOnDisk, tmp_path: Path) -> None:
    (here.path / "demo-sign-in.json").write_text('{"password": "abcd-efgh"}')
    make(tmp_path / "kept.tar")
    restore(tmp_path / "kept.tar", tmp_path / "again")
    assert (tmp_path / "again" / "demo-sign-in.json").read_text() == '{"password": "abcd-efgh"}'
    assert (tmp_path / "again" / "demo-sign-in.json").stat().st_mode & 0o077 == 0


def test_queue_logs_and_styles_are_not_in_a_backup(here: HomeOnDisk, tmp_path: Path) -> None:
    for name in ("queue.sqlite3", "jobs/1.log", "static/style.css"):
        (here.path / name).parent.mkdir(exist_ok=True)
        (here.path / name).write_text("made again at any time")
    (here.path / "uploads" / "offered.csv").write_text("offered")
    manifest = make(tmp_path / "kept.tar")
    names = {entry.name for entry in manifest.files}
    assert {name.split("/")[0] for name in names} == {"bekwaam.sqlite3", "facts", "secret.key", "uploads"}
    assert manifest.counts["records_batch"] == 1
    assert manifest.facts_version == 1


def test_the_home_that_stood_there_is_kept_with_nothing_lost(backup: Path, here: HomeOnDisk) -> None:
    (here.path / "backups" / "older.tar").write_text("an older backup")
    (here.path / "uploads" / "new.csv").write_text("offered after the backup")
    restored = restore(backup, here.path)
    assert restored.kept is not None
    assert (restored.kept / "uploads" / "new.csv").exists()
    assert not (here.path / "uploads" / "new.csv").exists()
    assert (here.path / "backups" / "older.tar").exists()
    assert sorted(path.name for path in here.path.parent.glob(".*")) == []


def test_where_folders_cannot_change_names_at_once_they_do_so_in_turn(
    backup: Path, here: HomeOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring.ctypes, "CDLL", lambda *_name, **_how: object())
    (here.path / "uploads" / "new.csv").write_text("offered after the backup")
    restored = restore(backup, here.path)
    assert restored.kept is not None
    assert (restored.kept / "uploads" / "new.csv").exists()
    assert (here.path / "bekwaam.sqlite3").exists()
    assert not (here.path / "uploads").exists()


@pytest.mark.parametrize("broken_by", [OSError(1, "Operation not permitted"), KeyboardInterrupt()])
def test_a_restore_that_breaks_off_at_the_last_moment_gives_the_home_back(
    broken_by: BaseException, backup: Path, here: HomeOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here.path / "backups" / "older.tar").write_text("an older backup")
    (here.path / "uploads" / "new.csv").write_text("offered after the backup")
    before = picture(here.path.parent)
    rename = Path.rename

    def breaks(self: Path, target: Path) -> Path:
        if ".before-" in str(target):
            raise broken_by
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", breaks)
    with pytest.raises((Failed, KeyboardInterrupt)):
        restore(backup, here.path)
    assert picture(here.path.parent) == before


def test_a_restore_that_was_stopped_between_two_steps_never_removes_the_former_home(
    backup: Path, here: HomeOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here.path / "uploads" / "new.csv").write_text("offered after the backup")
    exchange = restoring._exchange

    def stopped_after(one: Path, other: Path) -> None:
        exchange(one, other)
        raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "_exchange", stopped_after)
    with pytest.raises(KeyboardInterrupt):
        restore(backup, here.path)
    assert [path.name for path in here.path.parent.rglob("new.csv")] == ["new.csv"]


def test_two_restores_within_one_second_keep_both_former_homes(
    backup: Path, here: HomeOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "datetime", SimpleNamespace(now=lambda: datetime(2026, 10, 25, 2, 30)))
    kept = [restore(backup, here.path).kept for _time in range(3)]
    assert len({*kept}) == 3
    assert all(folder and (folder / "bekwaam.sqlite3").exists() for folder in kept)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda members: members[:-1], id="without manifest"),
        pytest.param(lambda members: members[1:], id="without the database"),
        pytest.param(lambda members: [*members, (member("facts/extra"), b"x")], id="with a file too many"),
        pytest.param(lambda members: [*members[:-1], members[0], members[-1]], id="with a file twice"),
        pytest.param(
            lambda members: [(i, c[:-1] + b"!" if i.name.endswith(".parquet") else c) for i, c in members],
            id="with another byte in the facts",
        ),
        pytest.param(
            lambda members: [*members[:-1], (member("../outside"), b"x"), members[-1]], id="leading outside the home"
        ),
        pytest.param(
            lambda members: [*members[:-1], (member("facts/link", type=tarfile.SYMTYPE, linkname="/etc"), b"")],
            id="with a link",
        ),
        pytest.param(lambda members: edited_manifest(members, facts_version=9), id="with another data version"),
        pytest.param(lambda members: edited_manifest(members, counts={}), id="with other counts"),
        pytest.param(lambda members: edited_manifest(members, files="none"), id="with no list of files"),
    ],
)
def test_a_damaged_backup_changes_nothing(change: Callable[[Members], Members], backup: Path, here: HomeOnDisk) -> None:
    before = picture(here.path.parent)
    damaged = rebuilt(backup, change)
    with pytest.raises(Refused) as told:
        restore(damaged, here.path)
    damaged.unlink()
    assert told.value.code == "backup_damaged"
    assert picture(here.path.parent) == before


def test_a_manifest_that_names_a_file_outside_is_refused_even_when_its_hash_fits(
    backup: Path, here: HomeOnDisk
) -> None:
    evil = b"x"

    def change(members: Members) -> Members:
        manifest = json.loads(members[-1][1])
        entry = {"name": "facts/../../outside", "size": 1, "sha256": hashlib.sha256(evil).hexdigest()}
        return edited_manifest(
            [*members[:-1], (member(entry["name"]), evil), members[-1]], files=[*manifest["files"], entry]
        )

    with pytest.raises(Refused) as told:
        restore(rebuilt(backup, change), here.path)
    assert told.value.code == "backup_damaged"
    assert not (here.path.parent / "outside").exists()


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.95])
def test_a_torn_backup_is_refused(share: float, backup: Path, here: HomeOnDisk) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * share)])
    before = picture(here.path)
    with pytest.raises(Refused):
        restore(backup, here.path)
    assert picture(here.path) == before


def test_a_backup_of_a_newer_version_is_refused(backup: Path, here: HomeOnDisk) -> None:
    newer = rebuilt(backup, lambda members: edited_manifest(members, migrations=["records.0099_later"], version="9.9"))
    with pytest.raises(Refused) as told:
        restore(newer, here.path)
    assert (told.value.code, told.value.values["version"]) == ("backup_newer", "9.9")


@pytest.mark.parametrize("lock", ["serve.lock", "worker.lock", "refresh.lock"])
def test_a_home_that_is_in_use_is_not_replaced(lock: str, backup: Path, here: HomeOnDisk) -> None:
    with claim(here.path / lock, note="http://127.0.0.1:8000"), pytest.raises(Refused) as told:
        restore(backup, here.path)
    assert told.value.code == "served_already"
    assert told.value.values["address"] == "http://127.0.0.1:8000"


def test_no_backup_is_made_of_a_damaged_database(here: HomeOnDisk, tmp_path: Path) -> None:
    database = here.path / "bekwaam.sqlite3"
    content = bytearray(database.read_bytes())
    content[4096 * 3 : 4096 * 40] = b"\xff" * (4096 * 37)
    database.write_bytes(content)
    with pytest.raises(Failed) as told:
        make(tmp_path / "away" / "kept.tar")
    assert told.value.code == "database_unusable"
    assert list((tmp_path / "away").iterdir()) == []


def test_what_a_stopped_backup_left_is_removed_by_the_next_but_not_one_that_is_being_made(
    here: HomeOnDisk, tmp_path: Path
) -> None:
    place = tmp_path / "away"
    killed = "import os; from pathlib import Path; from bekwaam.faces.backup import making\n"
    killed += "making.read_whole = lambda _part: os._exit(9)\n"
    with pytest.raises(AssertionError):
        here.python(f"{killed}making.make(Path({str(place / 'one.tar')!r}))")
    left = list(place.iterdir())
    assert [path.name[:8] for path in left] == [".backup-"]
    with passing.folder_beside(place / "other.tar") as alive:
        for folder in (*left, alive):
            os.utime(folder, (time.time() - 3600,) * 2)
        make(place / "two.tar")
        assert alive.exists()
    assert [path.name for path in place.iterdir()] == ["two.tar"]


def test_an_existing_file_is_not_overwritten(backup: Path) -> None:
    with pytest.raises(WrongCall) as told:
        target_for(backup)
    assert told.value.code == "file_exists"


def test_a_home_that_is_a_disk_of_its_own_is_told_where_to_restore(
    backup: Path, here: HomeOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = picture(here.path.parent)
    monkeypatch.setattr(Path, "is_mount", lambda self: self == here.path)
    with pytest.raises(Failed) as told:
        restore(backup, here.path)
    assert told.value.code == "home_cannot_move"
    assert "/restored" in sentence(told.value)
    assert picture(here.path.parent) == before


def test_a_folder_in_which_one_may_not_write_is_named(
    backup: Path, here: HomeOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring.os, "access", lambda path, _mode: Path(path) != here.path.parent)
    for home in (here.path, here.path.parent / "new"):
        with pytest.raises(Failed) as told:
            restore(backup, home)
        assert (told.value.code, told.value.values["folder"]) == ("parent_closed", str(here.path.parent))


def test_a_backup_that_is_not_there_is_a_wrong_call(here: HomeOnDisk, tmp_path: Path) -> None:
    with pytest.raises(WrongCall):
        restore(tmp_path / "none.tar", here.path)


def test_a_backup_is_in_the_audit_log_and_stands_when_that_cannot_be_written(
    disk_home_with_lines: HomeOnDisk, tmp_path: Path
) -> None:
    home, last = disk_home_with_lines, "SELECT who, action FROM access_auditentry ORDER BY id DESC LIMIT 1"
    assert home.command("backup", str(tmp_path / "one.tar")).returncode == 0
    assert home.rows(last) == [("system", "home.backed_up")]
    with contextlib.closing(sqlite3.connect(home.path / "bekwaam.sqlite3")) as older, older:
        older.execute("ALTER TABLE access_auditentry RENAME COLUMN roles TO former")
    done = home.command("backup", str(tmp_path / "two.tar"))
    assert done.returncode == 0, done.stderr
    assert "could not be told" in done.stderr

"""The only administrator forgot his password: whoever has the home in hand lets him in again."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from urllib.parse import urlsplit

import pytest
from homes_on_disk import HomeOnDisk
from served import Served, Visitor

ADMIN = "admin@here.example"
NEW = "an entirely new password"


def test_the_link_sets_a_new_password_and_is_in_the_audit_log(disk_home_with_lines: HomeOnDisk) -> None:
    home = disk_home_with_lines
    with home.process("bekwaam.faces.cli.main", "--home", str(home.path), "serve", "--port", "0") as process:
        served = Served(process)
        told = home.command("admin-link", ADMIN.upper(), "--json")
        assert told.returncode == 0, told.stderr
        link = json.loads(told.stdout)["link"]
        assert link.startswith(served.url)
        visitor = Visitor(served.url)
        visitor.get(urlsplit(link).path)
        visitor.post(urlsplit(link).path, password=NEW, again=NEW)
        status, page = Visitor(served.url).sign_in(ADMIN, NEW)
        assert (status, "/sign-out/" in page) == (200, True)
    assert ("system", "users.reset") in home.rows("SELECT who, action FROM access_auditentry")


def test_the_link_stands_on_stdout_and_where_it_works_on_stderr(disk_home_with_lines: HomeOnDisk) -> None:
    told = disk_home_with_lines.command("admin-link", ADMIN)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("http://127.0.0.1:8000/")
    assert "bekwaam serve" in told.stderr


def test_who_is_no_administrator_gets_no_link(disk_home_with_lines: HomeOnDisk) -> None:
    told = disk_home_with_lines.command("admin-link", "leader@here.example", "--json")
    assert (told.returncode, json.loads(told.stdout)["error"]) == (1, "admin_unknown")
    assert ADMIN in told.stderr


@pytest.mark.parametrize("state", ["is_active = 0", "password = '!none'"])
def test_an_administrator_who_cannot_sign_in_counts_for_none(state: str, disk_home_with_lines: HomeOnDisk) -> None:
    home = disk_home_with_lines
    with contextlib.closing(sqlite3.connect(home.path / "bekwaam.sqlite3")) as database, database:
        database.execute(f"UPDATE access_user SET {state}")
    told = home.command("admin-link", ADMIN, "--json")
    assert (told.returncode, json.loads(told.stdout)["error"]) == (1, "no_admin_yet")

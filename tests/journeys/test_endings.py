"""However a command ends, its caller gets a sentence, one object, and one of four codes; never a trace alone."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from commands import bekwaam
from django.db import DatabaseError, IntegrityError, OperationalError

from bekwaam.faces.cli import refreshing
from bekwaam.faces.cli.main import main


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OperationalError("database is locked"), "database_busy"),
        (DatabaseError("database disk image is malformed"), "database_unusable"),
        (OperationalError("database or disk is full"), "disk_full"),
        (IntegrityError("FOREIGN KEY constraint failed"), "unexpected"),
        (PermissionError(13, "Permission denied", "orders.csv"), "cannot_write"),
        (ZeroDivisionError("division by zero"), "unexpected"),
        (KeyboardInterrupt(), "stopped"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_what_breaks_a_command_is_3_with_one_object(
    error: BaseException, code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(_call: Any) -> int:
        raise error

    monkeypatch.setattr(refreshing, "run", breaks)
    assert main(["refresh", "--json"]) == 3
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert found["error"] == code
    assert found["sentence"] in told.err


def test_what_nobody_foresaw_leaves_its_trace_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(refreshing, "run", lambda _call: 1 // 0)
    monkeypatch.setattr("bekwaam.faces.cli.failing.log.propagate", True)
    assert main(["refresh"]) == 3
    assert "ZeroDivisionError" in caplog.text
    assert "bekwaam doctor" in capsys.readouterr().err


def test_a_busy_database_says_so_and_not_that_a_backup_is_needed(tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text("Ordernummer;Orderdatum;Klantnummer;Artikelcode;Aantal;Prijs\r\nSO1;14-03-2025;1;A;10;2,50\r\n")
    home = tmp_path / "home"
    assert bekwaam(home, "import", "sales", orders).code == 0
    with contextlib.closing(sqlite3.connect(home / "bekwaam.sqlite3", isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        told = bekwaam(home, "undo", "B0001", "--json", language="nl")
    assert (told.code, told.object["error"]) == (3, "database_busy")
    assert "Probeer het zo nog eens" in told.err
    assert "Traceback" not in told.err

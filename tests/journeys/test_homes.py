"""Which folder is a home: what reads makes none, and a folder of someone else keeps its rights."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
from pathlib import Path

import pytest
from commands import bekwaam

ORDERS = "Ordernummer;Orderdatum;Klantnummer;Artikelcode;Aantal;Prijs\r\nSO1;14-03-2025;100;A1;10;2,50\r\n"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def someones(tmp_path: Path) -> Path:
    """A folder that others may look into, with a file of its owner."""
    folder = tmp_path / "someones"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "notes.txt").write_text("not a home")
    return folder


@pytest.mark.parametrize(
    "words", [["brief"], ["undo", "B0001"], ["refresh"], ["doctor"], ["backup"]], ids=lambda w: w[0]
)
def test_a_folder_without_a_home_stays_as_it_is(words: list[str], someones: Path, tmp_path: Path) -> None:
    for folder in (someones, tmp_path / "none"):
        told = bekwaam(folder, *words, "--json", language="nl")
        assert (told.code, told.object["error"]) == (2, "home_missing")
        assert "staan geen gegevens van Bekwaam" in told.err
    assert [path.name for path in someones.iterdir()] == ["notes.txt"]
    assert mode(someones) == 0o755
    assert not (tmp_path / "none").exists()


def test_a_refused_call_makes_no_home(tmp_path: Path) -> None:
    told = bekwaam(tmp_path / "home", "import", "sales", tmp_path / "absent.csv", "--json")
    assert (told.code, told.object["error"]) == (2, "file_missing")
    assert not (tmp_path / "home").exists()


def test_a_home_in_someone_s_folder_leaves_its_rights_and_is_private_itself(someones: Path, tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text(ORDERS)
    told = bekwaam(someones, "import", "sales", orders)
    assert told.code == 0, told.err
    assert mode(someones) == 0o755
    open_to_others = [path.name for path in someones.iterdir() if mode(path) & 0o077 and path.name != "notes.txt"]
    assert [name for name in open_to_others if not name.endswith(".lock")] == []


def test_the_doctor_makes_no_database_where_it_is_gone(tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text(ORDERS)
    home = tmp_path / "home"
    bekwaam(home, "import", "sales", orders)
    (home / "bekwaam.sqlite3").unlink()
    told = bekwaam(home, "doctor", "--json")
    found = {check["name"]: check["ok"] for check in told.object["checks"]}
    assert (told.code, found["database_whole"]) == (1, False)
    assert not (home / "bekwaam.sqlite3").exists()


def test_a_first_start_that_was_killed_half_way_is_finished_by_the_next(tmp_path: Path) -> None:
    """The tables were there, and the one that counts attempts to sign in was not yet."""
    orders = tmp_path / "orders.csv"
    orders.write_text(ORDERS)
    home = tmp_path / "home"
    bekwaam(home, "import", "sales", orders)
    with contextlib.closing(sqlite3.connect(home / "bekwaam.sqlite3")) as database:
        database.execute("DROP TABLE access_cache")
    assert bekwaam(home, "refresh", "--as-of", "2025-03-15").code in (0, 1)
    with contextlib.closing(sqlite3.connect(home / "bekwaam.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM access_cache").fetchone() == (0,)

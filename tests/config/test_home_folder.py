"""The home folder: one place, for its owner's eyes, with a key that is made once."""

from __future__ import annotations

import stat
from pathlib import Path

from bekwaam.config.home import Home


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nothing_is_made_before_prepare(tmp_path):
    home = Home(tmp_path / "new")
    assert len(home.secret_key()) >= 50
    assert not home.path.exists()


def test_prepare_makes_every_folder_for_its_owner_alone(tmp_path):
    home = Home(tmp_path / "new")
    home.prepare()
    for folder in (home.path, home.facts, home.uploads, home.refused, home.jobs, home.backups, home.static):
        assert mode(folder) == 0o700
    assert mode(home.secret_key_file) == 0o600


def test_the_key_that_was_used_before_prepare_is_the_one_that_is_kept(tmp_path):
    home = Home(tmp_path / "new")
    used = home.secret_key()
    home.prepare()
    assert home.secret_key_file.read_text().strip() == used == home.secret_key()


def test_a_kept_key_survives_another_prepare(tmp_path):
    home = Home(tmp_path / "new")
    home.prepare()
    kept = home.secret_key()
    home.prepare()
    assert Home(home.path).secret_key() == kept


def test_two_homes_have_two_keys(tmp_path):
    assert Home(tmp_path / "a").secret_key() != Home(tmp_path / "b").secret_key()


def test_the_environment_names_the_home(tmp_path, monkeypatch):
    monkeypatch.setenv("BEKWAAM_HOME", str(tmp_path / "elsewhere"))
    assert Home.from_environment().database == tmp_path / "elsewhere" / "bekwaam.sqlite3"


def test_without_one_it_is_in_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("BEKWAAM_HOME")
    monkeypatch.chdir(tmp_path)
    assert Home.from_environment().path == tmp_path / "bekwaam-data"

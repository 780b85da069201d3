"""The demo: loaded once, through the same doors as a real company, and never into someone's own home."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from homes_on_disk import SLICE, HomeOnDisk, wait_for
from served import Served, Visitor


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first lines of the slice: enough to load, quick to work out."""
    file = tmp_path_factory.mktemp("few") / "few.csv"
    file.write_text("".join(SLICE.read_text(encoding="utf-8").splitlines(keepends=True)[:401]), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def demo(few: Path, tmp_path_factory: pytest.TempPathFactory) -> HomeOnDisk:
    """A demo home; its load was broken off once, and finished by the next."""
    home = HomeOnDisk(tmp_path_factory.mktemp("demo") / "demo-data")
    home.python(
        "from django.conf import settings; from bekwaam.demo import company, people\n"
        "people.mark(settings.BEKWAAM_HOME.path)\n"
        "from bekwaam.faces.opening import open_home; open_home(None)\n"
        "company.set_up()"
    )
    loaded = home.command("demo", "--load-only", "--data", str(few))
    assert loaded.returncode == 0, loaded.stderr
    return home


def password_of(home: HomeOnDisk) -> str:
    return str(json.loads((home.path / "demo-sign-in.json").read_text(encoding="utf-8"))["password"])


def test_every_role_can_sign_in_and_arrives_somewhere(demo: HomeOnDisk) -> None:
    with demo.process("bekwaam.faces.cli.main", "--home", str(demo.path), "demo", "--port", "0") as process:
        served = Served(process)
        shown = wait_for(lambda: [line.split()[0] for line in served.told if "@demo.example" in line])
        assert len(shown) == 8
        assert any(password_of(demo) in line for line in served.told)
        for email in shown:
            status, page = Visitor(served.url).sign_in(email, password_of(demo))
            assert status == 200, email
            assert "/sign-out/" in page, email


def test_the_lines_came_in_as_a_batch_with_the_company_s_terms(demo: HomeOnDisk) -> None:
    assert demo.rows("SELECT batch_id, state, rows_imported FROM records_batch") == [("B0001", "done", 400)]
    assert demo.rows("SELECT currency, country, fiscal_year_first_month FROM access_company") == [("GBP", "GB", 1)]
    assert demo.rows("SELECT as_of, facts_version FROM records_run WHERE is_current") == [("2010-12-17", 1)]


def test_a_second_run_changes_nothing(demo: HomeOnDisk) -> None:
    before = password_of(demo)
    again = demo.command("demo", "--load-only", "--data", "/no/such/file.csv")
    assert again.returncode == 0, again.stderr
    assert before in again.stderr
    assert demo.rows("SELECT count(*) FROM records_batch") == [(1,)]
    assert demo.rows("SELECT count(*) FROM access_user") == [(8,)]


def test_the_password_is_for_the_owner_of_the_home_and_differs_per_home(demo: HomeOnDisk, tmp_path: Path) -> None:
    assert (demo.path / "demo-sign-in.json").stat().st_mode & 0o077 == 0
    other = HomeOnDisk(tmp_path / "other")
    other.python(
        "from bekwaam.demo import people; from django.conf import settings; people.mark(settings.BEKWAAM_HOME.path)"
    )
    assert password_of(other) != password_of(demo)
    assert len(password_of(other)) >= 16


def test_someone_s_own_home_is_not_touched(disk_home_with_lines: HomeOnDisk) -> None:
    before = disk_home_with_lines.rows("SELECT count(*) FROM access_user")
    refused = disk_home_with_lines.command("demo", "--load-only")
    assert refused.returncode == 1
    assert "--home" in refused.stderr
    assert disk_home_with_lines.rows("SELECT count(*) FROM access_user") == before
    assert not (disk_home_with_lines.path / "demo-sign-in.json").exists()


def test_without_its_lines_the_demo_says_what_to_do(tmp_path: Path) -> None:
    refused = HomeOnDisk(tmp_path / "demo-data").command("demo", "--load-only", "--data", str(tmp_path / "none.csv"))
    assert refused.returncode == 1
    assert "--data" in refused.stderr

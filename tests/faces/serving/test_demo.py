"""The demo: loaded once, through the same doors as a real company, and never into someone's own home."""

from __future__ import annotations

import contextlib
import csv
import json
import shutil
import sqlite3
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from homes_on_disk import HomeOnDisk, wait_for
from served import Served, Visitor


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> HomeOnDisk:
    """A demo home; its load was broken off after the first files, and finished by the next."""
    home = HomeOnDisk(tmp_path_factory.mktemp("demo") / "demo-data")
    home.python(
        "from django.conf import settings; from bekwaam.demo import company, people\n"
        "people.mark(settings.BEKWAAM_HOME.path)\n"
        "from bekwaam.faces.opening import open_home; open_home(None)\n"
        "company.set_up()\n"
        "from bekwaam.demo import lines; files = lines.laid_down(settings.BEKWAAM_HOME.path / people.FILES)\n"
        "for kind in ('sellers', 'customers'): lines._import(files[kind], kind, lambda *said: None)"
    )
    loaded = home.command("demo", "--load-only", timeout=240)
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


def test_every_file_came_in_whole_as_a_batch_with_the_company_s_terms(demo: HomeOnDisk) -> None:
    batches = demo.rows("SELECT kind, state, rows_imported FROM records_batch ORDER BY batch_id")
    assert [batch[:2] for batch in batches] == [
        ("sellers", "done"),
        ("customers", "done"),
        ("products", "done"),
        ("sales", "done"),
        ("opportunities", "done"),
    ]
    assert [batch[2] for batch in batches[:3]] == [12, 400, 250]
    lines = read(demo.path / "demo-files" / "factuurregels.csv")
    assert batches[3][2] == len(lines)
    revenue = sum(Decimal(line["Nettobedrag"].replace(",", ".")) for line in lines)
    ((kept,),) = demo.rows("SELECT revenue FROM records_batch WHERE kind = 'sales'")
    assert Decimal(str(kept)) == revenue
    assert demo.rows("SELECT currency, country, fiscal_year_first_month FROM access_company") == [("EUR", "NL", 1)]


def test_the_figures_are_of_the_last_working_day_before_today(demo: HomeOnDisk) -> None:
    ((as_of,),) = demo.rows("SELECT as_of FROM records_run WHERE is_current")
    last = date.fromisoformat(as_of) - timedelta(days=1)
    assert last.weekday() < 5
    assert last < date.today()
    assert date.today() - last <= timedelta(days=6)


def test_customers_have_a_seller_a_territory_and_their_seller_a_team(demo: HomeOnDisk) -> None:
    assert demo.rows("SELECT count(*) FROM records_customer WHERE seller_id IS NULL OR territory_id IS NULL") == [(0,)]
    assert demo.rows("SELECT count(DISTINCT code) FROM records_team") == [(2,)]
    assert demo.rows("SELECT count(DISTINCT code) FROM records_territory") == [(6,)]


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def test_the_company_s_own_database_and_mail_server_are_left_alone(
    demo: HomeOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:nothing@127.0.0.1:1/none")
    again = demo.command("demo", "--load-only")
    assert again.returncode == 0, again.stderr
    assert password_of(demo) in again.stderr


def test_a_second_run_changes_nothing(demo: HomeOnDisk) -> None:
    before = password_of(demo)
    again = demo.command("demo", "--load-only")
    assert again.returncode == 0, again.stderr
    assert before in again.stderr
    assert demo.rows("SELECT count(*) FROM records_batch") == [(5,)]
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


@pytest.fixture
def copied(demo: HomeOnDisk, tmp_path: Path) -> HomeOnDisk:
    """The demo once more, to be left."""
    shutil.copytree(demo.path, tmp_path / "demo-data")
    return HomeOnDisk(tmp_path / "demo-data")


def test_an_administrator_leaves_the_demo_with_one_click_and_has_an_empty_home_of_his_own(copied: HomeOnDisk) -> None:
    someone = copied.rows("SELECT number FROM records_customer LIMIT 1")[0][0]
    with contextlib.closing(sqlite3.connect(copied.path / "bekwaam.sqlite3")) as database, database:
        database.execute(
            "UPDATE records_customer SET name = 'Ours', touched_at = '2026-01-01' WHERE number = ?", [someone]
        )
    with copied.process("bekwaam.faces.cli.main", "--home", str(copied.path), "demo", "--port", "0") as process:
        visitor = Visitor(Served(process).url)
        status, page = visitor.sign_in("admin@demo.example", password_of(copied))
        assert status == 200, (status, page)
        assert "/settings/own-data/" in page
        status, page = visitor.get("/settings/own-data/")
        assert status == 200
        assert "serve" in page
        status, page = visitor.post("/settings/own-data/")
        assert status == 200
        assert 'name="email"' in page  # where the first administrator of a new home arrives
        wait_for(lambda: copied.rows("SELECT count(*) FROM records_batch WHERE state = 'undone'") == [(5,)], seconds=60)
        for table in ("customer", "product", "seller", "territory", "team", "run"):
            assert copied.rows(f"SELECT count(*) FROM records_{table}") == [(0,)], table
        assert copied.rows("SELECT count(*) FROM access_user") == [(0,)]
        assert not (copied.path / "demo-sign-in.json").exists()
        assert not (copied.path / "demo-files").exists()


def test_a_leader_sees_that_it_is_a_demo_and_cannot_empty_it(copied: HomeOnDisk) -> None:
    with copied.process("bekwaam.faces.cli.main", "--home", str(copied.path), "demo", "--port", "0") as process:
        visitor = Visitor(Served(process).url)
        _, page = visitor.sign_in("leader@demo.example", password_of(copied))
        assert "demo company" in page
        assert "/settings/own-data/" not in page
        assert visitor.post("/settings/own-data/")[0] == 403
    assert copied.rows("SELECT count(*) FROM records_batch WHERE state = 'done'") == [(5,)]

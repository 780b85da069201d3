"""Homes for the tests of the faces: opened once, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from homes_on_disk import SLICE, HomeOnDisk


@pytest.fixture(scope="session")
def opened_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with its tables and nothing in them."""
    home = HomeOnDisk(tmp_path_factory.mktemp("homes") / "opened")
    home.python(
        "from bekwaam.faces.opening import open_home; open_home(None)\n"
        "from bekwaam.access.company import change_company; from bekwaam.terms.actor import SYSTEM\n"
        "change_company(SYSTEM, {'name': 'A wholesaler', 'currency': 'GBP', 'country': 'GB'})"
    )
    return home.path


@pytest.fixture(scope="session")
def loaded_home(opened_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the first 400 lines of the slice read in, and an administrator."""
    home = HomeOnDisk(tmp_path_factory.mktemp("homes") / "loaded")
    shutil.copytree(opened_home, home.path)
    few = home.path.parent / "few.csv"
    few.write_text("".join(SLICE.read_text(encoding="utf-8").splitlines(keepends=True)[:401]), encoding="utf-8")
    home.python(
        "from pathlib import Path\n"
        "from bekwaam.workspaces.data.importing import import_file\n"
        "from bekwaam.workspaces.data.outcome import Options\n"
        "from bekwaam.terms.actor import SYSTEM\n"
        "from bekwaam.access.actions import Person, create_user\n"
        f"import_file(Path({str(few)!r}), kind='sales', options=Options(), actor=SYSTEM)\n"
        "create_user(Person('admin@here.example', 'Administrator'), roles=['admin'], password='quite-a-long-one')"
    )
    return home.path


@pytest.fixture
def disk_home(opened_home: Path, tmp_path: Path) -> HomeOnDisk:
    """An empty home of the test's own."""
    shutil.copytree(opened_home, tmp_path / "home")
    return HomeOnDisk(tmp_path / "home")


@pytest.fixture
def disk_home_with_lines(loaded_home: Path, tmp_path: Path) -> HomeOnDisk:
    """A home with order lines, of the test's own."""
    shutil.copytree(loaded_home, tmp_path / "home")
    return HomeOnDisk(tmp_path / "home")

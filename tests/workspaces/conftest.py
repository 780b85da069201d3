"""Monday's figures for the tests of the rooms: the slice read in and worked out once per module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

SLICE = Path(__file__).parents[1] / "data" / "online_retail_slice.csv"
AS_OF = date(2011, 12, 10)


@dataclass(frozen=True)
class Monday:
    """A home with figures in force."""

    run: Any
    facts: Any


@pytest.fixture(scope="module")
def monday(
    home_of_all_tests: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Monday]:
    """The slice, read in and worked out; taken away after the last test of the module."""
    from django.conf import settings
    from django.core.management import call_command

    from bekwaam.config.home import Home
    from bekwaam.faces.jobs.refreshing import refresh
    from bekwaam.facts.read import Facts
    from bekwaam.facts.store import Store
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.data.importing import import_file
    from bekwaam.workspaces.data.outcome import Options

    before, home = settings.BEKWAAM_HOME, Home(tmp_path_factory.mktemp("monday"))
    home.prepare()
    settings.BEKWAAM_HOME = home
    with django_db_blocker.unblock():
        Store(home.facts).create()
        import_file(SLICE, kind="sales", options=Options(), actor=SYSTEM)
        run = refresh(as_of=AS_OF)
        yield Monday(run, Facts(home.facts))
        call_command("flush", verbosity=0, interactive=False)
    settings.BEKWAAM_HOME = before

"""For which day figures may be worked out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from company import EVERY_COST_KNOWN, work_out

from bekwaam.terms.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("days_later", [1, 45])
def test_a_day_beyond_the_data_is_refused_and_not_read_as_a_collapse(
    home: Any, tmp_path: Path, days_later: int
) -> None:
    from bekwaam.faces.jobs.refreshing import refresh, run_as_of
    from bekwaam.frame.sentences import sentence

    run = work_out(EVERY_COST_KNOWN, tmp_path)
    for asked in (refresh, run_as_of):
        with pytest.raises(Refused) as refused:
            asked(as_of=run.as_of + timedelta(days=days_later))
        assert refused.value.code == "as_of_beyond_data"
        assert "15 October 2025" in sentence(refused.value).replace("\xa0", " ")


def test_without_a_day_figures_stand_as_of_the_day_after_the_last_order(home: Any, tmp_path: Path) -> None:
    assert work_out(EVERY_COST_KNOWN, tmp_path).as_of == date(2025, 10, 16)


def test_a_look_into_the_past_is_no_snapshot_to_compare_with(home: Any, tmp_path: Path) -> None:
    from bekwaam.faces.jobs.refreshing import refresh, run_as_of
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.forecasts import queries

    monday_before = work_out(EVERY_COST_KNOWN, tmp_path, as_of=date(2025, 10, 9))
    run_as_of(date(2025, 10, 14))
    today = refresh()
    assert queries.previous(today, SYSTEM) == monday_before


def test_looks_into_the_past_do_not_push_snapshots_out(home: Any, tmp_path: Path, monkeypatch: Any) -> None:
    from bekwaam.faces.jobs.refreshing import refresh, run_as_of
    from bekwaam.records import runs
    from bekwaam.records.models import Run

    monkeypatch.setattr(runs, "KEPT_RUNS", 2)
    monkeypatch.setattr(runs, "KEPT_LOOKS", 1)
    kept = [work_out(EVERY_COST_KNOWN, tmp_path, as_of=date(2025, 10, 9)), refresh()]
    looks = [run_as_of(date(2025, 9, day)) for day in (1, 2, 3)]
    assert set(Run.objects.all()) == {*kept, looks[-1]}

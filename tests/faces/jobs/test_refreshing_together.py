"""Two who work out figures at once take turns; who only reads them waits for nobody."""

from __future__ import annotations

import json

from homes_on_disk import HomeOnDisk

from bekwaam.faces.claim import claim

WITH_ANOTHER_HALF_WAY = """
import subprocess, sys, time
from bekwaam.faces.jobs.refreshing import refresh
others = []
def half_way(step, done, total):
    if not others:
        others.append(subprocess.Popen([sys.executable, "-m", "bekwaam.faces.cli.main", *{words}]))
        time.sleep(3)
first = refresh(progress=half_way)
answer = [first.state, others[0].wait(60)]
"""


def runs(home: HomeOnDisk) -> list[tuple[str, int]]:
    return home.rows("SELECT state, count(*) FROM records_run GROUP BY state")


def test_two_refreshes_at_once_both_come_to_an_end(disk_home_with_lines: HomeOnDisk) -> None:
    assert disk_home_with_lines.python(WITH_ANOTHER_HALF_WAY.format(words=["refresh"])) == ["done", 0]
    assert runs(disk_home_with_lines) == [("done", 2)]


def test_a_brief_beside_a_refresh_waits_and_takes_over_what_came_of_it(disk_home_with_lines: HomeOnDisk) -> None:
    assert disk_home_with_lines.python(WITH_ANOTHER_HALF_WAY.format(words=["brief"])) == ["done", 0]
    assert runs(disk_home_with_lines) == [("done", 1)]


def test_figures_that_are_there_are_told_while_others_are_worked_out(disk_home_with_lines: HomeOnDisk) -> None:
    assert disk_home_with_lines.command("refresh").returncode == 0
    with claim(disk_home_with_lines.path / "refresh.lock"):
        told = disk_home_with_lines.command("brief", "--json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["as_of"]


def test_who_waits_in_vain_is_told_so(disk_home_with_lines: HomeOnDisk) -> None:
    with claim(disk_home_with_lines.path / "refresh.lock"):
        told = disk_home_with_lines.python(
            "from bekwaam.faces.jobs import refreshing; from bekwaam.terms.errors import Failed\n"
            "refreshing.WAIT_SECONDS = 0.2\n"
            "steps = []\n"
            "try:\n    refreshing.refresh(progress=lambda step, *_: steps.append(step))\n"
            "except Failed as failed:\n    answer = [failed.code, steps]"
        )
    assert told == ["figures_busy", ["waiting"]]
    assert runs(disk_home_with_lines) == []

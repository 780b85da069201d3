"""The worker, as real processes in a real home: what is killed comes back and runs once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from homes_on_disk import SLICE, HomeOnDisk, descendants, is_alive, wait_for

SOON_SECONDS = 8
"""Far less than the minute after which the worker would look by itself."""


def offer(home: HomeOnDisk, file: Path = SLICE) -> int:
    """The number of a job that reads in a file which was offered on the page."""
    shutil.copy(file, home.path / "uploads" / "offered.csv")
    upload = home.put(
        "records_upload",
        file="offered.csv",
        file_name=file.name,
        kind="sales",
        state="ready",
        mapping="{}",
        preview="{}",
        offered_by="user:1",
        offered_at="2026-11-24 00:00:00",
    )
    return home.put_job("import", upload=upload, skip_refused=True)


def is_in_state(home: HomeOnDisk, number: int, *states: str) -> bool:
    return home.job(number)["state"] in states


def batches(home: HomeOnDisk) -> list[tuple[str, str, int]]:
    return [
        (str(b), str(s), int(n)) for b, s, n in home.rows("SELECT batch_id, state, rows_imported FROM records_batch")
    ]


def lines_in_facts(home: HomeOnDisk) -> tuple[int, str]:
    lines, revenue = home.python(
        "from django.conf import settings; from bekwaam.facts.read import Facts\n"
        "from bekwaam.terms.actor import SYSTEM; from datetime import date\n"
        "facts, period = Facts(settings.BEKWAAM_HOME.facts), {'first': date(2000, 1, 1), 'until': date(2030, 1, 1)}\n"
        "row = facts.ask('totals_between', SYSTEM, **period).dicts()[0]\n"
        "answer = [row['lines'], str(row['revenue'])]"
    )
    return int(lines), str(revenue)


def has_started(home: HomeOnDisk, number: int) -> bool:
    return is_in_state(home, number, "running")


def is_storing(home: HomeOnDisk, number: int) -> bool:
    return home.job(number)["step"] == "store" or is_in_state(home, number, "done")


@pytest.mark.parametrize("moment", [has_started, is_storing])
def test_the_job_of_a_killed_worker_runs_again_and_counts_once(moment: object, disk_home: HomeOnDisk) -> None:
    number = offer(disk_home)
    with disk_home.worker() as worker:
        wait_for(lambda: moment(disk_home, number))  # type: ignore[operator]
        children = descendants(worker.pid)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        wait_for(lambda: not any(is_alive(pid) for pid in children), seconds=3)
    with disk_home.worker():
        wait_for(lambda: is_in_state(disk_home, number, "done"))
    assert disk_home.job(number)["attempts"] == 2
    assert batches(disk_home) == [("B0001", "done", 5000)]
    assert lines_in_facts(disk_home) == (5000, "272614.35")
    assert disk_home.job(number)["result"]["batch"] == "B0001"


def test_a_killed_job_process_runs_again_under_the_same_worker(disk_home: HomeOnDisk) -> None:
    number = offer(disk_home)
    with disk_home.worker() as worker:
        wait_for(lambda: has_started(disk_home, number))
        for pid in wait_for(lambda: descendants(worker.pid)):
            os.kill(pid, signal.SIGKILL)
        wait_for(lambda: is_in_state(disk_home, number, "done"))
        assert worker.poll() is None
    assert disk_home.job(number)["attempts"] == 2
    assert batches(disk_home) == [("B0001", "done", 5000)]


def test_a_worker_that_is_stopped_puts_its_job_off(disk_home: HomeOnDisk) -> None:
    number = offer(disk_home)
    with disk_home.worker() as worker:
        wait_for(lambda: has_started(disk_home, number))
        children = wait_for(lambda: descendants(worker.pid))
        worker.terminate()
        assert worker.wait(10) == 0
        assert not any(is_alive(pid) for pid in children)
    assert (disk_home.job(number)["state"], disk_home.job(number)["attempts"]) == ("queued", 0)


def test_a_waiting_worker_is_woken_and_new_figures_are_asked_for_once(disk_home_with_lines: HomeOnDisk) -> None:
    home = disk_home_with_lines
    with home.worker():
        time.sleep(1.5)
        number = home.python(
            "from bekwaam.records import jobs\nanswer = jobs.ask('undo', {'batch': 'B0001'}, asked_by='user:1').pk"
        )
        wait_for(lambda: is_in_state(home, number, "done"), seconds=SOON_SECONDS)
    assert batches(home) == [("B0001", "undone", 400)]
    assert home.rows("SELECT count(*) FROM records_job WHERE kind = 'refresh'") == [(1,)]


def test_what_is_refused_says_so_in_words_and_the_worker_goes_on(disk_home: HomeOnDisk, tmp_path: Path) -> None:
    picture = tmp_path / "orders.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    refused, unknown = offer(disk_home, picture), disk_home.put_job("undo", batch="B0042")
    broken = disk_home.put_job("undo")
    with disk_home.worker():
        wait_for(lambda: is_in_state(disk_home, broken, "failed"))
    assert (disk_home.job(refused)["state"], disk_home.job(refused)["error_code"]) == ("refused", "file_is_picture")
    assert (disk_home.job(unknown)["state"], disk_home.job(unknown)["error_code"]) == ("refused", "batch_unknown")
    assert disk_home.job(broken)["error_code"] == "job_broke"
    assert "KeyError: 'batch'" in (disk_home.path / "jobs" / f"{broken}.log").read_text(encoding="utf-8")


RUN_WITH = """
import threading
from bekwaam.faces.jobs import runner
from bekwaam.faces.jobs.limits import Limits
answer = runner.run_waiting(threading.Event(), limits=Limits({limits}))
"""


def test_a_job_that_wants_too_much_memory_ends_alone(disk_home: HomeOnDisk) -> None:
    number = offer(disk_home)
    assert disk_home.python(RUN_WITH.format(limits="memory_mb=400")) == 1
    job = disk_home.job(number)
    assert job["state"] == "failed"
    assert job["error_code"] in ("memory_short", "job_broke")
    assert batches(disk_home) == []


def test_a_job_that_takes_too_long_is_broken_off(disk_home: HomeOnDisk) -> None:
    number = offer(disk_home)
    assert disk_home.python(RUN_WITH.format(limits="seconds=0.2")) == 1
    assert (disk_home.job(number)["state"], disk_home.job(number)["error_code"]) == ("failed", "job_too_long")


def test_the_memory_limit_holds_in_the_process_itself(disk_home: HomeOnDisk) -> None:
    refused = disk_home.python(
        "from bekwaam.faces.jobs.limits import keep_to; keep_to(600)\n"
        "try:\n    bytearray(700 << 20)\nexcept MemoryError:\n    answer = 'refused'"
    )
    assert refused == "refused"


def test_two_workers_never_share_a_home(disk_home: HomeOnDisk) -> None:
    with disk_home.worker() as first:
        wait_for(lambda: (disk_home.path / "worker.lock").exists() and (disk_home.path / "worker.lock").read_text())
        with disk_home.worker() as second:
            assert second.wait(15) == 1
        assert first.poll() is None


def test_a_stop_is_heard_between_jobs(disk_home: HomeOnDisk) -> None:
    number = disk_home.put_job("undo", batch="B0001")
    taken = disk_home.python(
        "import threading; from bekwaam.faces.jobs import runner\nstop = threading.Event(); stop.set()\n"
        "answer = runner.run_waiting(stop)"
    )
    assert taken == 0
    assert is_in_state(disk_home, number, "queued")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root may mount the small disk that this test fills")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_fails_the_job_and_not_the_worker(disk_home: HomeOnDisk, small_disk: Path) -> None:
    shutil.move(disk_home.path, small_disk / "home")
    home = HomeOnDisk(small_disk / "home")
    number = offer(home)
    filler = small_disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - 300_000))
    with home.worker() as worker:
        wait_for(lambda: is_in_state(home, number, "failed"))
        assert home.job(number)["error_code"] == "disk_full"
        assert batches(home) == []
        filler.unlink()
        again = home.put_job("import", upload=1, skip_refused=True)
        wait_for(lambda: is_in_state(home, again, "done"))
        assert worker.poll() is None
    assert batches(home) == [("B0001", "done", 5000)]

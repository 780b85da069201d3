"""Whoever presses twice gets one import, and one that broke off can be asked for again."""

from __future__ import annotations

from typing import Any

import pytest
from data_room import DataRoom
from django.urls import reverse
from preview_page import do_waiting_work, offer
from standing_cast import Cast
from test_import_pages import GOOD, as_file, fields_of

from bekwaam.records.models import Batch, Job, Upload


@pytest.fixture
def ready(room: DataRoom, cast: Cast) -> tuple[Any, str, dict[str, str]]:
    """A browser, the address of a file that can be read in, and the answers of its form."""
    client = cast.client("leader")
    address = offer(client, as_file(GOOD), name="maart.csv")
    return client, address, {**fields_of(client.get(address)), "read_in": "1"}


def test_two_clicks_make_one_import(ready: tuple[Any, str, dict[str, str]]) -> None:
    client, address, answers = ready
    first, second = client.post(address, answers), client.post(address, answers)
    job = Job.objects.get(kind="import")
    assert {first["Location"], second["Location"], client.get(address)["Location"]} == {f"/data/jobs/{job.pk}/"}
    assert Upload.objects.get().state == Upload.State.READING_IN
    assert [done.state for done in do_waiting_work("import")] == [Job.State.DONE]
    assert (Batch.objects.count(), Upload.objects.get().state) == (1, Upload.State.DONE)


def test_two_clicks_at_the_same_moment_make_one_import(ready: tuple[Any, str, dict[str, str]], cast: Cast) -> None:
    from bekwaam.workspaces.data import actions

    as_both_saw_it, leader = Upload.objects.get(), cast.actor("leader")
    jobs = {actions.read_in(as_both_saw_it, overlap=None, actor=leader).pk for _click in range(2)}
    assert len(jobs) == 1
    assert actions.look_again(as_both_saw_it, mapping={}, actor=leader).pk in jobs
    do_waiting_work("import")
    assert actions.read_in(as_both_saw_it, overlap=None, actor=leader).pk in jobs


def test_a_program_that_asks_twice_gets_the_same_job(ready: tuple[Any, str, dict[str, str]]) -> None:
    client, _address, _answers = ready
    address = reverse("api_read_in", args=[Upload.objects.get().pk])
    first, second = (client.post(address, {}, content_type="application/json") for _time in range(2))
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json()["id"] == second.json()["id"]
    do_waiting_work("import")
    assert client.post(address, {}, content_type="application/json").status_code == 409


def test_an_import_that_broke_off_can_be_asked_for_again(ready: tuple[Any, str, dict[str, str]]) -> None:
    client, address, answers = ready
    client.post(address, answers)
    Job.objects.filter(kind="import").update(state=Job.State.FAILED, error_code="job_died")
    assert "read_in" in client.get(address).content.decode()
    client.post(address, answers)
    assert [done.state for done in do_waiting_work("import")] == [Job.State.DONE]
    assert Batch.objects.count() == 1

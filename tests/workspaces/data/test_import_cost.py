"""What things cost is absent from every page of an import for who may not see it, also while a file is looked at."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from data_room import HEADINGS, DataRoom, line
from preview_page import do_waiting_work, offer
from standing_cast import Cast

from bekwaam.records.models import Batch, Upload

WITHOUT = ("leader", "inside_sales", "admin")
COST, MARGIN = "7,31", "12,69"
TWO_MORE = (*HEADINGS, "Kostprijs", "Marge")
ROWS = [[*line(nth, date(2025, 3, 11 + nth)), COST, MARGIN] for nth in range(9)]
SPOILED = [*ROWS[:2], [*line(2, "31-02-2025"), COST, MARGIN], *ROWS[3:]]


def as_file(rows: list[list[Any]], headings: Any = TWO_MORE) -> io.BytesIO:
    return io.BytesIO("\r\n".join(";".join(map(str, row)) for row in [headings, *rows]).encode("cp1252"))


def shown(cast: Cast, who: str, address: str) -> str:
    page = cast.client(who, headers={"accept-language": "en"}).get(address)
    assert page.status_code == 200
    return str(page.content.decode())


def read_in(client: Any, address: str) -> Batch:
    form = client.get(address).context["form"]
    answers = {field.html_name: field.value() or "" for field in form.column_fields}
    client.post(address, {**answers, "read_in": "1"})
    do_waiting_work("import")
    return Batch.objects.get()


@pytest.mark.parametrize("who", WITHOUT)
def test_the_sample_leaves_out_what_tells_of_cost(room: DataRoom, cast: Cast, who: str) -> None:
    address = offer(cast.client("leader_with_margins"), as_file(ROWS), name="maart.csv")
    with_cost, without = shown(cast, "leader_with_margins", address), shown(cast, who, address)
    assert (COST in with_cost, MARGIN in with_cost) == (True, True)
    assert (COST in without, MARGIN in without, "2,50" in without) == (False, False, True)
    assert COST in str(Upload.objects.get().preview)


def test_a_column_taken_off_the_mapping_does_not_come_into_sight(room: DataRoom, cast: Cast) -> None:
    headings = (*HEADINGS, "KP")
    address = offer(cast.client("leader_with_margins"), as_file([row[:-1] for row in ROWS], headings), name="m.csv")
    for who, column in (("leader_with_margins", "7"), ("admin", "")):
        client = cast.client(who)
        form = client.get(address).context["form"]
        answers = {field.html_name: field.value() or "" for field in form.column_fields}
        assert client.post(address, {**answers, "column_cost": column, "look_again": "1"}).status_code == 302
        do_waiting_work("preview")
    assert Upload.objects.get().preview["mapping"]["fields"]["cost"] is None
    assert COST not in shown(cast, "admin", address)


def test_who_may_not_see_cost_cannot_have_it_added_up_as_revenue(room: DataRoom, cast: Cast) -> None:
    address = offer(cast.client("leader_with_margins"), as_file(ROWS), name="maart.csv")
    client = cast.client("admin")
    form = client.get(address).context["form"]
    answers = {field.html_name: field.value() or "" for field in form.column_fields}
    assert client.post(address, {**answers, "column_revenue": "7", "look_again": "1"}).status_code == 200
    assert Upload.objects.get().mapping == {}


def test_what_is_wrong_in_a_column_with_cost_is_told_without_the_cell(room: DataRoom, cast: Cast) -> None:
    wrong = [*ROWS[:3], [*line(3, date(2025, 3, 14)), "7,31 ong.", MARGIN], *ROWS[4:]]
    address = offer(cast.client("leader_with_margins"), as_file(wrong), name="maart.csv")
    assert "7,31 ong." in shown(cast, "leader_with_margins", address)
    assert "7,31 ong." not in shown(cast, "inside_sales", address)


def fetched(cast: Cast, who: str, batch: Batch) -> tuple[int, bool]:
    """The answer to who fetches the refused rows, and whether the page offers them."""
    address = f"/data/batches/{batch.batch_id}/"
    return cast.client(who).get(f"{address}refused/").status_code, f"{address}refused/" in shown(cast, who, address)


def test_refused_rows_with_cost_go_to_who_sees_cost_and_to_who_offered_them(room: DataRoom, cast: Cast) -> None:
    address = offer(cast.client("inside_sales"), as_file(SPOILED), name="maart.csv")
    batch = read_in(cast.client("admin"), address)
    assert batch.rows_refused == 1
    answers = {who: fetched(cast, who, batch) for who in (*WITHOUT, "leader_with_margins")}
    assert answers == {
        "leader": (404, False),
        "admin": (404, False),
        "inside_sales": (200, True),
        "leader_with_margins": (200, True),
    }


def test_refused_rows_without_cost_go_to_whoever_sees_imports(room: DataRoom, cast: Cast) -> None:
    address = offer(cast.client("leader"), as_file([row[:-2] for row in SPOILED], HEADINGS), name="maart.csv")
    batch = read_in(cast.client("leader"), address)
    assert fetched(cast, "admin", batch) == (200, True)

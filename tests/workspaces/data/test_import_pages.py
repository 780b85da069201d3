"""From an upload through its preview to a batch and back, as a person with a browser does it."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from data_room import HEADINGS, DataRoom, cells_of, line
from preview_page import do_waiting_work, offer, open_preview
from standing_cast import Cast

from bekwaam.records.models import Batch, Job, Upload

DAYS = [date(2025, 3, 11 + nth) for nth in range(12)]
GOOD = [line(nth, day, customer=str(100 + nth)) for nth, day in enumerate(DAYS)]


def as_file(rows: list[list[Any]], headings: Any = HEADINGS) -> io.BytesIO:
    return io.BytesIO("\r\n".join(";".join(map(str, row)) for row in [headings, *rows]).encode("cp1252"))


def spoiled() -> list[list[Any]]:
    rows = [list(row) for row in GOOD]
    rows[1][1] = "31-02-2025"
    rows[4][5] = "1.000,00"
    rows[4][1] = "gisteren"
    rows[6][1] = "30-02-2025"
    return rows


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())))


def fields_of(page: Any) -> dict[str, str]:
    return {
        field.html_name: field.value() or ""
        for field in [*page.context["form"].question_fields, *page.context["form"].column_fields]
    }


def test_the_counts_add_up_and_the_reasons_are_sorted_by_what_they_are_worth(room: DataRoom, cast: Cast) -> None:
    page = open_preview(cast.client("leader"), as_file(spoiled()), name="maart.csv")
    outcome = page.context["outcome"]
    assert outcome["rows_read"] == page.context["good"] + outcome["rows_refused"] == 12
    assert Decimal(outcome["revenue"]) == Decimal("225.00")
    reasons = page.context["reasons"]
    assert [(reason["code"], reason["rows"], reason["amount"]) for reason in reasons] == [
        ("date_not_read", 1, Decimal("10000.00")),
        ("date_not_in_month", 2, Decimal("50.00")),
    ]
    assert sum(reason["rows"] for reason in reasons) == outcome["rows_refused"]
    assert sum(reason["amount"] for reason in reasons) == Decimal(outcome["revenue_refused"])


def test_the_wrong_cells_are_marked_and_nothing_is_stored(room: DataRoom, cast: Cast) -> None:
    facts = room.store.version
    page = open_preview(cast.client("leader"), as_file(spoiled()), name="maart.csv")
    marked = re.findall(r'<mark class="marked">([^<]*)</mark>', page.content.decode())
    assert marked == ["31-02-2025", "gisteren", "30-02-2025"]
    assert "Nothing is stored yet." in text_of(page)
    assert (room.store.version, Batch.objects.count()) == (facts, 0)


@pytest.mark.parametrize(("language", "words"), [("nl", "Er is nog niets opgeslagen"), ("en", "Nothing is stored yet")])
def test_the_preview_speaks_the_readers_language(room: DataRoom, cast: Cast, language: str, words: str) -> None:
    page = open_preview(cast.client("leader"), as_file(spoiled()), name="maart.csv", language=language)
    assert words in text_of(page)
    assert f'lang="{language}"' in page.content.decode()


def test_from_preview_to_batch_to_undo(room: DataRoom, cast: Cast) -> None:
    client = cast.client("leader")
    address = offer(client, as_file(spoiled()), name="maart.csv")
    page = client.get(address)
    started = client.post(address, {**fields_of(page), "read_in": "1"})
    assert started.status_code == 302
    assert [job.state for job in do_waiting_work("import")] == [Job.State.DONE]
    assert client.get(started.url).status_code == 200
    batch = Batch.objects.get()
    assert (batch.rows_imported, batch.rows_refused, batch.revenue) == (9, 3, Decimal("225.00"))
    assert room.totals().revenue == Decimal("225.00")
    shown = client.get(f"/data/batches/{batch.batch_id}/")
    assert "9" in text_of(shown)
    apart = client.get(f"/data/batches/{batch.batch_id}/refused/")
    assert f"{batch.batch_id}-maart.xlsx" in apart["Content-Disposition"]
    kept = room.bytes(b"".join(apart.streaming_content), name="refused.xlsx")
    assert len(cells_of(kept)) == 4
    assert client.post(f"/data/batches/{batch.batch_id}/undo/").status_code == 302
    assert [job.state for job in do_waiting_work("undo")] == [Job.State.DONE]
    assert room.totals().lines == 0
    assert Batch.objects.get().state == Batch.State.UNDONE
    assert client.get(f"/data/batches/{batch.batch_id}/").status_code == 200
    assert not list(room.home.uploads.iterdir())


def test_columns_can_be_corrected_and_looked_at_again(room: DataRoom, cast: Cast) -> None:
    client = cast.client("leader")
    headings = ("Ordernummer", "Orderdatum", "Klantnummer", "Artikelcode", "Aantal", "Geld", "Land")
    address = offer(client, as_file(GOOD, headings), name="maart.csv")
    page = client.get(address)
    assert Upload.objects.get().state == Upload.State.ASKS
    corrected = client.post(address, {**fields_of(page), "column_unit_price": "5", "look_again": "1"})
    assert corrected.status_code == 302
    do_waiting_work("preview")
    page = client.get(address)
    assert Upload.objects.get().state == Upload.State.READY
    assert Decimal(page.context["outcome"]["revenue"]) == Decimal("300.00")
    assert fields_of(page)["column_unit_price"] == "5"


def test_dates_that_read_both_ways_are_answered_on_the_page(room: DataRoom, cast: Cast) -> None:
    client = cast.client("leader")
    rows = [line(nth, f"{1 + nth:02d}-03-2025") for nth in range(9)]
    address = offer(client, as_file(rows), name="maart.csv")
    page = client.get(address)
    assert client.post(address, {**fields_of(page), "read_in": "1"}).status_code == 200
    assert not Job.objects.filter(kind="import").exists()
    client.post(address, {**fields_of(page), "question_0": "dmy", "look_again": "1"})
    do_waiting_work("preview")
    page = client.get(address)
    client.post(address, {**fields_of(page), "read_in": "1"})
    do_waiting_work("import")
    assert str(Batch.objects.get().last_date) == "2025-03-09"


def test_an_overlap_must_be_chosen_before_reading_in(room: DataRoom, cast: Cast) -> None:
    room.offer(room.file(GOOD, name="first.csv"))
    client = cast.client("leader")
    more = [*GOOD[1:], line(50, date(2025, 3, 20), customer="999")]
    address = offer(client, as_file(more), name="later.csv")
    page = client.get(address)
    asked = client.post(address, {"read_in": "1"})
    assert asked.status_code == 200
    assert "nothing is stored until you do" in text_of(asked)
    assert not Job.objects.filter(kind="import").exists()
    client.post(address, {**fields_of(page), "overlap": "replace", "read_in": "1"})
    assert [job.state for job in do_waiting_work("import")] == [Job.State.DONE]
    assert room.totals().lines == 13  # the order that the file does not have lies before its first day
    assert Batch.objects.count() == 2


@pytest.mark.parametrize("again", ["very same", "same lines"])
def test_a_file_that_is_in_already_says_so(room: DataRoom, cast: Cast, again: str) -> None:
    first = room.file(GOOD, name="first.csv")
    room.offer(first)
    content = first.read_bytes() if again == "very same" else as_file(GOOD[::-1]).getvalue()
    page = open_preview(cast.client("leader"), io.BytesIO(content), name="again.csv")
    assert "in already" in text_of(page)
    assert "None:" in text_of(page) or "None," in text_of(page)
    assert "as None" not in text_of(page)


def test_a_closed_upload_cannot_be_read_in_once_more(room: DataRoom, cast: Cast) -> None:
    client = cast.client("leader")
    address = offer(client, as_file(GOOD), name="maart.csv")
    page = client.get(address)
    client.post(address, {**fields_of(page), "read_in": "1"})
    do_waiting_work("import")
    assert client.post(address, {"read_in": "1"}).status_code == 302
    assert client.post(address, {"look_again": "1"}).status_code == 302
    assert do_waiting_work("import", "preview") == []
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("kind", ["customers", "products", "sellers"])
def test_other_kinds_of_files_go_the_same_way(room: DataRoom, cast: Cast, kind: str) -> None:
    heading = {"customers": "Klantnummer", "products": "Artikelcode", "sellers": "Verkoper"}[kind]
    client = cast.client("leader")
    address = offer(client, as_file([["1", "Een"], ["2", "Twee"]], (heading, "Naam")), name="f.csv", kind=kind)
    page = client.get(address)
    assert page.status_code == 200
    client.post(address, {**fields_of(page), "read_in": "1"})
    assert [job.state for job in do_waiting_work("import")] == [Job.State.DONE]
    assert client.get(f"/data/batches/{Batch.objects.get().batch_id}/").status_code == 200


@pytest.mark.parametrize("role", ["marketer", "board", "colleague", "outsider"])
def test_without_the_right_nothing_opens_and_nothing_changes(room: DataRoom, cast: Cast, role: str) -> None:
    batch = room.offer(room.file(spoiled()), skip_refused=True).batch
    address = offer(cast.client("leader"), as_file(GOOD), name="maart.csv")
    client = cast.client(role)
    before = (room.state().facts, room.totals(), Batch.objects.get().state, Job.objects.count(), Upload.objects.count())
    for method, path, values in (
        ("get", "/data/", {}),
        ("get", "/data/import/", {}),
        ("post", "/data/import/", {"kind": "sales", "file": as_file(GOOD)}),
        ("get", address, {}),
        ("post", address, {"read_in": "1"}),
        ("get", f"/data/batches/{batch}/", {}),
        ("get", f"/data/batches/{batch}/refused/", {}),
        ("post", f"/data/batches/{batch}/undo/", {}),
        ("post", "/data/refresh/", {}),
    ):
        assert getattr(client, method)(path, values).status_code == 403, (method, path)
    after = (room.state().facts, room.totals(), Batch.objects.get().state, Job.objects.count(), Upload.objects.count())
    assert after == before

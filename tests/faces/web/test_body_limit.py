"""How much a request may send: refused at the door, before anything of it is kept."""

from __future__ import annotations

import io
import os
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from bekwaam.faces.web import body_limit
from bekwaam.records.models import Upload

MB = 1 << 20


def send(browser: Client, address: str, size: int, **more: Any) -> tuple[Any, io.BytesIO]:
    """Post a form with one file of this size; returns the answer, and the body as far as it was read."""
    form = encode_multipart(BOUNDARY, {"kind": "sales", "file": SimpleUploadedFile("a.csv", b"x" * size)})
    body = io.BytesIO(form)
    environment = {"wsgi.input": body, "CONTENT_LENGTH": str(len(form)), "CONTENT_TYPE": MULTIPART_CONTENT}
    return browser.generic("POST", address, **environment | more), body


@pytest.fixture(autouse=True)
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("import_new", "api_uploads"):
        monkeypatch.setitem(body_limit.TAKE_FILES, name, ("imports.write", 4 * MB))


def test_a_file_may_be_as_large_as_intake_reads(settings: Any) -> None:
    from bekwaam.intake.limits import DEFAULT

    assert settings.BEKWAAM_FILE_BYTES == DEFAULT.file_mb * MB == body_limit.IMPORTED - MB


@pytest.mark.parametrize("address", ["/sign-in/", "/me/", "/data/import/", "/link/forged/"])
def test_of_a_large_form_without_a_visitor_nothing_is_read(cast: Any, home: Any, address: str) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    browser.get("/sign-in/")
    response, body = send(browser, address, 2 * MB)
    assert response.status_code == 413
    assert "More than 1 MB was sent" in response.content.decode()
    assert body.tell() == 0


@pytest.mark.parametrize("who", ["marketer", "outsider"])
def test_who_may_not_import_sends_no_file_either(cast: Any, home: Any, who: str) -> None:
    response, body = send(cast.client(who), "/data/import/", 2 * MB)
    assert (response.status_code, body.tell()) == (413, 0)


def test_who_may_import_sends_a_file_on_the_pages_that_take_one(cast: Any, home: Any) -> None:
    browser = cast.client("inside_sales")
    assert send(browser, "/data/import/", 2 * MB)[0].status_code == 302
    assert send(browser, reverse("api_uploads"), 2 * MB)[0].status_code == 202
    assert Upload.objects.count() == 2
    response, body = send(browser, "/me/", 2 * MB)
    assert (response.status_code, body.tell()) == (413, 0)


def test_a_file_beyond_what_intake_reads_is_refused_unread(cast: Any, home: Any) -> None:
    response, body = send(cast.client("leader"), "/data/import/", 5 * MB)
    assert (response.status_code, body.tell()) == (413, 0)


def test_programs_are_told_by_a_problem(cast: Any, home: Any) -> None:
    response, _body = send(cast.client("leader"), reverse("api_uploads"), 5 * MB)
    assert (response.status_code, response["Content-Type"]) == (413, "application/problem+json")
    assert response.json()["type"] == "urn:bekwaam:problem:too_large"


@pytest.mark.parametrize("more", [{"HTTP_TRANSFER_ENCODING": "chunked"}, {"CONTENT_LENGTH": "-1"}])
def test_a_length_that_is_not_told_is_refused(cast: Any, home: Any, more: dict[str, str]) -> None:
    response, body = send(Client(), "/sign-in/", 100, **more)
    assert (response.status_code, body.tell()) == (413, 0)


def test_the_bytes_are_counted_while_they_are_read(cast: Any, home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_limit, "_length_of", lambda _request: 10)
    browser = Client(enforce_csrf_checks=True)
    browser.get("/sign-in/")
    response, body = send(browser, "/sign-in/", 6 * MB)
    assert response.status_code == 413
    assert body.tell() < 2 * MB
    assert list(home.uploads.iterdir()) == []


def test_a_file_on_its_way_lies_in_the_home_alone(cast: Any, home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from bekwaam.workspaces.data import actions

    seen = []
    offer = actions.offer
    monkeypatch.setattr(
        actions, "offer", lambda file, **how: (seen.append(file.temporary_file_path()), offer(file, **how))[1]
    )
    send(cast.client("leader"), "/data/import/", 3 * MB)
    assert [path.startswith(str(home.uploads)) for path in seen] == [True]
    assert len(list(home.uploads.iterdir())) == 1


def test_a_full_disk_while_a_file_comes_in_is_told_in_words(
    cast: Any, home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.write", full, raising=False)
    response, _body = send(cast.client("leader", headers={"accept-language": "en"}), "/data/import/", 3 * MB)
    assert response.status_code == 507
    assert "disk" in response.content.decode()
    assert list(home.uploads.iterdir()) == []


def test_what_a_killed_process_had_taken_in_is_removed_after_a_while(home: Any) -> None:
    from bekwaam.faces.jobs import runner

    torn, coming, offered = (home.uploads / name for name in ("tmp1.upload.csv", "tmp2.upload.csv", "0f.csv"))
    for file in (torn, coming, offered):
        file.write_bytes(b"x")
    for file in (torn, offered):
        os.utime(file, (0, 0))
    runner.clear_torn_uploads()
    assert sorted(home.uploads.iterdir()) == sorted([coming, offered])

"""An offered file is kept whole, for its owner alone, or not at all."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import Any

import pytest
from data_room import DataRoom
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.urls import reverse
from standing_cast import Cast
from test_import_pages import GOOD, as_file, text_of

from bekwaam.records.models import Job, Upload


def named(rows: list[list[Any]]) -> io.BytesIO:
    file = as_file(rows)
    file.name = "maart.csv"
    return file


def test_it_is_on_disk_and_closed_to_others(room: DataRoom, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (synced.append(str(Path(f"/proc/self/fd/{handle}").readlink())), fsync(handle))
    )
    cast.client("leader").post("/data/import/", {"kind": "sales", "file": named(GOOD)})
    kept = room.home.uploads / Upload.objects.get().file
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [str(kept), str(kept.parent)] == synced


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_is_told_in_words_and_leaves_nothing(
    room: DataRoom, cast: Cast, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def half(_file: Any, chunk_size: int | None = None) -> Any:
        yield b"Ordernummer;"
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(InMemoryUploadedFile, "chunks", half)
    client = cast.client("leader", headers={"accept-language": "en"})
    page = client.post("/data/import/", {"kind": "sales", "file": named(GOOD)})
    assert page.status_code == 200
    assert "disk" in text_of(page)
    answer = client.post(reverse("api_uploads"), {"kind": "sales", "file": named(GOOD)})
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert (list(room.home.uploads.iterdir()), Upload.objects.count(), Job.objects.count()) == ([], 0, 0)

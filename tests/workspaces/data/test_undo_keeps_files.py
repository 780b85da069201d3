"""Undoing an import leaves a customer alone with whom someone keeps a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from data_room import DataRoom
from django.core.files.uploadedfile import SimpleUploadedFile

from bekwaam.records import files
from bekwaam.records.models import Customer
from bekwaam.terms.actor import SYSTEM
from bekwaam.workspaces.data.importing import import_file
from bekwaam.workspaces.data.outcome import Options

pytestmark = pytest.mark.django_db


def test_a_customer_with_a_file_stays_when_his_import_is_undone(room: DataRoom, tmp_path: Path, cast: Any) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("number,name\n1001,Hoogwerve\n1002,Terwoude\n", encoding="utf-8")
    outcome = import_file(path, kind="customers", options=Options(), actor=SYSTEM)
    upload = SimpleUploadedFile("offer.pdf", b"%PDF-1.7\n")
    files.keep(cast.actor("leader"), "customers", Customer.objects.get(number="1001"), upload)
    room.undo(outcome.batch or "")
    assert [customer.number for customer in Customer.objects.all()] == ["1001"]

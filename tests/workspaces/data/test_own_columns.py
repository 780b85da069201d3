"""A file of customers fills the fields that the company added, and undoing it puts back what stood there."""

from __future__ import annotations

from pathlib import Path

import pytest
from data_room import DataRoom

from bekwaam.records import custom
from bekwaam.records.custom import FieldWords
from bekwaam.records.models import Batch, Customer
from bekwaam.records.searching.find import find
from bekwaam.terms.actor import SYSTEM
from bekwaam.workspaces.data.importing import import_file
from bekwaam.workspaces.data.outcome import Options

pytestmark = pytest.mark.django_db

FILE = "number,name,Keurmerk,Sites\n1001,Hoogwerve,Zuivelkeur,3\n1002,Terwoude,,many\n"


def test_a_heading_that_is_the_title_of_an_own_field_fills_it(room: DataRoom, tmp_path: Path) -> None:
    for title, sort in (("Keurmerk", "text"), ("Sites", "number")):
        custom.add_field(SYSTEM, FieldWords("customers", title, sort))
    known = Customer.objects.create(number="1001", custom={"keurmerk": "ISO"})
    file = tmp_path / "customers.csv"
    file.write_text(FILE, encoding="utf-8")
    outcome = import_file(file, kind="customers", options=Options(), actor=SYSTEM)
    known.refresh_from_db()
    assert (known.custom, known.version) == ({"keurmerk": "Zuivelkeur", "sites": 3}, 2)
    assert Customer.objects.get(number="1002").custom == {}
    assert [hit.key for hits in find("zuivelkeur", SYSTEM) for hit in hits.hits] == ["1001"]
    batch = Batch.objects.get(batch_id=outcome.batch)
    assert batch.report["own_not_read"] == {"Sites": 1}
    room.undo(batch.batch_id)
    known.refresh_from_db()
    assert known.custom == {"keurmerk": "ISO"}

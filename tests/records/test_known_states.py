"""The database takes the states and kinds that the code knows, and no others."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bekwaam.records.models import Batch, Job, Upload

VALUES: dict[Any, dict[str, Any]] = {
    Batch: {"batch_id": "B0001", "kind": "sales", "file_name": "orders.csv", "file_sha256": "0" * 64},
    Upload: {"file": "stored.csv", "file_name": "orders.csv", "kind": "sales", "offered_by": "user:1"},
    Job: {"kind": "refresh"},
}
FIELDS = [(model, name) for model in VALUES for name in ("state", "kind")]


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda part: getattr(part, "__name__", part))
def test_every_choice_can_be_stored_and_nothing_else(db: None, model: Any, name: str) -> None:
    row = model.objects.create(**VALUES[model])
    for choice, _label in model._meta.get_field(name).choices:
        model.objects.filter(pk=row.pk).update(**{name: choice})
    with pytest.raises(IntegrityError, match=f"{model.__name__.lower()}_{name}_is_known"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{name: "mistyped"})

"""Every field of every table of ours says what it tells about a person."""

from __future__ import annotations

from typing import ClassVar

import pytest
from django.apps import apps
from django.db import models

from bekwaam.access.personal import TAGS, faults, tags_of
from bekwaam.access.scope import ScopedModel


def our_models() -> list[type[models.Model]]:
    """Every table of a package of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith("bekwaam.")]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_field_is_tagged(model):
    assert faults(model) == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_table_stands_behind_the_scoped_door(model):
    assert issubclass(model, ScopedModel)
    assert model.reach.__func__ is not ScopedModel.reach.__func__, "reach is not written"


def test_a_forgotten_a_stale_and_an_unknown_tag_are_found():
    class Sample(ScopedModel):
        name = models.CharField(max_length=10)
        note = models.CharField(max_length=10)

        personal: ClassVar[dict[str, str]] = {"note": "secret", "gone": "none"}

        class Meta:
            app_label = "access"
            managed = False

    assert faults(Sample) == [
        "Sample.name has no tag",
        "Sample.gone has a tag but is no field",
        "Sample.note: 'secret' is no tag",
    ]


def test_tags_of_a_base_count_for_its_heirs():
    from bekwaam.access.models import Denial

    assert tags_of(Denial)["who"] == "seller"
    assert set(tags_of(Denial).values()) <= set(TAGS)

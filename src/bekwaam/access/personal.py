"""What each field tells about a person. Export, erasure and the audit log go by these tags, so none may be missing.

A model says it in `personal`: field name → tag. Its own primary key needs none; a foreign key does.
"""

from __future__ import annotations

from typing import Final

from django.db import models

TAGS: Final[dict[str, str]] = {
    "none": "says nothing about a person",
    "contact": "says who someone is or how to reach him",
    "seller": "says what a colleague did or which rows are his",
    "assessment": "says how well someone does",
    "text": "free text: may hold anything",
}


def tags_of(model: type[models.Model]) -> dict[str, str]:
    """The tags of a model, those of its bases included."""
    tags: dict[str, str] = {}
    for base in reversed(model.__mro__):
        tags.update(base.__dict__.get("personal", {}))
    return tags


def fields_to_tag(model: type[models.Model]) -> set[str]:
    """The names of the columns and many-to-many tables of a model, its automatic primary key left out."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.name for field in fields if not isinstance(field, models.AutoField)}


def faults(model: type[models.Model]) -> list[str]:
    """One sentence per field without a tag, per tag without a field and per unknown tag."""
    tags, fields = tags_of(model), fields_to_tag(model)
    name = model.__name__
    return [
        *(f"{name}.{field} has no tag" for field in sorted(fields - set(tags))),
        *(f"{name}.{field} has a tag but is no field" for field in sorted(set(tags) - fields)),
        *(f"{name}.{field}: {tag!r} is no tag" for field, tag in sorted(tags.items()) if tag not in TAGS),
    ]


def is_personal(model: type[models.Model], field: str) -> bool:
    """Whether the value must not be written down in the open."""
    return tags_of(model).get(field, "text") != "none"

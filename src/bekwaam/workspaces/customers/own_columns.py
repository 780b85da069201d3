"""The company's own fields as columns of the lists: shown, sorted and filtered like any other, on either database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import DateField, FloatField, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from bekwaam.frame.lists import CHOICE, DATE, NUMBER, TEXT, Column
from bekwaam.records.models import CustomField

Type = CustomField.Type
KINDS = {Type.NUMBER: NUMBER, Type.DATE: DATE, Type.CHOICE: CHOICE, Type.YES_NO: CHOICE}


def own_values(fields: Iterable[CustomField], path: str) -> dict[str, Any]:
    """The value of each field as the database compares it, by the name that its column has; `path` leads to the JSON.

    As text, because SQLite and PostgreSQL agree on that alone; a number and a day are made of it.
    """
    return {_alias(field): _value(field, path) for field in fields}


def _alias(field: CustomField) -> str:
    return f"own_{field.code}"


def _value(field: CustomField, path: str) -> Any:
    """Cast even where it is text already: what is taken out of JSON would be compared as JSON."""
    output = {Type.NUMBER: FloatField(), Type.DATE: DateField()}.get(Type(field.type), TextField())
    return Cast(KeyTextTransform(field.code, path), output)


def own_columns(fields: Iterable[CustomField]) -> Iterator[Column]:
    """A column for each field; the rows of the list must have `own_values`."""
    for field in fields:
        yield Column(
            code=f"own-{field.code.replace('_', '-')}",
            title=field.title,
            kind=KINDS.get(Type(field.type), TEXT),
            path=_alias(field),
            has_gaps=True,
            choices=_choices(field),
            label=_yes_or_no if field.type == Type.YES_NO else None,
        )


def _choices(field: CustomField) -> Any:
    if field.type == Type.YES_NO:
        return lambda: [("true", _("yes")), ("false", _("no"))]
    return (lambda: [(one, one) for one in field.choices]) if field.type == Type.CHOICE else None


def _yes_or_no(value: str) -> str:
    return _("yes") if value == "true" else _("no")

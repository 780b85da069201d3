"""The fields that a company adds itself: which there are, what may stand in them, and their values in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bekwaam.access import audit
from bekwaam.access.demand import require
from bekwaam.access.scope import system_door
from bekwaam.frame.formats import day, decimal_number
from bekwaam.frame.lists.typed import typed_day, typed_figure
from bekwaam.records.models import CustomField
from bekwaam.records.searching.words import plain
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused

MOST: Final = 40
MOST_CHOICES: Final = 100
LONGEST: Final = 200
YES: Final = frozenset({"yes", "y", "ja", "j", "true", "waar", "1", "x"})
NO: Final = frozenset({"no", "n", "nee", "false", "onwaar", "0"})

Type = CustomField.Type


@dataclass(frozen=True)
class FieldWords:
    """What is said about a field: its kind, title and type, and for a choice what may be chosen."""

    kind: str
    title: str
    type: str
    choices: tuple[str, ...] = ()


def fields_of(kind: str, actor: Actor) -> list[CustomField]:
    """The fields in use of a kind of record, in their order."""
    return list(CustomField.scoped(actor).filter(kind=kind, is_archived=False))


@transaction.atomic
def add_field(actor: Actor, words: FieldWords) -> CustomField:
    """A new field; its type stays as it is, because values of another type would say nothing.

    Raises:
        Refused: `custom_field_taken`, `custom_fields_too_many`, `custom_choices_missing`.
    """
    require(actor, "fields.write")
    with system_door():
        mine = CustomField.objects.filter(kind=words.kind)
        _check_title(mine, words.title)
        if mine.filter(is_archived=False).count() >= MOST:
            raise Refused("custom_fields_too_many", highest=MOST)
        last = mine.aggregate(last=Max("position"))["last"] or 0
        field = CustomField(kind=words.kind, type=words.type, position=last + 1)
        field.title, field.choices = words.title, _checked_choices(words)
        field.code = _free_code(words.title, set(mine.values_list("code", flat=True)))
        field.save()
        audit.record(actor, "fields.made", field, after=audit.snapshot(field))
    return field


@transaction.atomic
def change_field(actor: Actor, field: CustomField, words: FieldWords, *, is_archived: bool) -> CustomField:
    """A field under another title, with other choices, put away or taken up again.

    Raises:
        Refused: `custom_field_taken`, `custom_choices_missing`.
    """
    require(actor, "fields.write")
    with system_door():
        _check_title(CustomField.objects.filter(kind=field.kind).exclude(pk=field.pk), words.title)
        before = audit.snapshot(field)
        field.title, field.choices, field.is_archived = words.title, _checked_choices(words), is_archived
        field.save()
        audit.record(actor, "fields.changed", field, before=before, after=audit.snapshot(field))
    return field


def _check_title(others: models.QuerySet[CustomField], title: str) -> None:
    if plain(title) in {plain(other) for other in others.values_list("title", flat=True)}:
        raise Refused("custom_field_taken", title=title)


def _checked_choices(words: FieldWords) -> list[str]:
    if words.type != Type.CHOICE:
        return []
    choices = list(dict.fromkeys(one.strip()[:LONGEST] for one in words.choices if one.strip()))[:MOST_CHOICES]
    if not choices:
        raise Refused("custom_choices_missing")
    return choices


def _free_code(title: str, taken: set[str]) -> str:
    """A code from the title, for addresses and programs: "Aantal vestigingen" is `aantal_vestigingen`."""
    bare = re.sub(r"[^a-z0-9]+", "_", plain(title)).strip("_")[:36] or "field"
    bare = bare if bare[0].isalpha() else f"f_{bare}"[:36]
    numbered = (bare, *(f"{bare}_{number}" for number in range(2, MOST * 10)))
    return next(code for code in numbered if code not in taken)


def read(field: CustomField, text: str) -> Any:
    """What someone typed, as the record keeps it; None for nothing.

    Raises:
        Refused: `field_not_read`, `field_not_a_choice`, `field_too_long`.
    """
    bare = " ".join(text.split())
    if not bare:
        return None
    if len(bare) > LONGEST:
        raise Refused("field_too_long", longest=LONGEST)
    found = _READERS[field.type](field, bare)
    if found is None:
        code = "field_not_a_choice" if field.type == Type.CHOICE else "field_not_read"
        raise Refused(code, value=bare[:60])
    return found


def _text(_field: CustomField, text: str) -> str:
    return text


def _number(_field: CustomField, text: str) -> int | float | None:
    figure = typed_figure(text)
    if not figure:
        return None
    exact = Decimal(figure)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _date(_field: CustomField, text: str) -> str | None:
    return typed_day(text) or None


def _yes_no(_field: CustomField, text: str) -> bool | None:
    return {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}.get(text.lower())


def _choice(field: CustomField, text: str) -> str | None:
    return next((one for one in field.choices if plain(one) == plain(text)), None)


_READERS: Final[Mapping[str, Any]] = {
    Type.TEXT: _text,
    Type.NUMBER: _number,
    Type.DATE: _date,
    Type.YES_NO: _yes_no,
    Type.CHOICE: _choice,
}


def in_words(field: CustomField, value: Any) -> str:
    """A value as the screen shows it."""
    if value is None or value == "":
        return ""
    if field.type == Type.YES_NO:
        return _("yes") if value else _("no")
    if field.type == Type.NUMBER:
        return decimal_number(value, 0 if float(value).is_integer() else 2)
    if field.type == Type.DATE:
        return day(date.fromisoformat(value))
    return str(value)


def read_sent(kind: str, sent: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """Values that a program sends, by code, as the names that `editing.change` takes.

    Raises:
        Refused: `custom_field_unknown`, and what `read` raises.
    """
    known = {field.code: field for field in fields_of(kind, actor)}
    found = {}
    for code, value in sent.items():
        if code not in known:
            raise Refused("custom_field_unknown", name=code[:60])
        found[f"custom.{code}"] = _sent(known[code], value)
    return found


def _sent(field: CustomField, value: Any) -> Any:
    if value is None or isinstance(value, bool):
        wrong = isinstance(value, bool) and field.type != Type.YES_NO
        return read(field, str(value)) if wrong else value
    if isinstance(value, int | float) and field.type == Type.NUMBER:
        return value
    return read(field, str(value))

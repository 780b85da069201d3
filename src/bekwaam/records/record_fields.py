"""The fields of a record as its page shows them: each is read, said and changed on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bekwaam.records import custom
from bekwaam.records.editing import CUSTOM, value_of
from bekwaam.records.models import CustomField

Choice = tuple[str, str | Promise]


@dataclass(frozen=True)
class RecordField:
    """One field.

    Attributes:
        name: as `editing.change` knows it.
        words: a value as the screen shows it.
        read: what someone typed, as the record keeps it; refuses in words.
        typed: a value as the form holds it.
        choices: what can be chosen, asked only when the form is open; None for a text.
        sort: how the browser asks for it: text, date, number.
    """

    name: str
    title: str | Promise
    words: Callable[[Any], str] = str
    read: Callable[[str], Any] = str.strip
    typed: Callable[[Any], str] = str
    choices: Callable[[], Iterable[Choice]] | None = None
    sort: str = "text"

    @property
    def code(self) -> str:
        """The name as an address has it."""
        return self.name.replace(CUSTOM, "own-")

    def value(self, record: Any) -> Any:
        """What stands in it."""
        return value_of(record, self.name)


def custom_fields(fields: Iterable[CustomField]) -> list[RecordField]:
    """The company's own fields."""
    return [_custom_field(field) for field in fields]


def _custom_field(field: CustomField) -> RecordField:
    return RecordField(
        name=f"{CUSTOM}{field.code}",
        title=field.title,
        words=lambda value: custom.in_words(field, value),
        read=lambda text: custom.read(field, text),
        typed=lambda value: _typed(field, value),
        choices=_choices(field),
        sort="date" if field.type == CustomField.Type.DATE else "text",
    )


def _typed(field: CustomField, value: Any) -> str:
    """A number as the reader writes it, a day as browsers want it."""
    if value is None:
        return ""
    if field.type == CustomField.Type.DATE:
        return date.fromisoformat(value).isoformat()
    if field.type == CustomField.Type.YES_NO:
        return "yes" if value else "no"
    return custom.in_words(field, value)


def _choices(field: CustomField) -> Callable[[], list[Choice]] | None:
    if field.type == CustomField.Type.CHOICE:
        return lambda: [("", "–"), *((one, one) for one in field.choices)]
    if field.type == CustomField.Type.YES_NO:
        return lambda: [("", "–"), ("yes", _("yes")), ("no", _("no"))]
    return None


def by_code(fields: Iterable[RecordField], code: str) -> RecordField | None:
    """The field of an address."""
    return next((field for field in fields if field.code == code), None)

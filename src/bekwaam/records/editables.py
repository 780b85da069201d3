"""The kinds of record that people edit, keep files with, throw away and take back: one line for each.

Its order is that of the trash.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bekwaam.records.models import Customer, Editable, Note, Opportunity, Product, StoredFile, Task
from bekwaam.terms.actor import Actor


@dataclass(frozen=True)
class EditableKind:
    """How one kind is known: its table, what the screen calls one, its key, and the name of its page's address."""

    model: type[Editable]
    title: str | Promise
    key: str = "pk"
    url_name: str = ""

    def find(self, key: str, actor: Actor) -> Any:
        """The record with this key, when the actor may read it."""
        return self.model.scoped(actor).filter(**{self.key: key}).first()


EDITABLES: Final[dict[str, EditableKind]] = {
    "customers": EditableKind(Customer, _("customer"), "number", "customer"),
    "products": EditableKind(Product, _("product"), "code", "product"),
    "opportunities": EditableKind(Opportunity, _("opportunity"), "number", "opportunity"),
    "tasks": EditableKind(Task, _("task"), url_name="task"),
    "notes": EditableKind(Note, _("note")),
    "files": EditableKind(StoredFile, _("file")),
}

"""A stamp that changes whenever a record does: what lists counted under an older one is not used again.

Every person's change of a record sets `touched_at`, imports leave a batch, and changes of many leave themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from secrets import token_hex
from typing import Any

from django.db import models
from django.db.models import QuerySet, Subquery

from bekwaam.access.models import User
from bekwaam.records.models import Batch, BulkChange
from bekwaam.terms.actor import Actor


def with_stamp(rows: QuerySet[Any], *tables: type[models.Model]) -> QuerySet[Any]:
    """The rows with the marks of the last changes to these tables, in the same question; `stamp_of` reads them."""
    marks: dict[str, Any] = {
        "stamp_batch": _newest(Batch, "pk"),
        "stamp_undone_batch": _newest(Batch, "undone_at"),
        "stamp_change": _newest(BulkChange, "pk"),
        "stamp_undone_change": _newest(BulkChange, "undone_at"),
    }
    for place, table in enumerate(tables):
        marks[f"stamp_touched_{place}"] = _newest(table, "touched_at")
        marks[f"stamp_last_{place}"] = _newest(table, "pk")
    return rows.annotate(**marks)


def _newest(table: type[models.Model], field: str) -> Subquery:
    """The highest value; from an index, where MAX in a subquery would read the whole table."""
    known = table._base_manager.filter(**{f"{field}__isnull": False})
    return Subquery(known.order_by(f"-{field}").values(field)[:1])


def stamp_for(actor: Actor, *tables: type[models.Model]) -> str:
    """The stamp of these tables, for a list that reads no run; never the same twice for who is no user."""
    row = with_stamp(User.scoped(actor).filter(pk=actor.user_id), *tables).first()
    return stamp_of(row) if row else token_hex(8)


def stamp_of(row: Any) -> str:
    """The stamp of a row that `with_stamp` gave."""
    return "·".join(str(getattr(row, name) or "") for name in _names(row))


def _names(row: Any) -> Iterator[str]:
    return iter(sorted(name for name in vars(row) if name.startswith("stamp_")))

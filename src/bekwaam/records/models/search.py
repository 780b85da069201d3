"""What can be found by typing: per kind of record where its words are, and the entry of each record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from bekwaam.access.scope import ScopedModel
from bekwaam.records.models.opportunity import Opportunity
from bekwaam.records.models.party import Customer, Product
from bekwaam.records.searching.planning import of_kinds
from bekwaam.terms.actor import Actor


@dataclass(frozen=True)
class Searched:
    """A kind of record that is searched.

    Attributes:
        model: its table; who may read a row there may find it.
        key: the field that an address names it by.
        name: the field with its name.
        also: further fields in whose words it is found; the first is shown beside the name.
    """

    model: type[ScopedModel]
    key: str
    name: str
    also: tuple[str, ...] = ()


SEARCHED: Final[dict[str, Searched]] = {
    "customers": Searched(Customer, "number", "name", also=("city",)),
    "products": Searched(Product, "code", "description", also=("product_group",)),
    "opportunities": Searched(Opportunity, "number", "title"),
}
"""The kinds of record that are searched, in the order in which they are shown."""


class SearchEntry(ScopedModel):
    """One findable record: its words as `searching.words` makes them, and where it lives.

    The indexes stand in `searching.sqlite` and `searching.postgresql`; the database itself keeps them in step.
    """

    object_type = models.CharField(max_length=20)
    object_key = models.CharField(max_length=60)
    code = models.CharField(max_length=60, default="")
    name = models.CharField(max_length=300, default="")
    words = models.CharField(max_length=600)
    tokens = models.TextField(default="")

    personal: ClassVar[dict[str, str]] = {
        "object_type": "none",
        "object_key": "none",
        "code": "none",
        "name": "contact",
        "words": "contact",
        "tokens": "contact",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["object_type", "object_key"], name="one_entry_per_record")]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Of each kind what the actor may read in its own table."""
        found: Q | None = None
        for kind, how in SEARCHED.items():
            reach = how.model.reach(actor)
            if reach is None:
                continue
            keys = Q(object_key__in=how.model.scoped(actor).values(how.key)) if reach else Q()
            found = (found or Q()) | (Q(of_kinds(kind)) & keys)
        return found

"""Reads on records that every room shares."""

from __future__ import annotations

from collections.abc import Iterable

from bekwaam.records.kinds import KINDS
from bekwaam.records.models import Customer, Product, Run, Seller
from bekwaam.terms.actor import Actor


def current_run(actor: Actor) -> Run | None:
    """The run that pages show; None before the first refresh."""
    return Run.scoped(actor).filter(is_current=True).first()


def names_of(kind: str, keys: Iterable[str], actor: Actor) -> dict[str, str]:
    """The name on the screen of each key that the actor may see; a key without a record stands for itself."""
    how = KINDS[kind]
    wanted = list(keys)
    found = how.model.scoped(actor).filter(**{f"{how.key}__in": wanted})
    return {key: key for key in wanted} | {getattr(record, how.key): str(record) for record in found}


def has_sellers(actor: Actor) -> bool:
    """Whether any seller is known: without one, "nobody looks after this customer" says nothing."""
    return Seller.scoped(actor).exists()


def counts(actor: Actor) -> dict[str, int]:
    """How many customers and products the actor may see."""
    return {"customers": Customer.scoped(actor).count(), "products": Product.scoped(actor).count()}

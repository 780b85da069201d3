"""Whose customers are whose: those of the seller code that is the user's."""

from __future__ import annotations

from django.db.models import Q

from bekwaam.access.models import User
from bekwaam.access.policy import reach_of
from bekwaam.terms.actor import Actor


def own(actor: Actor, path: str = "") -> Q:
    """The customers that the actor looks after. `path` leads to the customer, such as "customer__".

    A seller code is a user's when the seller says so, or when the user has it on his own page.
    """
    codes = User.scoped(actor).filter(pk=actor.user_id).exclude(seller_code="").values("seller_code")
    return Q(**{f"{path}seller__user_id": actor.user_id}) | Q(**{f"{path}seller__code__in": codes})


def his_codes(actor: Actor) -> Q:
    """The sellers that are the actor himself."""
    codes = User.scoped(actor).filter(pk=actor.user_id).exclude(seller_code="").values("seller_code")
    return Q(user_id=actor.user_id) | Q(code__in=codes) if actor.user_id is not None else Q(pk__in=[])


def writable(actor: Actor, path: str = "") -> Q | None:
    """The customers that the actor may change; None when he may change none."""
    reach = reach_of(actor, "customers.write")
    if reach == "own" and actor.user_id is not None:
        return own(actor, path)
    return Q() if reach == "all" else None

"""From a user to the actor that every reading question takes."""

from __future__ import annotations

from typing import Any

from bekwaam.access.models import RightGrant, RoleGrant
from bekwaam.access.policy import RIGHTS, ROLES, actor_with
from bekwaam.access.scope import system_door
from bekwaam.terms.actor import NOBODY, Actor


def actor_of(user: Any) -> Actor:
    """Who asks. Roles are read anew each time, so that what was taken away is gone at once; one query.

    A visitor who is not signed in, or whose account is closed, is nobody.
    """
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    with system_door():
        roles = RoleGrant.objects.filter(user_id=user.pk).values_list("role")
        held = {name for (name,) in roles.union(RightGrant.objects.filter(user_id=user.pk).values_list("right"))}
    return actor_with(
        f"user:{user.pk}",
        roles=frozenset(held & set(ROLES)),
        rights=frozenset(held & set(RIGHTS)),
        user_id=user.pk,
    )

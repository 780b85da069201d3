"""Reads on users, links and switches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bekwaam.access.indicators import INDICATORS, RESULTS, TIERS, Indicator
from bekwaam.access.models import PersonIndicator, RightGrant, RoleGrant, User
from bekwaam.access.models.user import Right, Role
from bekwaam.access.scope import system_door
from bekwaam.terms.actor import Actor


@dataclass(frozen=True)
class UserRow:
    """A user as the list shows him.

    Attributes:
        state: "open", "invited" (has no password yet) or "closed".
    """

    user: User
    roles: list[str]
    rights: list[str]
    state: str


def user_rows(actor: Actor) -> list[UserRow]:
    """The users that the actor may see, open accounts first. Three queries, however many there are."""
    users = list(User.scoped(actor).order_by("-is_active", "name", "email"))
    roles = _labels(RoleGrant.scoped(actor).values_list("user_id", "role"), Role)
    rights = _labels(RightGrant.scoped(actor).values_list("user_id", "right"), Right)
    return [UserRow(user, roles.get(user.pk, []), rights.get(user.pk, []), state_of(user)) for user in users]


def _labels(pairs: Any, choices: Any) -> dict[int, list[str]]:
    held: dict[int, set[str]] = {}
    for user_id, name in pairs:
        held.setdefault(user_id, set()).add(name)
    return {user_id: [choice.label for choice in choices if choice.value in names] for user_id, names in held.items()}


def state_of(user: User) -> str:
    """Whether the account is open, waits for its first password, or is closed."""
    if not user.is_active:
        return "closed"
    return "open" if user.has_usable_password() else "invited"


def find_user(actor: Actor, pk: int) -> User | None:
    """The user, when the actor may see him."""
    return User.scoped(actor).filter(pk=pk).first()


def held_by(actor: Actor, user: User) -> dict[str, list[str]]:
    """The roles and rights of a user, by name."""
    return {
        "roles": list(RoleGrant.scoped(actor).filter(user=user).values_list("role", flat=True)),
        "rights": list(RightGrant.scoped(actor).filter(user=user).values_list("right", flat=True)),
    }


def names_by_key() -> dict[str, str]:
    """The name of every user by the key that stands with what he did, for pages that say who did it."""
    with system_door():
        return {f"user:{user.pk}": str(user) for user in User.objects.all()}


def held_in_words(actor: Actor) -> dict[str, list[str]]:
    """One's own roles and rights, as the screen calls them."""
    return {
        "roles": [role.label for role in Role if role.value in actor.roles],
        "rights": [right.label for right in Right if right.value in actor.rights],
    }


@dataclass(frozen=True)
class SwitchRow:
    """A figure about persons, and the decision that holds for it today."""

    code: str
    indicator: Indicator
    switch: PersonIndicator | None

    @property
    def is_fixed(self) -> bool:
        """Whether it needs no switch."""
        return self.indicator.tier == RESULTS

    @property
    def is_on(self) -> bool:
        """Whether anyone may see it."""
        return self.is_fixed or self.switch is not None

    @property
    def viewers(self) -> list[str]:
        """The roles that may look, as the screen calls them."""
        return [Role(role).label for role in self.switch.viewers] if self.switch else []


def switch_rows(actor: Actor, today: date) -> list[tuple[Any, list[SwitchRow]]]:
    """Per tier its name and its figures."""
    in_force = PersonIndicator.scoped(actor).filter(closed_at__isnull=True, starts_on__lte=today, ends_on__gte=today)
    by_code = {switch.indicator: switch for switch in in_force.order_by("pk")}
    rows = [SwitchRow(code, indicator, by_code.get(code)) for code, indicator in INDICATORS.items()]
    return [(name, [row for row in rows if row.indicator.tier == tier]) for tier, name in TIERS.items()]

"""Who may do what: one table. It knows nothing of Django, so that a test can read it against the design.

Roles add up: whoever has two roles may do what either may. Rights stand on top of roles.
"""

from __future__ import annotations

from typing import Final, Literal

from bekwaam.terms.actor import Actor

Reach = Literal["all", "own", "totals"]
"""How far an action reaches: all rows, the actor's own rows, or figures that name no customer."""

LEADER: Final = "leader"
ACCOUNT_MANAGER: Final = "account_manager"
INSIDE_SALES: Final = "inside_sales"
MARKETER: Final = "marketer"
COLLEAGUE: Final = "colleague"
FAIR_STAFF: Final = "fair_staff"
BOARD: Final = "board"
ADMIN: Final = "admin"

ROLES: Final = (LEADER, ACCOUNT_MANAGER, INSIDE_SALES, MARKETER, COLLEAGUE, FAIR_STAFF, BOARD, ADMIN)

MARGINS: Final = "margins"
ANALYST: Final = "analyst"
RIGHTS: Final = (MARGINS, ANALYST)

ROLES_WITH_LINES: Final = frozenset({LEADER, ACCOUNT_MANAGER, INSIDE_SALES, MARKETER, COLLEAGUE})
ROLES_WITH_TOTALS: Final = ROLES_WITH_LINES | {BOARD}
ROLES_WITH_COST: Final = frozenset({LEADER, ACCOUNT_MANAGER, INSIDE_SALES, MARKETER, BOARD})
"""Only together with the right `margins`; a colleague of another function never sees cost."""

_SALES: Final[dict[str, Reach]] = {LEADER: "all", ACCOUNT_MANAGER: "all", INSIDE_SALES: "all", MARKETER: "all"}
_IMPORTS: Final[dict[str, Reach]] = {LEADER: "all", INSIDE_SALES: "all", ADMIN: "all"}

ALLOWED: Final[dict[str, dict[str, Reach]]] = {
    "cockpit.read": {**_SALES, COLLEAGUE: "all"},
    "customers.read": {**_SALES, COLLEAGUE: "all"},
    "customers.write": {LEADER: "all", ACCOUNT_MANAGER: "own", INSIDE_SALES: "all"},
    "notes.write": {**_SALES, COLLEAGUE: "all"},
    "opportunities.read": {**_SALES, COLLEAGUE: "all"},
    "opportunities.write": {LEADER: "all", ACCOUNT_MANAGER: "own", INSIDE_SALES: "all"},
    "tasks.read": {**_SALES, COLLEAGUE: "all"},
    "tasks.write": {LEADER: "all", ACCOUNT_MANAGER: "own", INSIDE_SALES: "all", MARKETER: "own", COLLEAGUE: "own"},
    "forecasts.read": {
        LEADER: "all",
        ACCOUNT_MANAGER: "totals",
        INSIDE_SALES: "all",
        MARKETER: "all",
        COLLEAGUE: "totals",
        BOARD: "totals",
    },
    "forecasts.write": {LEADER: "all"},
    "forecasts.judge": {LEADER: "all", ACCOUNT_MANAGER: "own"},
    "questionnaires.read": {LEADER: "all", MARKETER: "all"},
    "questionnaires.write": {LEADER: "all", MARKETER: "all"},
    "imports.read": _IMPORTS,
    "imports.write": _IMPORTS,
    "jobs.read": _IMPORTS,
    "users.read": {LEADER: "all", ADMIN: "all"},
    "users.write": {ADMIN: "all"},
    "settings.read": {LEADER: "all", ADMIN: "all"},
    "settings.write": {ADMIN: "all"},
    "switches.read": {LEADER: "all", ADMIN: "all"},
    "switches.write": {ADMIN: "all"},
    "fields.write": {LEADER: "all", ADMIN: "all"},
    "audit.read": {ADMIN: "all"},
}

FOR_EVERY_USER: Final = frozenset({"me.read", "me.write"})
"""What whoever is signed in may do, with or without a role."""

BY_RIGHT: Final[dict[str, tuple[str, frozenset[str]]]] = {"facts.ask": (ANALYST, ROLES_WITH_LINES)}
"""Actions that need a right and one of these roles."""

_WIDEST_FIRST: Final[tuple[Reach, ...]] = ("all", "own", "totals")


def actions() -> frozenset[str]:
    """The name of every action."""
    return frozenset(ALLOWED) | FOR_EVERY_USER | frozenset(BY_RIGHT)


def may(actor: Actor, action: str) -> bool:
    """Whether the actor may do it at all.

    Raises:
        KeyError: there is no such action.
    """
    return reach_of(actor, action) is not None


def reach_of(actor: Actor, action: str) -> Reach | None:
    """How far the action reaches for this actor, by his widest role; None when he may not do it.

    Raises:
        KeyError: there is no such action.
    """
    if action in FOR_EVERY_USER:
        return None if actor.user_id is None else "own"
    if action in BY_RIGHT:
        right, roles = BY_RIGHT[action]
        return "all" if right in actor.rights and actor.roles & roles else None
    by_role = ALLOWED[action]
    found = {by_role[role] for role in actor.roles if role in by_role}
    return next((reach for reach in _WIDEST_FIRST if reach in found), None)


def actor_with(key: str, *, roles: frozenset[str], rights: frozenset[str], user_id: int | None = None) -> Actor:
    """The actor that these roles and rights make."""
    return Actor(
        key=key,
        roles=roles,
        rights=rights,
        user_id=user_id,
        sees_lines=bool(roles & ROLES_WITH_LINES),
        sees_totals=bool(roles & ROLES_WITH_TOTALS),
        sees_cost=MARGINS in rights and bool(roles & ROLES_WITH_COST),
    )

"""Who asks: the small, Django-free picture of a user that every reading question takes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks and how far he may see. `access` makes it from a user; nothing else decides reach.

    Attributes:
        key: stable name for logs, such as "user:12" or "system"; never a person's name.
        roles: of "leader", "account_manager", "inside_sales", "marketer", "colleague", "fair_staff", "board", "admin".
        rights: of "margins", "analyst".
        user_id: primary key of the user, None for the system itself.
        sees_lines: may read single order lines and customers.
        sees_totals: may read totals that name no customer.
        sees_cost: may read cost, gross profit and margin columns; without it they are absent, not empty.
    """

    key: str
    roles: frozenset[str] = frozenset()
    rights: frozenset[str] = frozenset()
    user_id: int | None = None
    sees_lines: bool = False
    sees_totals: bool = False
    sees_cost: bool = False


SYSTEM = Actor(
    key="system",
    roles=frozenset({"leader", "admin"}),
    rights=frozenset({"margins"}),
    sees_lines=True,
    sees_totals=True,
    sees_cost=True,
)
"""The installation itself: jobs and the command line, whose user already holds the files."""

NOBODY = Actor(key="nobody")
"""Someone who may see nothing."""

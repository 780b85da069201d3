"""The standing cast: one person per role, some with a right or a role on top, and an outsider without any role.

`anonymous` is whoever did not sign in.
"""

from __future__ import annotations

from typing import Any

ROLES = ("leader", "account_manager", "inside_sales", "marketer", "colleague", "fair_staff", "board", "admin")
CAST: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    **{role: ((role,), ()) for role in ROLES},
    "outsider": ((), ()),
    "leader_with_margins": (("leader",), ("margins",)),
    "leader_who_administers": (("leader", "admin"), ()),
    "board_with_margins": (("board",), ("margins",)),
    "inside_sales_with_margins": (("inside_sales",), ("margins",)),
    "marketer_who_asks": (("marketer",), ("analyst",)),
}
"""Name → roles and rights."""

PASSWORD = "a quiet river in spring"


class Cast:
    """The people of the tests; each is made when a story first needs him."""

    def __init__(self) -> None:
        self._users: dict[str, Any] = {}

    def user(self, name: str) -> Any:
        """The user of this name."""
        if name not in self._users:
            self._users[name] = _make_user(name)
        return self._users[name]

    def actor(self, name: str) -> Any:
        """Who asks, when this user does; nobody for `anonymous`."""
        from bekwaam.access.actor import actor_of
        from bekwaam.terms.actor import NOBODY

        return NOBODY if name == "anonymous" else actor_of(self.user(name))

    def client(self, name: str, **options: Any) -> Any:
        """A browser in which this user is signed in; nobody for `anonymous`."""
        from django.test import Client

        browser = Client(**options)
        if name != "anonymous":
            browser.force_login(self.user(name))
        return browser


def _make_user(name: str) -> Any:
    from bekwaam.access.actions import Person, create_user

    roles, rights = CAST[name]
    person = Person(email=f"{name}@example.test", name=name.replace("_", " ").capitalize())
    return create_user(person, roles=roles, rights=rights, password=PASSWORD)

"""What the skeleton of every page needs. Nothing is read before a template asks for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property

from bekwaam.access.models.user import Role
from bekwaam.access.policy import ROLES
from bekwaam.frame.languages import language
from bekwaam.frame.navigation import Entry, administration_for, entries_for
from bekwaam.frame.palette import Section, start_for
from bekwaam.frame.stand import Stand, current_stand
from bekwaam.terms.actor import NOBODY, Actor


class Frame:
    """The navigation, the roles of the visitor, the stand of the figures and the language."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _actor(self) -> Actor:
        return getattr(self._request, "actor", NOBODY)

    @cached_property
    def rooms(self) -> list[Entry]:
        """The rooms that the visitor may enter; none before he has signed in."""
        return entries_for(self._request) if self.is_signed_in else []

    @cached_property
    def administration(self) -> list[Entry]:
        """The pages for those who look after the installation."""
        return administration_for(self._request) if self.is_signed_in else []

    @cached_property
    def palette(self) -> list[Section]:
        """What the palette shows before anything is typed."""
        return start_for(self._actor) if self.is_signed_in else []

    @cached_property
    def is_signed_in(self) -> bool:
        """Whether somebody asks."""
        return self._actor.user_id is not None

    @cached_property
    def role(self) -> str:
        """The visitor's roles in words."""
        return ", ".join(str(Role(role).label) for role in ROLES if role in self._actor.roles)

    @cached_property
    def stand(self) -> Stand | None:
        """As of when the figures are true."""
        return current_stand(self._actor) if self.is_signed_in else None

    @property
    def language(self) -> str:
        """The language that the page speaks: nl or en."""
        return language().code


def page(request: HttpRequest) -> dict[str, Any]:
    """`frame`, for the skeleton. `company`, `actor`, `user` and `may` come from `access.context`."""
    return {"frame": Frame(request)}

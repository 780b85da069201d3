"""The navigation: which rooms an actor may enter, and which one he is in.

A room declares its place once, in its own `navigation.py`:

    ROOM = Room(code="customers", title=_("Customers"), url_name="customers", action="customers.read")
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bekwaam.access.policy import may
from bekwaam.terms.actor import Actor


@dataclass(frozen=True)
class Room:
    """A room: its title, the page it opens with, and what an actor must be allowed to do to enter.

    Attributes:
        count: how many things wait there for this actor; None where nothing needs counting.
    """

    code: str
    title: str | Promise
    url_name: str
    action: str
    count: Callable[[Actor], int | None] | None = None


@dataclass(frozen=True)
class Entry:
    """One line of the navigation."""

    code: str
    title: str | Promise
    url: str
    is_active: bool
    count: int | None = None


ADMINISTRATION = (
    Room("questionnaires", _("Questionnaires"), "questionnaires", "questionnaires.read"),
    Room("users", _("Users"), "users", "users.read"),
    Room("company", _("Company"), "company", "settings.read"),
    Room("mail", _("Mail and folder"), "mail", "settings.read"),
    Room("custom_fields", _("Fields of our own"), "custom_fields", "fields.write"),
    Room("switches", _("Figures about persons"), "switches", "switches.read"),
)
"""The pages of the shell that not everyone has; its addresses are looked up by name and left out where absent."""


def rooms_for(actor: Actor) -> list[Room]:
    """The rooms that the actor may enter, in the order of `settings.BEKWAAM_ROOMS`."""
    return [room for _package, room in _rooms_by_package(actor)]


def _rooms_by_package(actor: Actor) -> list[tuple[str, Room]]:
    every = [(package, import_module(f"{package}.navigation").ROOM) for package in settings.BEKWAAM_ROOMS]
    return [(package, room) for package, room in every if may(actor, room.action)]


def entries_for(request: HttpRequest) -> list[Entry]:
    """The rooms as lines of the navigation; the one whose view answers is the active one."""
    match = request.resolver_match
    here = getattr(match.func, "__module__", "") if match else ""
    return [
        Entry(
            code=room.code,
            title=room.title,
            url=reverse(room.url_name),
            is_active=here.startswith(f"{package}."),
            count=room.count(request.actor) if room.count else None,
        )
        for package, room in _rooms_by_package(request.actor)
    ]


def administration_for(request: HttpRequest) -> list[Entry]:
    """The pages of the shell for those who look after the installation."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    found = []
    for place in ADMINISTRATION:
        url = _address(place.url_name)
        if url and may(request.actor, place.action):
            found.append(Entry(place.code, place.title, url, is_active=here == place.url_name))
    return found


def _address(url_name: str) -> str:
    try:
        return str(reverse(url_name))
    except NoReverseMatch:
        return ""

"""Who asks, and whether he may: a token in the header first, else the session of the browser.

Every operation has a door of its own with the action that it needs. A token that does not work is never passed over
in favour of a session.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer, SessionAuth

from bekwaam.access import tokens
from bekwaam.access.actor import actor_of
from bekwaam.access.doors import note_denial
from bekwaam.access.policy import may
from bekwaam.frame.rest.problems import Problem
from bekwaam.terms.actor import NOBODY, Actor

BEARER = "bearer "


def asker(request: HttpRequest) -> Actor:
    """The actor of a request; nobody when neither its token nor its session says who.

    Read once per request, so that the door and what stands around it speak of the same person.
    """
    known = getattr(request, "asker", None)
    if known is None:
        known = request.asker = _by_token(request) or actor_of(getattr(request, "user", AnonymousUser()))
    return known


def _by_token(request: HttpRequest) -> Actor | None:
    sent = request.headers.get("Authorization", "")
    if not sent:
        return None
    user = tokens.user_of(sent[len(BEARER) :].strip()) if sent.lower().startswith(BEARER) else None
    return actor_of(user) if user is not None else NOBODY


class TokenDoor(HttpBearer):
    """Lets in who holds a token that works, and may do the action."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action

    def __call__(self, request: HttpRequest) -> Any:
        """The actor; None without a token, so that the session is asked."""
        if not request.headers.get(self.header):
            return None
        return self.authenticate(request, "")

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The actor whose token it is."""
        if asker(request) == NOBODY:
            raise AuthenticationError
        return _let_in(request, self.action)


class SessionDoor(SessionAuth):
    """Lets in who is signed in in this browser, sends the form's token where he writes, and may do the action."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The actor who is signed in."""
        return None if asker(request) == NOBODY else _let_in(request, self.action)


def _let_in(request: HttpRequest, action: str) -> Actor:
    request.actor = asker(request)
    if not may(request.actor, action):
        note_denial(request, action)
        raise Problem(403, "denied", _("Your role may not do this."))
    return request.actor

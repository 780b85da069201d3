"""How allauth behaves here: no open door for newcomers, one answer to every failed attempt, a log of attempts."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import clear_authentication_records
from django.db import transaction
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from bekwaam.access.actor import actor_of
from bekwaam.access.models import SignIn
from bekwaam.access.request_id import current_request_id
from bekwaam.access.scope import system_door


class AccountAdapter(DefaultAccountAdapter):
    """Signing in with an e-mail address and a password; everything else of allauth is shut."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: an admin invites."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only addresses on this host, written without it."""
        return url.startswith("/") and bool(url_has_allowed_host_and_scheme(url, allowed_hosts=None))

    def is_ajax(self, request: HttpRequest) -> bool:
        """Every visitor gets the same page."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The next page shows well enough that signing in or out worked."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The user, or none; a closed account gets the answer of a wrong password."""
        user = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note the attempt, without what was typed."""
        note_sign_in("", SignIn.Outcome.REFUSED)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, and note it. The address that was typed does not stay in the session."""
        super().login(request, user)
        clear_authentication_records(request)
        note_sign_in(actor_of(user).key, SignIn.Outcome.SIGNED_IN)

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and note it."""
        who = actor_of(request.user).key
        super().logout(request)
        note_sign_in(who, SignIn.Outcome.SIGNED_OUT)


def note_sign_in(who: str, outcome: str) -> None:
    """Add to the log of attempts. It serves security only."""
    with transaction.atomic(), system_door():
        SignIn.objects.create(who=who, outcome=outcome, request_id=current_request_id())

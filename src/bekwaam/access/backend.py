"""Where a request finds out whose it is: the one look at users that comes before any actor."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from bekwaam.access.scope import system_door


class SignInBackend(AuthenticationBackend):
    """The library's, which looks users up by e-mail address and by the number in their session."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """The user with this address and password, or none."""
        with system_door():
            return super().authenticate(request, **credentials)

    def get_user(self, user_id: Any) -> Any:
        """The user of a session, or none."""
        with system_door():
            return super().get_user(user_id)

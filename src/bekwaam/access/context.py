"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from bekwaam.access.models import Company
from bekwaam.access.policy import may


class Permissions:
    """`{% if may.users_write %}`: what the visitor may do, so that a page shows no link that will be refused."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __getitem__(self, name: str) -> bool:
        return may(self._request.actor, name.replace("_", ".", 1))


def who_asks(request: HttpRequest) -> dict[str, Any]:
    """`user`, `actor`, `may` and `company`. Nothing is read before a template asks for it."""
    return {
        "user": getattr(request, "user", None),
        "actor": getattr(request, "actor", None),
        "may": Permissions(request),
        "company": SimpleLazyObject(Company.current),
    }

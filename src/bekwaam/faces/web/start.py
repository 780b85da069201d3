"""Where someone arrives after signing in: the first page that is his."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from bekwaam.access.doors import needs
from bekwaam.access.policy import may

ARRIVALS: Final = (
    ("cockpit.read", "/"),
    ("forecasts.read", "/forecasts/"),
    ("imports.read", "/data/"),
    ("users.read", "/users/"),
)


@needs("me.read")
def start(request: HttpRequest) -> HttpResponse:
    """To this week, or the first other room that the visitor may enter, or his own settings."""
    for action, address in ARRIVALS:
        if may(request.actor, action) and _exists(address):
            return redirect(address)
    return redirect(reverse("me"))


def _exists(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True

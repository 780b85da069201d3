"""The door of each page: which action it needs. A page without one is found by a test before it is found by a visitor.

`@needs("customers.read")` answers GET only, `@needs("imports.write")` GET and POST,
`@needs("settings.read", post="settings.write")` asks another action for each, and `@public` is for everyone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

from bekwaam.access.actor import actor_of
from bekwaam.access.models import Denial
from bekwaam.access.policy import actions as known_actions
from bekwaam.access.policy import may
from bekwaam.access.request_id import current_request_id
from bekwaam.access.scope import system_door
from bekwaam.terms.actor import NOBODY, Actor

View = Callable[..., HttpResponseBase]


def needs(action: str, *, post: str | None = None) -> Callable[[View], View]:
    """Let a request through only when the actor may do this; `request.actor` is who asks.

    A reading action answers GET alone. Any other answers GET and POST, or POST by an action of its own.

    Raises:
        KeyError: there is no such action.
    """
    by_method = _actions_by_method(action, post)

    def with_door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refusal = _refusal(request, by_method)
            return view(request, *args, **kwargs) if refusal is None else refusal

        guarded.actions = by_method  # type: ignore[attr-defined]
        return guarded

    return with_door


def _actions_by_method(action: str, post: str | None) -> dict[str, str]:
    if unknown := {action, post or action} - known_actions():
        raise KeyError(f"no such action: {', '.join(sorted(unknown))}")
    by_method = {"GET": action, "HEAD": action}
    if post is not None or not action.endswith(".read"):
        by_method["POST"] = post or action
    return by_method


def public(view: View) -> View:
    """Mark a page as open to everyone; the list of such pages is written out in a test."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    opened.actions = {}  # type: ignore[attr-defined]
    return opened


def _refusal(request: HttpRequest, by_method: dict[str, str]) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return _to_sign_in(request)
    action = by_method.get(request.method or "")
    if action is None:
        return HttpResponseNotAllowed(sorted(by_method))
    request.actor = actor_of(request.user)
    if may(request.actor, action):
        return None
    note_denial(request, action)
    return forbidden(request)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; a part of a page that is fetched by script takes the whole page along."""
    if not getattr(request, "htmx", None):
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
    here = request.htmx.current_url_abs_path or "/"
    return HttpResponseClientRedirect(redirect_to_login(here).url)


def note_denial(request: HttpRequest, action: str) -> None:
    """Write down that someone was refused: who, what, by which route, never the address itself."""
    match = request.resolver_match
    with transaction.atomic(), system_door():
        Denial.objects.create(
            who=request.actor.key,
            action=action,
            method=request.method,
            route=(match.view_name or match.route)[:100],
            request_id=current_request_id(),
        )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page that says, in words, that this is not for the visitor's role."""
    return render(request, "403.html", status=403)


def actor_from(request: HttpRequest) -> Actor:
    """Who asks, on any page: nobody when the visitor is not signed in."""
    return actor_of(request.user) if hasattr(request, "user") else NOBODY

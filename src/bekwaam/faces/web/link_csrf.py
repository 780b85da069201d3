"""CSRF without a cookie, for a page whose address is itself a secret: the form's seal is made of the link's token.

Whoever is asked has no account and need not keep a cookie of ours. A page elsewhere does not know the token, so it
cannot make the seal; and the seal of one link does not fit another.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
SECRET_LENGTH = 32


class _LinkCsrf(CsrfViewMiddleware):
    """Django's own check; only where its secret comes from, and the words of a refusal, differ."""

    def _get_secret(self, request: HttpRequest) -> str:
        token = request.resolver_match.kwargs["token"]
        return salted_hmac("bekwaam.link_csrf", token, algorithm="sha256").hexdigest()[:SECRET_LENGTH]

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return render(request, "web/answering/reload.html", status=403)


def csrf_by_link(view: View) -> View:
    """Check every unsafe request by the seal of the `token` in its address; `{% csrf_token %}` writes it."""
    check = _LinkCsrf(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check.process_request(request)
        refused = check.process_view(request, view, args, kwargs)
        response = view(request, *args, **kwargs) if refused is None else refused
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)  # else Django would send our secret along as a cookie
        return response

    return guarded

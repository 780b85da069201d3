"""Signing in and out: allauth's pages, opened one by one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from bekwaam.access.doors import public

View = Callable[..., HttpResponseBase]

_form_methods = require_http_methods(["GET", "HEAD", "POST"])


def _looks_write_nothing(view: View) -> View:
    """The library counts every method but GET as an attempt, so a look in advance (HEAD) is shown to it as a look."""

    @wraps(view)
    def viewed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "HEAD":
            request.method = "GET"
        return view(request, *args, **kwargs)

    return viewed


sign_in = public(_form_methods(_looks_write_nothing(LoginView.as_view())))
sign_out = public(_form_methods(_looks_write_nothing(LogoutView.as_view())))

"""Signing in and out: allauth's pages, opened one by one."""

from __future__ import annotations

from allauth.account.views import LoginView, LogoutView
from django.views.decorators.http import require_http_methods

from bekwaam.access.doors import public

_form_methods = require_http_methods(["GET", "HEAD", "POST"])

sign_in = public(_form_methods(LoginView.as_view()))
sign_out = public(_form_methods(LogoutView.as_view()))

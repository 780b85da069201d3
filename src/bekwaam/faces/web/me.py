"""The pages about oneself."""

from __future__ import annotations

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from bekwaam.access import actions
from bekwaam.access.doors import needs
from bekwaam.faces.web.forms.me import MeForm
from bekwaam.faces.web.forms.passwords import ChangePasswordForm


@needs("me.read", post="me.write")
def me(request: HttpRequest) -> HttpResponse:
    """One's own name and language."""
    user = request.user
    initial = {"name": user.name, "language": user.language, "week_by_mail": user.week_by_mail}
    form = MeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_me(request.actor, user, **form.cleaned_data)
        with translation.override(user.language or translation.get_language()):
            messages.success(request, _("Saved."))
        return redirect("me")
    return render(request, "web/me.html", {"form": form})


@sensitive_post_parameters("present", "password", "again")
@needs("me.read", post="me.write")
def password(request: HttpRequest) -> HttpResponse:
    """Choose another password; sessions elsewhere end."""
    too_many = consume_or_429(request, action="change_password") if request.method == "POST" else None
    if too_many is not None:
        return too_many
    form = ChangePasswordForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.change_password(request.actor, request.user, form.cleaned_data["password"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed; you are signed out everywhere else."))
        return redirect("me")
    return render(request, "web/password.html", {"form": form})

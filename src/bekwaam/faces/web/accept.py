"""The page behind a one-time link."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bekwaam.access import actions, links
from bekwaam.access.doors import public
from bekwaam.access.models import OneTimeLink, User
from bekwaam.faces.web.forms.passwords import FirstAdminForm, NewPasswordForm
from bekwaam.frame.sentences import sentence
from bekwaam.terms.errors import Refused


@public
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password and be signed in. Looking at the page does not use the link up."""
    too_many = consume_or_429(request, action="one_time_link") if request.method == "POST" else None
    if too_many is not None:
        return too_many
    link = links.find(token)
    if link is None:
        return _dead(request)
    form = _form(request, link)
    if request.method == "POST" and form.is_valid():
        return _accepted(request, token, form, link)
    return _page(request, form, link)


def _form(request: HttpRequest, link: OneTimeLink) -> NewPasswordForm:
    form_class = FirstAdminForm if link.kind == OneTimeLink.Kind.FIRST_ADMIN else NewPasswordForm
    return form_class(request.POST if request.method == "POST" else None, user=link.user)


def _accepted(request: HttpRequest, token: str, form: NewPasswordForm, link: OneTimeLink) -> HttpResponse:
    try:
        user = _use(token, form)
    except Refused as refused:
        if refused.code == "link_dead":
            return _dead(request)
        form.add_error(None, sentence(refused))
        return _page(request, form, link)
    get_adapter(request).login(request, user)
    return redirect("start")


def _use(token: str, form: NewPasswordForm) -> User:
    password = form.cleaned_data["password"]
    if isinstance(form, FirstAdminForm):
        leads_sales = form.cleaned_data["leads_sales"]
        return actions.accept_as_first_admin(token, form.person, password=password, leads_sales=leads_sales)
    return actions.accept(token, password=password)


def _page(request: HttpRequest, form: NewPasswordForm, link: OneTimeLink) -> HttpResponse:
    return render(request, "web/accept.html", {"form": form, "link": link})


def _dead(request: HttpRequest) -> HttpResponse:
    """One answer for a link that is unknown, used, expired, or whose account is closed."""
    return render(request, "web/link_dead.html", status=410)


def link_address(request: HttpRequest, token: str) -> str:
    """The link as a person opens it: under the installation's own address, never under one that a visitor typed."""
    address = settings.BEKWAAM_ADDRESS
    base = address.base_url if address.is_tls else request.build_absolute_uri("/")
    return links.address(base, token)

"""The pages on which an administrator looks after users."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekwaam.access import actions, queries
from bekwaam.access.doors import needs
from bekwaam.access.models import User
from bekwaam.faces.web.accept import link_address
from bekwaam.faces.web.forms.users import InviteForm, UserForm
from bekwaam.frame.sentences import sentence
from bekwaam.terms.errors import Refused


@needs("users.read")
def users(request: HttpRequest) -> HttpResponse:
    """Who can get in, and who may do what?"""
    return render(request, "web/users.html", {"rows": queries.user_rows(request.actor)})


@needs("users.write")
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account and show its link, once."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user, token = actions.invite(
                request.actor, form.person, roles=form.cleaned_data["roles"], rights=form.cleaned_data["rights"]
            )
        except Refused as refused:
            form.add_error("email", sentence(refused))
        else:
            return _show_link(request, user, token)
    return render(request, "web/invite.html", {"form": form})


def _show_link(request: HttpRequest, user: User, token: str) -> HttpResponse:
    return render(request, "web/link.html", {"person": user, "address": link_address(request, token)})


@needs("users.write")
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """Change someone's name, roles and rights."""
    person = _person(request, pk)
    initial = {"name": person.name, "seller_code": person.seller_code, **queries.held_by(request.actor, person)}
    form = UserForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid() and _changed(request, person, form):
        messages.success(request, _("Saved."))
        return redirect("users")
    return render(request, "web/user.html", {"form": form, "person": person, "state": queries.state_of(person)})


def _changed(request: HttpRequest, person: User, form: UserForm) -> bool:
    try:
        actions.update_user(request.actor, person, **form.cleaned_data)
    except Refused as refused:
        form.add_error("roles", sentence(refused))
        return False
    return True


@needs("users.write")
@require_POST
def user_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link for someone, shown once."""
    person = _person(request, pk)
    if not person.is_active:
        raise Http404
    return _show_link(request, person, actions.reset_link(request.actor, person))


@needs("users.write")
@require_POST
def user_disable(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account."""
    person = _person(request, pk)
    try:
        actions.disable_user(request.actor, person)
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, _("The account of %(name)s is closed.") % {"name": person})
    return redirect("users")


@needs("users.write")
@require_POST
def user_enable(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an account again."""
    person = _person(request, pk)
    actions.enable_user(request.actor, person)
    messages.success(request, _("The account of %(name)s is open again.") % {"name": person})
    return redirect("users")


def _person(request: HttpRequest, pk: int) -> User:
    found = queries.find_user(request.actor, pk)
    if found is None:
        raise Http404
    return found

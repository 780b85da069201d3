"""The page with one's own tokens for programs."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bekwaam.access import tokens as access_tokens
from bekwaam.access.doors import needs
from bekwaam.access.models import ApiToken
from bekwaam.faces.web.forms.tokens import TokenForm


@needs("me.read", post="me.write")
def tokens(request: HttpRequest) -> HttpResponse:
    """Which programs may ask in my name? The text of a new token stands on the answer to its form, never again."""
    form = TokenForm(request.POST if request.method == "POST" else None, initial={"days": 90})
    text = ""
    if request.method == "POST" and form.is_valid():
        _token, text = access_tokens.make(request.actor, form.cleaned_data["name"], days=form.cleaned_data["days"])
        form = TokenForm(initial={"days": 90})
    mine = ApiToken.scoped(request.actor).filter(user_id=request.actor.user_id, revoked_at__isnull=True)
    context = {"form": form, "text": text, "tokens": mine.filter(expires_at__gt=timezone.now())}
    return render(request, "web/tokens.html", context)


@needs("me.read", post="me.write")
def token_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A token stops working."""
    mine = ApiToken.scoped(request.actor).filter(user_id=request.actor.user_id)
    token = mine.filter(pk=pk, revoked_at__isnull=True).first()
    if token is None or request.method != "POST":
        raise Http404
    access_tokens.withdraw(request.actor, token)
    messages.success(request, _("The token “%(name)s” no longer works.") % {"name": token.name})
    return redirect("tokens")

"""The page about mail and the watched folder: what leaves and what comes in by itself."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekwaam.access.doors import needs
from bekwaam.access.models import User
from bekwaam.access.policy import may
from bekwaam.faces.mail.handing_over import deliver
from bekwaam.frame.sentences import sentence
from bekwaam.records.models import Mailing
from bekwaam.terms.errors import Failed

SHOWN = 20


@needs("settings.read")
def mail(request: HttpRequest) -> HttpResponse:
    """What leaves by mail, and what comes in through the watched folder?"""
    readers = User.scoped(request.actor).filter(is_active=True, week_by_mail=True)
    context = {
        "server": settings.BEKWAAM_MAIL,
        "readers": readers.count(),
        "mailings": Mailing.scoped(request.actor).select_related("user")[:SHOWN],
        "inbox": settings.BEKWAAM_HOME.inbox,
        "may_write": may(request.actor, "settings.write"),
    }
    return render(request, "web/mail.html", context)


@needs("settings.read", post="settings.write")
def mail_test(request: HttpRequest) -> HttpResponse:
    """Send a mail to oneself, and say what the server said."""
    if request.method == "POST":
        try:
            deliver(_trial(request.user))
        except Failed as failed:
            messages.error(request, sentence(failed))
        else:
            messages.success(request, _("The mail is handed over; look in your mailbox."))
    return redirect("mail")


def _trial(user: User) -> EmailMultiAlternatives:
    return EmailMultiAlternatives(
        subject=_("Mail from Bekwaam works"),
        body=_("This mail was sent from the settings page, to see whether mail arrives."),
        to=[user.email],
    )

"""Mailing a wave: invitations and reminders, one by one, each written down before and after it leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bekwaam.access.models import Company
from bekwaam.faces.mail.handing_over import deliver
from bekwaam.frame.formats import long_day
from bekwaam.records.models import InvitationMail, Wave
from bekwaam.records.models.questionnaire import said
from bekwaam.records.questionnaires import mailing
from bekwaam.terms.errors import Failed

MOST_FAILURES: Final = 3
"""In a row: then it is the server, and the others need not wait for it one by one."""


def send_wave(wave: Wave, tell: Callable[[int, int], None]) -> int:
    """Mail what is due of a wave; returns how many left. What did not leave is due again in a quarter of an hour.

    Raises:
        Failed: as `handing_over.deliver`, when the last one or three in a row did not leave.
    """
    waiting = list(mailing.due(wave, timezone.now()).values_list("pk", flat=True))
    count, failures = 0, 0
    for place, pk in enumerate(waiting, start=1):
        try:
            count += _send(pk)
            failures = 0
        except Failed:
            failures += 1
            if failures == MOST_FAILURES or place == len(waiting):
                raise
        tell(place, len(waiting))
    return count


def _send(pk: int) -> bool:
    now = timezone.now()
    taken = mailing.take(pk, now)
    if taken is None:
        return False
    mail, token = taken
    deliver(letter(mail, token))
    mailing.sent(mail, now)
    return True


def letter(mail: InvitationMail, token: str) -> EmailMultiAlternatives:
    """The mail in the language of whoever is invited, in plain words. Its number is made of what it is, so that one
    that left twice is shown once."""
    one, wave = mail.invitation, mail.invitation.wave
    host, base = settings.BEKWAAM_ADDRESS.host, settings.BEKWAAM_ADDRESS.base_url.rstrip("/")
    stop_url = base + reverse("answering_stop", args=[token])
    with translation.override(one.language):
        title = " ".join(said(wave.questionnaire, "title", one.language).split())
        return EmailMultiAlternatives(
            subject=_("Reminder: %(title)s") % {"title": title} if mail.number else title,
            body=_body(mail, url=base + reverse("answering", args=[token]), stop_url=stop_url),
            to=[one.email],
            headers={
                "Message-ID": f"<questionnaire-{one.pk}-{mail.number}@{host}>",
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{stop_url}>",
            },
        )


def _body(mail: InvitationMail, *, url: str, stop_url: str) -> str:
    one, wave = mail.invitation, mail.invitation.wave
    name, company = one.name, Company.current().name
    parts = [
        _("Dear %(name)s,") % {"name": name} if name else _("Dear reader,"),
        _("Not long ago we asked you a few questions. You can still answer them.") if mail.number else "",
        said(wave.questionnaire, "intro", one.language),
        _("Here are our questions:") + "\n" + url,
        _until(wave),
        _("We do not keep who gave which answer.") if wave.is_anonymous else "",
        _("Kind regards,") + ("\n" + company if company else ""),
        "-- \n" + _("Send me nothing more about this:") + "\n" + stop_url,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _until(wave: Wave) -> str:
    return _("You can answer until %(day)s. No account is needed.") % {"day": long_day(wave.closes_on)}

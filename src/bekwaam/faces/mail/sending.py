"""Sending one mail of this week: written when it leaves, with the figures and the reach of that moment."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation

from bekwaam.access.actor import actor_of
from bekwaam.access.models import User
from bekwaam.access.policy import may
from bekwaam.faces.mail.handing_over import deliver
from bekwaam.records.models import Mailing
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.cockpit.letter import Letter, letter


def send(mailing: Mailing) -> bool:
    """Mail it; False when there is nothing to say, or its reader may no longer read it.

    The number of the mail is made of what it is, so that a mail program shows it once even when it arrives twice:
    a crash after the server took it and before that was written down cannot be told from one before.

    Raises:
        Failed: as `handing_over.deliver`.
    """
    actor = actor_of(mailing.user)
    found = _letter_for(mailing.user, actor)
    if found is not None:
        _hand_over(mailing, found)
    with transaction.atomic():
        Mailing.objects.filter(pk=mailing.pk).update(sent_at=timezone.now())
    return found is not None


def _letter_for(user: User, actor: Actor) -> Letter | None:
    if not may(actor, "cockpit.read"):
        return None
    language = user.language or translation.get_language() or settings.LANGUAGE_CODE
    return letter(actor, base_url=settings.BEKWAAM_ADDRESS.base_url, language=language)


def _hand_over(mailing: Mailing, found: Letter) -> None:
    host = settings.BEKWAAM_ADDRESS.host
    mail = EmailMultiAlternatives(
        subject=found.subject,
        body=found.text,
        to=[mailing.user.email],
        headers={
            "Message-ID": f"<{mailing.kind}-{mailing.day}-{mailing.user_id}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(found.html, "text/html")
    deliver(mail)

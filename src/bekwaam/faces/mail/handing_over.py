"""Handing a mail over to the server."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from bekwaam.terms.errors import Failed


def deliver(mail: EmailMultiAlternatives) -> None:
    """Hand a mail over.

    Raises:
        Failed: `mail_off`: no server is set; `mail_not_sent`: it was not there, or did not take the mail.
    """
    if settings.BEKWAAM_MAIL is None:
        raise Failed("mail_off")
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as error:
        raise Failed("mail_not_sent", server=settings.EMAIL_HOST, reason=_first_line(error)) from error


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]

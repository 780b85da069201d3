"""The mail server, from one address: `BEKWAAM_SMTP`. Without it nothing is mailed, and the settings page says so."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
TIMEOUT_SECONDS: Final = 20


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over, and in whose name."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str

    @classmethod
    def from_environment(cls) -> MailServer | None:
        """The server that `BEKWAAM_SMTP` names, with `BEKWAAM_MAIL_FROM` as the sender; None when there is none.

        Raises:
            ImproperlyConfigured: the address is none, or the sender is missing.
        """
        address = os.environ.get("BEKWAAM_SMTP", "")
        return cls.read(address, os.environ.get("BEKWAAM_MAIL_FROM", "")) if address else None

    @classmethod
    def read(cls, address: str, sender: str) -> MailServer:
        """The server written as `smtps://user:password@mail.example.org:465`.

        Raises:
            ImproperlyConfigured: the address is none, or the sender is missing.
        """
        parts = urlsplit(address)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ImproperlyConfigured(
                "BEKWAAM_SMTP names no mail server. Write it as smtps://user:password@mail.example.org:465, "
                "smtp+starttls://user:password@mail.example.org:587 or smtp://127.0.0.1:25."
            )
        if "@" not in sender:
            raise ImproperlyConfigured("BEKWAAM_MAIL_FROM is missing: the address from which Bekwaam mails.")
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            sender=sender,
        )

    def settings(self) -> dict[str, Any]:
        """Django's settings for it."""
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": self.host,
            "EMAIL_PORT": self.port,
            "EMAIL_HOST_USER": self.user,
            "EMAIL_HOST_PASSWORD": self.password,
            "EMAIL_USE_SSL": self.scheme == "smtps",
            "EMAIL_USE_TLS": self.scheme == "smtp+starttls",
            "EMAIL_TIMEOUT": TIMEOUT_SECONDS,
            "DEFAULT_FROM_EMAIL": self.sender,
        }

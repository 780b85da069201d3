"""A mail server on this machine that keeps what it takes: real SMTP, no mail leaves."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller

from bekwaam.config.mail import MailServer


class Mailbox:
    """What the server took."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.refuses = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  the server's name
        """Take a mail, or refuse it for now."""
        if self.refuses:
            return "451 come back later"
        self.mails.append(email.message_from_bytes(envelope.content))
        return "250 taken"


@contextmanager
def local_mailbox(settings: Any) -> Iterator[Mailbox]:
    """A running server that the settings name."""
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    known = MailServer.read(f"smtp://127.0.0.1:{port}", "bekwaam@example.test")
    settings.BEKWAAM_MAIL = known
    for name, value in known.settings().items():
        setattr(settings, name, value)
    yield box
    server.stop()

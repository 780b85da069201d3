"""The one address of an installation, and what follows from it: TLS or not, cookies, allowed hosts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("127.0.0.1", "localhost", "::1")
DEFAULT = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Address:
    """Where people find this installation.

    Plain http is for this very machine only: elsewhere a browser would refuse the safe cookies, the camera and
    offline work, and anyone on the network could read along.
    """

    scheme: str
    host: str
    port: int | None

    @classmethod
    def from_environment(cls) -> Address:
        """The address that `BEKWAAM_URL` names.

        Raises:
            ImproperlyConfigured: it is no address, or plain http to another machine.
        """
        return cls.read(os.environ.get("BEKWAAM_URL") or DEFAULT)

    @classmethod
    def read(cls, text: str) -> Address:
        """The address written as `https://crm.example.org` or `http://127.0.0.1:8000`."""
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
            raise ImproperlyConfigured(f"BEKWAAM_URL is {text!r}; write it as https://crm.example.org")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise ImproperlyConfigured(
                f"BEKWAAM_URL is {text!r}, but plain http works on this machine only. Write https:// and give "
                "the certificate with `bekwaam serve --tls-cert … --tls-key …`, or put a proxy with TLS in front."
            )
        return cls(scheme=parts.scheme, host=parts.hostname, port=parts.port)

    @property
    def is_tls(self) -> bool:
        """Whether all traffic is encrypted."""
        return self.scheme == "https"

    @property
    def hosts(self) -> list[str]:
        """The host names under which requests are answered."""
        if self.host not in LOOPBACK:
            return [f"[{self.host}]" if ":" in self.host else self.host]
        return ["127.0.0.1", "localhost", "[::1]"]

    @property
    def base_url(self) -> str:
        """The address as it is written, without a path."""
        port = f":{self.port}" if self.port else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{port}"

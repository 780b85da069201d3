"""The one address of an installation, and what follows from it: TLS or not, cookies, allowed hosts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("127.0.0.1", "localhost", "::1")
DEFAULT = "http://127.0.0.1:8000"
BEGINNINGS = ("http://", "https://")
"""In small letters only, without a blank: what serves the pages looks at the very beginning, and would otherwise take
an https address for none."""


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
        parts, port = _parts(text)
        if text.split() != [text] or not text.startswith(BEGINNINGS) or not parts.hostname or parts.path.strip("/"):
            raise _no_address(text)
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise ImproperlyConfigured(
                f"BEKWAAM_URL is {text!r}, but plain http works on this machine only. Write https:// and give "
                "the certificate with `bekwaam serve --tls-cert … --tls-key …`, or put a proxy with TLS in front."
            )
        return cls(scheme=parts.scheme, host=parts.hostname, port=port)

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


def _parts(text: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(text)
        return parts, parts.port
    except ValueError as error:  # half a bracket, or a port that is none
        raise _no_address(text) from error


def _no_address(text: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"BEKWAAM_URL is {text!r}; write it as https://crm.example.org")


def counted_proxies() -> int:
    """How many proxies of our own stand in front, as `BEKWAAM_PROXIES` says; none without it.

    Raises:
        ImproperlyConfigured: it is no number.
    """
    text = os.environ.get("BEKWAAM_PROXIES") or "0"
    if not (text.isascii() and text.isdigit()):
        raise ImproperlyConfigured(f"BEKWAAM_PROXIES is {text!r}; write the number of your proxies, such as 1")
    return int(text)

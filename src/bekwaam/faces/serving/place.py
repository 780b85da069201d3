"""Where a home is served: host, port, TLS, and the address that people type."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from bekwaam.terms.errors import Failed, WrongCall

PORTS_TRIED = 20
HIGHEST_PORT = 65_535


@dataclass(frozen=True)
class Wish:
    """Where someone asked to serve. Port 0 takes any free one."""

    host: str = "127.0.0.1"
    port: int = 8000
    tls_cert: Path | None = None
    tls_key: Path | None = None

    @property
    def is_tls(self) -> bool:
        """Whether a certificate was given."""
        return self.tls_cert is not None

    def check(self) -> None:
        """Refuse what cannot work, before anything is touched.

        Raises:
            WrongCall: half a certificate, one that cannot be used, a port that is none, another host without TLS,
                or a host that is no address for people and no BEKWAAM_URL.
        """
        if not 0 <= self.port <= HIGHEST_PORT:
            raise WrongCall("port_wrong", port=self.port, highest=HIGHEST_PORT)
        if (self.tls_cert is None) != (self.tls_key is None):
            raise WrongCall("tls_pair")
        if self.tls_cert and self.tls_key:
            _check_certificate(self.tls_cert, self.tls_key)
        elif not is_loopback(self.host):
            raise WrongCall("tls_needed", host=self.host)
        if _is_everywhere(self.host) and not os.environ.get("BEKWAAM_URL"):
            raise WrongCall("url_needed", host=self.host)


def _check_certificate(cert: Path, key: Path) -> None:
    for file in (cert, key):
        if not file.is_file():
            raise WrongCall("file_missing", file=str(file))
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(str(cert), str(key), password=_no_password)
    except OSError as error:
        raise WrongCall("tls_unusable", file=str(cert), reason=error.strerror or str(error)) from error


def _no_password() -> str:
    """An encrypted key is refused; asking for its password would stop a start without a person."""
    return ""


def is_loopback(host: str) -> bool:
    """Whether only this very machine can reach it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_everywhere(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


@dataclass(frozen=True)
class Place:
    """Where a home is served now. `url` is what people type; a proxy may stand between it and host and port."""

    host: str
    port: int
    url: str
    tls_cert: Path | None = None
    tls_key: Path | None = None

    @property
    def is_tls(self) -> bool:
        """Whether this server itself speaks TLS."""
        return self.tls_cert is not None


def find(wish: Wish) -> Place:
    """The wished place, or the next free port after it.

    `BEKWAAM_URL` stays what it is when it names another machine or TLS; plain http on this machine follows the port.

    Raises:
        WrongCall: no such host here, or a port that only an administrator may open.
        Failed: twenty ports in a row are taken.
    """
    port = _free_port(wish.host, wish.port)
    given = os.environ.get("BEKWAAM_URL", "")
    url = given if given.startswith("https://") else _url(wish, port)
    return Place(host=wish.host, port=port, url=url, tls_cert=wish.tls_cert, tls_key=wish.tls_key)


def _url(wish: Wish, port: int) -> str:
    host = f"[{wish.host}]" if ":" in wish.host else wish.host
    return f"{'https' if wish.is_tls else 'http'}://{host}:{port}"


def _free_port(host: str, wished: int) -> int:
    last = min(wished + PORTS_TRIED - 1, HIGHEST_PORT)
    for port in range(wished, last + 1):
        found = _bound(host, port)
        if found is not None:
            return found
    raise Failed("ports_busy", first=wished, last=last)


def _bound(host: str, port: int) -> int | None:
    """The port, when it can be opened now; None when another program has it."""
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            bound: int = probe.getsockname()[1]
            return bound
    except PermissionError as error:
        raise WrongCall("port_forbidden", port=port) from error
    except socket.gaierror as error:
        raise WrongCall("host_unknown", host=host) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return None
        raise WrongCall("host_unknown", host=host) from error

"""Where a home is served: host, port, TLS, and the address that people type."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
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
                a host that is no address for people and no BEKWAAM_URL, or an https address that nobody encrypts.
        """
        if not 0 <= self.port <= HIGHEST_PORT:
            raise WrongCall("port_wrong", port=self.port, highest=HIGHEST_PORT)
        if (self.tls_cert is None) != (self.tls_key is None):
            raise WrongCall("tls_pair")
        if self.tls_cert and self.tls_key:
            _check_certificate(self.tls_cert, self.tls_key)
        elif not is_loopback(self.host):
            raise WrongCall("tls_needed", host=self.host)
        elif _is_unreachable():
            raise WrongCall("proxies_needed", address=os.environ["BEKWAAM_URL"])
        if _is_everywhere(self.host) and not os.environ.get("BEKWAAM_URL"):
            raise WrongCall("url_needed", host=self.host)


def _is_unreachable() -> bool:
    """Whether every page would send its visitor to https for ever: no certificate here, and no proxy is believed."""
    return os.environ.get("BEKWAAM_URL", "").startswith("https://") and not int(os.environ.get("BEKWAAM_PROXIES") or 0)


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


@contextmanager
def taken(wish: Wish) -> Iterator[Place]:
    """The wished place, or the next free port after it, for this process alone while inside.

    `BEKWAAM_URL` stays what it is when it names another machine or TLS; plain http on this machine follows the port.

    Raises:
        WrongCall: no such host here, or a port that only an administrator may open.
        Failed: twenty ports in a row are taken.
    """
    with _free_port(wish.host, wish.port) as guard:
        port: int = guard.getsockname()[1]
        given = os.environ.get("BEKWAAM_URL", "")
        url = given if given.startswith("https://") else _url(wish, port)
        yield Place(host=wish.host, port=port, url=url, tls_cert=wish.tls_cert, tls_key=wish.tls_key)


def _url(wish: Wish, port: int) -> str:
    host = f"[{wish.host}]" if ":" in wish.host else wish.host
    return f"{'https' if wish.is_tls else 'http'}://{host}:{port}"


def _free_port(host: str, wished: int) -> socket.socket:
    """What guards a free port.

    The web server opens its port with SO_REUSEPORT, so two that start at the same moment would both get it and share
    the visitors. The UDP port of the same number is the lock between us: one process has it, and the kernel frees it.
    """
    last = min(wished + PORTS_TRIED - 1, HIGHEST_PORT)
    for port in range(wished, last + 1) if wished else [0] * PORTS_TRIED:
        free = _bound(host, port, socket.SOCK_STREAM)
        if free is None:
            continue
        number: int = free.getsockname()[1]
        free.close()
        guard = _bound(host, number, socket.SOCK_DGRAM)
        if guard is not None:
            return guard
    raise Failed("ports_busy", first=wished, last=last)


def _bound(host: str, port: int, kind: socket.SocketKind) -> socket.socket | None:
    """A socket on this port; None when another process has it."""
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=kind)[0]
    except socket.gaierror as error:
        raise WrongCall("host_unknown", host=host) from error
    opened = socket.socket(family, kind)
    try:
        if kind == socket.SOCK_STREAM:  # connections of a server that just ended are no reason to pass a port over
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
    except OSError as error:
        opened.close()
        if error.errno == errno.EADDRINUSE:
            return None
        if isinstance(error, PermissionError):
            raise WrongCall("port_forbidden", port=port) from error
        raise WrongCall("host_unknown", host=host) from error
    return opened

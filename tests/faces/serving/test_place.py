"""Where a home may be served, and what is refused before anything is touched."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bekwaam.faces.serving.place import Place, Wish, taken
from bekwaam.faces.serving.readiness import answers
from bekwaam.terms.errors import WrongCall


@pytest.fixture(autouse=True)
def no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BEKWAAM_URL", raising=False)
    monkeypatch.delenv("BEKWAAM_PROXIES", raising=False)


@pytest.fixture
def busy() -> Iterator[int]:
    """A port that another program has, with a free one after it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def find(wish: Wish) -> Place:
    """The place, given up again."""
    with taken(wish) as place:
        return place


def code_of(wish: Wish) -> str:
    with pytest.raises(WrongCall) as told:
        wish.check()
    return told.value.code


def test_a_free_port_is_taken_as_wished() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = find(Wish(port=port))
    assert (place.port, place.url) == (port, f"http://127.0.0.1:{port}")


def test_a_busy_port_gives_the_next_free_one(busy: int) -> None:
    place = find(Wish(port=busy))
    assert busy < place.port < busy + 20
    assert place.url.endswith(f":{place.port}")


def test_two_who_start_at_once_never_get_the_same_port(busy: int) -> None:
    """Neither of the two listens yet, so neither can see the other by trying the port."""
    with taken(Wish(port=busy)) as first, taken(Wish(port=busy)) as second:
        assert second.port > first.port
    assert find(Wish(port=busy)).port == first.port, "what is given up is free again"


def test_port_zero_is_any_free_one() -> None:
    assert find(Wish(port=0)).port > 1023


def test_the_address_people_type_stays_when_a_proxy_encrypts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEKWAAM_URL", "https://crm.example.org")
    assert find(Wish(port=0)).url == "https://crm.example.org"


@pytest.mark.parametrize(("proxies", "is_served"), [("", False), ("0", False), ("1", True)])
def test_an_https_address_that_nobody_encrypts_is_refused(
    monkeypatch: pytest.MonkeyPatch, proxies: str, is_served: bool
) -> None:
    monkeypatch.setenv("BEKWAAM_URL", "https://crm.example.org")
    monkeypatch.setenv("BEKWAAM_PROXIES", proxies)
    if is_served:
        Wish().check()
    else:
        assert code_of(Wish()) == "proxies_needed"


def test_a_redirect_is_not_an_answer() -> None:
    """What `/healthz` says when the proxy in front is not believed."""
    with _answering(b"HTTP/1.1 301 Moved\r\nLocation: https://crm.example.org/healthz\r\n\r\n") as port:
        assert not answers(Place(host="127.0.0.1", port=port, url="https://crm.example.org"))
    with _answering(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n") as port:
        assert answers(Place(host="127.0.0.1", port=port, url="https://crm.example.org"))


@contextmanager
def _answering(answer: bytes) -> Iterator[int]:
    """A server on a free port that gives one request this answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def give() -> None:
            visitor, _address = server.accept()
            with visitor:
                visitor.recv(4096)
                visitor.sendall(answer)

        giving = threading.Thread(target=give)
        giving.start()
        yield server.getsockname()[1]
        giving.join()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "crm.example.org"])
def test_another_host_needs_tls(host: str) -> None:
    assert code_of(Wish(host=host)) == "tls_needed"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "localhost", "::1"])
def test_this_machine_needs_none(host: str) -> None:
    Wish(host=host).check()


def test_a_certificate_needs_its_key(certificate: tuple[Path, Path]) -> None:
    assert code_of(Wish(tls_cert=certificate[0])) == "tls_pair"
    assert code_of(Wish(tls_key=certificate[1])) == "tls_pair"


def test_a_certificate_must_be_there_and_be_one(certificate: tuple[Path, Path], tmp_path: Path) -> None:
    cert, key = certificate
    assert code_of(Wish(tls_cert=tmp_path / "none.pem", tls_key=key)) == "file_missing"
    assert code_of(Wish(tls_cert=key, tls_key=cert)) == "tls_unusable"


def test_every_address_needs_one_that_people_type(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    wish = Wish(host="0.0.0.0", tls_cert=certificate[0], tls_key=certificate[1])
    assert code_of(wish) == "url_needed"
    monkeypatch.setenv("BEKWAAM_URL", "https://crm.example.org")
    wish.check()


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_must_be_one(port: int) -> None:
    assert code_of(Wish(port=port)) == "port_wrong"


def test_a_host_of_another_machine_is_refused() -> None:
    with pytest.raises(WrongCall) as told:
        find(Wish(host="192.0.2.7", port=0))
    assert told.value.code == "host_unknown"

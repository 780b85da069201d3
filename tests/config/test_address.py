"""The one address decides on TLS, cookies and hosts."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from bekwaam.config.address import Address

SHOW = """
import django, json
from django.conf import settings
django.setup()
names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "ALLOWED_HOSTS",
         "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE",
         "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "DEBUG", "PASSWORD_HASHERS"]
from bekwaam.access.messages import MessageCookie
print(json.dumps({name: getattr(settings, name) for name in names} | {"messages": MessageCookie.cookie_name}))
"""


def python(*arguments: str, home, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("BEKWAAM_")}
    settings = {"DJANGO_SETTINGS_MODULE": "bekwaam.config.settings", "BEKWAAM_HOME": str(home.path)}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, env={**known, **settings, **environment}
    )


@pytest.mark.parametrize("text", ["http://crm.example.org", "http://192.168.1.20:8000", "http://0.0.0.0"])
def test_plain_http_to_another_machine_is_refused_with_what_to_do(text):
    with pytest.raises(ImproperlyConfigured, match=r"this machine only.*--tls-cert"):
        Address.read(text)


@pytest.mark.parametrize("text", ["crm.example.org", "ftp://crm.example.org", "https://", "https://a.example/path"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ImproperlyConfigured, match=r"https://crm\.example\.org"):
        Address.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "HTTPS://crm.example.org",
        " https://crm.example.org",
        "https://crm.example.org ",
        "https://crm.example.org:99999",
        "https://[crm.example.org",
    ],
)
def test_an_address_is_written_in_one_way_so_that_nobody_reads_it_as_plain_http(text):
    with pytest.raises(ImproperlyConfigured, match=r"write it as https://crm\.example\.org"):
        Address.read(text)


@pytest.mark.parametrize(
    ("text", "hosts", "base"),
    [
        ("http://127.0.0.1:8000", ["127.0.0.1", "localhost", "[::1]"], "http://127.0.0.1:8000"),
        ("http://[::1]:8000", ["127.0.0.1", "localhost", "[::1]"], "http://[::1]:8000"),
        ("https://crm.example.org", ["crm.example.org"], "https://crm.example.org"),
        ("https://crm.example.org:8443/", ["crm.example.org"], "https://crm.example.org:8443"),
    ],
)
def test_only_the_hosts_of_the_address_are_answered(text, hosts, base):
    address = Address.read(text)
    assert address.hosts == hosts
    assert address.base_url == base


def test_over_tls_every_cookie_is_bound_to_the_host(home):
    shown = json.loads(python("-c", SHOW, home=home, BEKWAAM_URL="https://example.test").stdout)
    assert shown["SESSION_COOKIE_NAME"] == "__Host-session"
    assert shown["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert shown["messages"] == "__Host-messages"
    assert shown["SESSION_COOKIE_SECURE"]
    assert shown["CSRF_COOKIE_SECURE"]
    assert shown["SECURE_SSL_REDIRECT"]
    assert shown["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert shown["ALLOWED_HOSTS"] == ["example.test"]


def test_on_loopback_the_cookies_are_plain_but_closed_to_scripts(home):
    shown = json.loads(python("-c", SHOW, home=home).stdout)
    assert shown["SESSION_COOKIE_NAME"] == "session-8000"
    assert not shown["SECURE_SSL_REDIRECT"]
    assert shown["SESSION_COOKIE_HTTPONLY"]
    assert shown["CSRF_COOKIE_HTTPONLY"]
    assert shown["SESSION_COOKIE_SAMESITE"] == shown["CSRF_COOKIE_SAMESITE"] == "Lax"
    assert shown["DEBUG"] is False
    assert shown["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_two_homes_on_one_machine_have_cookies_of_their_own(home):
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "messages")
    one, other = (
        json.loads(python("-c", SHOW, home=home, BEKWAAM_URL=f"http://127.0.0.1:{port}").stdout)
        for port in (8000, 8001)
    )
    assert not {one[name] for name in names} & {other[name] for name in names}


def test_a_proxy_is_believed_only_when_it_is_counted(home):
    assert json.loads(python("-c", SHOW, home=home).stdout)["SECURE_PROXY_SSL_HEADER"] is None
    counted = python("-c", SHOW, home=home, BEKWAAM_URL="https://example.test", BEKWAAM_PROXIES="1")
    assert json.loads(counted.stdout)["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


@pytest.mark.parametrize("number", ["one", "-1", "1.5"])
def test_a_number_of_proxies_that_is_none_is_told_in_words(home, number):
    started = python("-m", "bekwaam.faces.cli.main", "doctor", home=home, BEKWAAM_PROXIES=number)
    assert started.returncode == 2
    assert "BEKWAAM_PROXIES is" in started.stderr
    assert "Traceback" not in started.stderr


def test_the_deployment_check_finds_nothing(home):
    check = ("-m", "django", "check", "--deploy", "--fail-level", "INFO")
    found = python(*check, home=home, BEKWAAM_URL="https://example.test")
    assert found.returncode == 0, found.stderr
    assert "no issues" in found.stdout


def test_the_database_is_opened_safely(db):
    from django.conf import settings

    options = settings.DATABASES["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 10
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in options["init_command"]

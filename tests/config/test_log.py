"""What stands on standard error: one line per event, and a trace only where something of ours broke."""

from __future__ import annotations

import io
import json
import logging

import pytest
from django.test import Client

from bekwaam.config.log import JsonLines


@pytest.fixture
def lines(monkeypatch):
    """What the installation wrote on standard error since."""
    written = io.StringIO()
    for name in ("django.security", "bekwaam"):
        handler = next(one for one in logging.getLogger(name).handlers if isinstance(one.formatter, JsonLines))
        monkeypatch.setattr(handler, "stream", written)
    return lambda: [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_foreign_host_is_a_warning_of_one_line(db, lines):
    for host in ("evil.example", "192.0.2.1:8000"):
        assert Client(headers={"host": host}).get("/sign-in/").status_code == 400
    logged = lines()
    assert [(line["level"], line["logger"], line["event"]) for line in logged] == [
        ("warning", "django.security.DisallowedHost", "GET no route: 400")
    ] * 2
    assert not any("trace" in line for line in logged)
    assert "evil.example" not in str(logged)


def test_what_breaks_of_ours_keeps_its_trace(lines):
    try:
        raise RuntimeError("broken")
    except RuntimeError:
        logging.getLogger("bekwaam.jobs").exception("job %d broke off", 7)
    (line,) = lines()
    assert (line["level"], "RuntimeError" in line["trace"]) == ("error", True)

"""`bekwaam brief`: what needs attention this week, from a home or straight from an order file."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bekwaam.faces.cli import calls
from bekwaam.faces.opening import open_home, open_made_home
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.errors import WrongCall


def run(call: argparse.Namespace) -> int:
    """Print the brief, or write it as HTML or PDF."""
    with _home(call):
        if call.file is not None and not _read_in(call.file):
            return 1
        _show(_brief(call), call)
    return 0


@contextmanager
def _home(call: argparse.Namespace) -> Iterator[None]:
    """The open home to work in: a passing one, gone afterwards, when the brief comes straight from a file."""
    if call.file is None:
        calls.begin(call.home, call.lang)
        open_made_home(call.home)
        yield
        return
    with tempfile.TemporaryDirectory(prefix="bekwaam-") as folder:
        calls.begin(Path(folder), call.lang)
        if not call.file.is_file():
            raise WrongCall("file_missing", file=str(call.file))
        open_home(Path(folder))
        yield


def _read_in(file: Path) -> bool:
    from bekwaam.workspaces.data.import_report import report
    from bekwaam.workspaces.data.importing import import_file
    from bekwaam.workspaces.data.outcome import Options

    line = calls.ProgressLine()
    outcome = import_file(file, kind="sales", options=Options(), actor=SYSTEM, progress=line)
    line.end()
    for sentence in report(outcome):
        calls.say(sentence)
    return outcome.exit_code == 0


def _brief(call: argparse.Namespace) -> dict[str, Any]:
    from bekwaam.access.models import Company
    from bekwaam.faces.jobs.refreshing import run_as_of
    from bekwaam.workspaces.cockpit.brief import brief

    line = calls.ProgressLine()
    run = run_as_of(call.as_of, progress=line)
    line.end()
    return brief(run, SYSTEM, currency=Company.current().currency)


def _show(found: dict[str, Any], call: argparse.Namespace) -> None:
    from bekwaam.workspaces.cockpit import brief_page, brief_text

    if call.json:
        calls.give(found)
    elif call.html:
        calls.write_whole(call.html, brief_page.html(found).encode())
    elif call.pdf:
        calls.write_whole(call.pdf, brief_page.pdf(found))
    else:
        for line in brief_text.lines(found):
            calls.print_line(line)

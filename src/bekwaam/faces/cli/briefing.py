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
        if call.file is not None:
            from bekwaam.faces.cli.order_file import read_in  # the readers of files are not worth loading without one

            code = read_in(call)
            if code:
                return code
        _show(_brief(call), call)
    return 0


@contextmanager
def _home(call: argparse.Namespace) -> Iterator[None]:
    """The open home to work in: a passing one, gone afterwards, when the brief comes straight from a file."""
    if call.file is None:
        calls.begin(call.home, call.lang)
        _must_have_no_options_of_a_file(call)
        open_made_home(call.home)
        yield
        return
    with tempfile.TemporaryDirectory(prefix="bekwaam-") as folder:
        calls.begin(Path(folder), call.lang)
        if not call.file.is_file():
            raise WrongCall("file_missing", file=str(call.file))
        open_home(Path(folder))
        yield


def _must_have_no_options_of_a_file(call: argparse.Namespace) -> None:
    given = {"--mapping": call.mapping, "--skip-refused": call.skip_refused}
    for option in [name for name, value in given.items() if value]:
        raise WrongCall("option_needs_file", option=option)


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

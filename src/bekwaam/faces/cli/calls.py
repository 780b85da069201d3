"""What every command shares: its language, its progress line, its one object, and its words for an error."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date
from gettext import gettext
from pathlib import Path
from typing import Any

from bekwaam.faces.opening import know_home
from bekwaam.terms.errors import BekwaamError, Failed


def day(text: str) -> date:
    """A day written as yyyy-mm-dd."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        words = gettext("'%(text)s' is not a day; write it as 2026-02-28")
        raise argparse.ArgumentTypeError(words % {"text": text}) from error


def language(chosen: str | None = None) -> str:
    """The language to speak: as chosen, else that of the terminal, else English."""
    if chosen:
        return chosen
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in the order in which gettext looks
    terminal = next((found for name in names if (found := os.environ.get(name))), "")
    return "nl" if terminal.lower().startswith("nl") else "en"


def speak(chosen: str | None = None) -> str:
    """Switch all words to the language of this call; returns it."""
    from django.utils import translation

    code = language(chosen)
    translation.activate(code)
    return code


def begin(home: Path | None, chosen: str | None = None) -> None:
    """Know the home and speak the language of this call, so that whatever goes wrong from here on is told in it."""
    know_home(home)
    speak(chosen)


def must_have_words() -> None:
    """A call can be wrong before it knows its home; words come with the settings."""
    from django.apps import apps

    if not apps.ready:
        begin(None)


def say(line: str) -> None:
    """A sentence for the person at the terminal."""
    sys.stderr.write(line + "\n")


def give(value: dict[str, Any]) -> None:
    """The one object of a command with --json."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_line(line: str) -> None:
    """A line of the answer itself, on stdout."""
    sys.stdout.write(line + "\n")


def write_whole(target: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place."""
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Failed("cannot_write", file=str(target), reason=error.strerror or str(error)) from error


def tell_error(error: BekwaamError, *, as_json: bool) -> int:
    """Word the error, on stderr and as an object; give its exit code."""
    must_have_words()
    from bekwaam.frame.sentences import sentence

    words = sentence(error)
    say(words)
    if as_json:
        values = {name: str(value) for name, value in error.values.items()}
        give({"error": error.code, "values": values, "sentence": words})
    return error.exit_code


class ProgressLine:
    """One line at the terminal that keeps up with the work; silent when nobody watches."""

    def __init__(self) -> None:
        self.is_watched = sys.stderr.isatty()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show the step and how far it is."""
        if not self.is_watched:
            return
        from bekwaam.frame.sentences import step_in_words

        share = f" {done}/{total}" if total > 1 else ""
        sys.stderr.write(f"\r\033[K{step_in_words(step)}{share}")
        sys.stderr.flush()

    def end(self) -> None:
        """Clear the line."""
        if self.is_watched:
            sys.stderr.write("\r\033[K")

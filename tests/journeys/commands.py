"""Calling the command line as its user does, with what it prints caught."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Told:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, Any]:
        """The one object on stdout."""
        found: dict[str, Any] = json.loads(self.out)
        return found


def bekwaam(home: Path, *words: str | Path, language: str = "en") -> Told:
    """Run one command on a home, in a process of its own."""
    command = [sys.executable, "-m", "bekwaam.faces.cli.main", "--home", str(home), *map(str, words)]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("BEKWAAM_", "LC_"))}
    surroundings |= {"LANG": {"nl": "nl_NL.UTF-8", "en": "en_GB.UTF-8"}[language]}
    done = subprocess.run(command, capture_output=True, text=True, env=surroundings, timeout=300, check=False)
    return Told(done.returncode, done.stdout, done.stderr)

"""`bekwaam import`: read in a file."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bekwaam.faces.cli import calls
from bekwaam.faces.opening import open_home
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.errors import WrongCall


def run(call: argparse.Namespace) -> int:
    """Read in the file, tell what came of it, and give the exit code."""
    calls.begin(call.home)
    if not call.file.is_file():
        raise WrongCall("file_missing", file=str(call.file))
    mapping = mapping_by_hand(call.mapping, call.kind)
    open_home(call.home)
    from bekwaam.workspaces.data.import_report import report
    from bekwaam.workspaces.data.importing import import_file
    from bekwaam.workspaces.data.outcome import Options

    options = Options(
        dry_run=call.dry_run,
        skip_refused=call.skip_refused,
        overlap=call.overlap,
        mapping=mapping,
    )
    line = calls.ProgressLine()
    try:
        outcome = import_file(call.file, kind=call.kind, options=options, actor=SYSTEM, progress=line)
    finally:
        line.end()
    for sentence in report(outcome):
        calls.say(sentence)
    if call.json:
        calls.give(outcome.to_json())
    return outcome.exit_code


def mapping_by_hand(path: Path | None, kind: str) -> dict[str, object] | None:
    """What someone wrote about the columns of a file.

    Raises:
        WrongCall: `file_missing`, `mapping_not_json`, `mapping_wrong`.
    """
    from bekwaam.workspaces.data.mapping_by_hand import wrong_part

    if path is None:
        return None
    if not path.is_file():
        raise WrongCall("file_missing", file=str(path))
    try:
        mapping: dict[str, object] = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError, OSError) as error:
        raise WrongCall("mapping_not_json", file=str(path)) from error
    part = wrong_part(mapping, kind)
    if part is not None:
        raise WrongCall("mapping_wrong", file=str(path), part=part)
    return mapping

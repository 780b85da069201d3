"""`bekwaam undo`: undo an import."""

from __future__ import annotations

import argparse

from bekwaam.faces.cli import calls
from bekwaam.faces.opening import open_made_home
from bekwaam.terms.actor import SYSTEM


def run(call: argparse.Namespace) -> int:
    """Undo the batch and tell what stays."""
    calls.begin(call.home)
    open_made_home(call.home)
    from bekwaam.workspaces.data.import_report import undo_report
    from bekwaam.workspaces.data.undoing import undo

    result = undo(call.batch, actor=SYSTEM)
    for sentence in undo_report(result):
        calls.say(sentence)
    if call.json:
        calls.give(result)
    return 0

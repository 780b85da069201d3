"""`bekwaam undo`: undo an import."""

from __future__ import annotations

import argparse

from bekwaam.faces.cli import calls
from bekwaam.faces.opening import open_home
from bekwaam.terms.actor import SYSTEM


def run(call: argparse.Namespace) -> int:
    """Undo the batch and tell what stays."""
    open_home(call.home)
    calls.speak()
    from bekwaam.workspaces.data.import_report import undo_report
    from bekwaam.workspaces.data.undoing import undo

    result = undo(call.batch, actor=SYSTEM)
    for sentence in undo_report(result):
        calls.say(sentence)
    if call.json:
        calls.give(result)
    return 0

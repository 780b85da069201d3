"""An order file read into a passing home, for a brief of it alone."""

from __future__ import annotations

import argparse
from dataclasses import replace

from django.utils.translation import gettext as _

from bekwaam.access.company import change_company
from bekwaam.access.models import Company
from bekwaam.faces.cli import calls
from bekwaam.faces.cli.importing import mapping_by_hand
from bekwaam.terms.actor import SYSTEM
from bekwaam.workspaces.data.import_report import report
from bekwaam.workspaces.data.importing import import_file
from bekwaam.workspaces.data.outcome import Options, Outcome


def read_in(call: argparse.Namespace) -> int:
    """Read in the file and tell what came of it; 0 when there is something to brief about."""
    outcome = _imported(call)
    currency = _only_currency(outcome)
    if currency is not None:
        change_company(SYSTEM, {"currency": currency})
        outcome = _imported(call)
    _tell(outcome)
    if outcome.exit_code and call.json:
        calls.give(outcome.to_json())
    return outcome.exit_code


def _imported(call: argparse.Namespace) -> Outcome:
    options = Options(skip_refused=call.skip_refused, mapping=mapping_by_hand(call.mapping, "sales"))
    line = calls.ProgressLine()
    try:
        return import_file(call.file, kind="sales", options=options, actor=SYSTEM, progress=line)
    finally:
        line.end()


def _only_currency(outcome: Outcome) -> str | None:
    """The one other currency that every line is in. A file needs no company, so it may bring its own."""
    if outcome.rows_refused < outcome.rows_read:
        return None
    found = {row["values"]["currency"] for row in outcome.refusals if row["code"] == "no_rate"}
    return found.pop() if len(found) == 1 else None


def _tell(outcome: Outcome) -> None:
    for sentence in report(replace(outcome, refused_file=None)):  # it is gone with the passing home
        calls.say(sentence)
    if outcome.refused_file:
        calls.say(_("They are not in this brief. bekwaam import --skip-refused keeps them in a file of their own."))
    currency = Company.current().currency
    if not outcome.exit_code and currency != Company._meta.get_field("currency").default:
        calls.say(_("All amounts are in %(currency)s, the currency of the file.") % {"currency": currency})

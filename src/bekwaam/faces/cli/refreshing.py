"""`bekwaam refresh`: work out all figures anew."""

from __future__ import annotations

import argparse

from bekwaam.faces.cli import calls
from bekwaam.faces.opening import open_made_home


def run(call: argparse.Namespace) -> int:
    """Refresh and tell for which day and data version."""
    calls.begin(call.home)
    open_made_home(call.home)
    from django.utils.translation import gettext as _

    from bekwaam.faces.jobs.refreshing import refresh
    from bekwaam.frame.formats import day

    line = calls.ProgressLine()
    try:
        done = refresh(as_of=call.as_of, progress=line)
    finally:
        line.end()
    calls.say(
        _("All figures are worked out as of %(day)s, from data version %(version)d.")
        % {"day": day(done.as_of), "version": done.facts_version}
    )
    if call.json:
        calls.give({"as_of": str(done.as_of), "facts_version": done.facts_version, "run": done.pk})
    return 0

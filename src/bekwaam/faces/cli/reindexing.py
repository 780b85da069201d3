"""`bekwaam reindex`: make the index of the search anew."""

from __future__ import annotations

import argparse

from bekwaam.faces.cli import calls
from bekwaam.faces.opening import open_made_home


def run(call: argparse.Namespace) -> int:
    """Write what the search knows anew, and tell of how many records."""
    calls.begin(call.home)
    open_made_home(call.home)
    from django.utils.translation import gettext as _

    from bekwaam.frame.formats import whole_number
    from bekwaam.records import finding

    count = finding.rebuild()
    calls.say(_("The search is made anew; it knows %(count)s records.") % {"count": whole_number(count)})
    if call.json:
        calls.give({"records": count})
    return 0

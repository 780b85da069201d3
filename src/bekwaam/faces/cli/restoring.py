"""`bekwaam restore`: bring a backup back into a home."""

from __future__ import annotations

import argparse
from datetime import datetime

from bekwaam.faces.cli import calls
from bekwaam.faces.opening import open_home


def run(call: argparse.Namespace) -> int:
    """Check the backup, put it in the home's place, bring it up to date, and say where the former home is kept."""
    calls.begin(call.home)
    from django.conf import settings
    from django.utils.translation import gettext as _

    from bekwaam.faces.backup import old_doors
    from bekwaam.faces.backup.restoring import restore

    home = settings.BEKWAAM_HOME.path
    restored = restore(call.backup, home)
    open_home(call.home)
    old_doors.record(restored.manifest)
    calls.say(
        _("%(folder)s is again as it was on %(moment)s: data version %(version)d.")
        % {"folder": home, "moment": _moment(restored.manifest.made_at), "version": restored.manifest.facts_version}
    )
    calls.say(
        _("Everyone signs in again. Look at the users: an account that was closed since then is open, as it was then.")
    )
    if restored.kept:
        words = _("What stood there is kept in %(folder)s. Remove it when you no longer need it.")
        calls.say(words % {"folder": restored.kept})
    if call.json:
        calls.give(
            {
                "home": str(home),
                "kept": str(restored.kept) if restored.kept else None,
                "facts_version": restored.manifest.facts_version,
                "made_at": restored.manifest.made_at,
                "counts": restored.manifest.counts,
            }
        )
    return 0


def _moment(written: str) -> str:
    from django.utils.formats import date_format
    from django.utils.timezone import localtime

    return date_format(localtime(datetime.fromisoformat(written)), "DATETIME_FORMAT")

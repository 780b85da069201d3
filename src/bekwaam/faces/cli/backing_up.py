"""`bekwaam backup`: copy the home, while it runs, into one checked file."""

from __future__ import annotations

import argparse

from bekwaam.faces.cli import calls
from bekwaam.faces.opening import must_be_made


def run(call: argparse.Namespace) -> int:
    """Write the backup and say what is in it."""
    calls.begin(call.home)
    must_be_made()
    from django.utils.translation import gettext as _

    from bekwaam.faces.backup.making import make, record, target_for
    from bekwaam.frame.formats import decimal_number, whole_number

    target = target_for(call.out)
    manifest = make(target)
    record(manifest)
    size = target.stat().st_size
    calls.say(
        _("%(file)s holds data version %(version)d: %(count)s files, %(size)s MB, each read back and compared.")
        % {
            "file": target,
            "version": manifest.facts_version,
            "count": whole_number(len(manifest.files)),
            "size": decimal_number(size / 1_000_000, 1),
        }
    )
    calls.say(_("Whoever has this file can read everything in it, so keep it as safe as the home itself."))
    if call.json:
        calls.give(
            {
                "file": str(target),
                "bytes": size,
                "files": len(manifest.files),
                "facts_version": manifest.facts_version,
                "made_at": manifest.made_at,
                "counts": manifest.counts,
            }
        )
    return 0

"""`bekwaam admin-link`: a way back in for an administrator who lost his password, without any other administrator."""

from __future__ import annotations

import argparse

from bekwaam.faces.cli import calls
from bekwaam.faces.opening import open_made_home


def run(call: argparse.Namespace) -> int:
    """Print a one-time link with which this administrator sets a new password."""
    calls.begin(call.home)
    open_made_home(call.home)
    from django.conf import settings
    from django.utils.translation import gettext as _

    from bekwaam.access.actions import admin_link
    from bekwaam.faces.claim import holder
    from bekwaam.faces.serving.supervising import address_of, lock_of

    home = settings.BEKWAAM_HOME.path
    link = admin_link(address_of(home), call.email)
    if holder(lock_of(home)) is None:
        calls.say(_("Nobody serves this home now. Start bekwaam serve first; the link then works at its address."))
    calls.say(_("Open this link within a day to set a new password; it works once:"))
    if call.json:
        calls.give({"email": call.email, "link": link})
    else:
        calls.print_line(link)
    return 0

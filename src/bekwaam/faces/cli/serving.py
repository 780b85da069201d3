"""`bekwaam serve`: the pages and the work, until Ctrl-C."""

from __future__ import annotations

import argparse

from bekwaam.faces.cli import calls
from bekwaam.faces.opening import open_home
from bekwaam.faces.serving.place import Place, Wish


def run(call: argparse.Namespace) -> int:
    """Serve the home; say where, and how the first administrator gets in."""
    wish = Wish(host=call.host, port=call.port, tls_cert=call.tls_cert, tls_key=call.tls_key)
    calls.begin(call.home)
    wish.check()
    from django.conf import settings

    from bekwaam.faces.serving.supervising import must_not_be_served, serve

    must_not_be_served(settings.BEKWAAM_HOME.path)
    open_home(call.home)
    return serve(wish, announce=announce)


def announce(place: Place) -> None:
    """Say where the pages are, and how the first administrator gets in; each start makes a fresh link for him."""
    from django.utils.translation import gettext as _

    from bekwaam.access.actions import first_admin_link

    calls.say(_("Bekwaam is at %(url)s. Stop with Ctrl-C.") % {"url": place.url})
    link = first_admin_link(place.url)
    if link is not None:
        calls.say(_("There is no administrator yet. Open this link within three days to become one; it works once:"))
        calls.say(f"  {link}")

"""`bekwaam demo`: load the demo company into its own home and serve it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from bekwaam.faces.cli import calls
from bekwaam.faces.opening import open_home
from bekwaam.faces.serving.place import Place, Wish

FOLDER = "demo-data"
NOT_FOR_THE_DEMO = ("DATABASE_URL", "BEKWAAM_SMTP")
"""What a company sets for itself: the demo's users must not come into its database, nor mail leave by its server."""


def run(call: argparse.Namespace) -> int:
    """Load what is not there yet, then serve until Ctrl-C and say how to sign in."""
    wish = Wish(host=call.host, port=call.port)
    home = call.home or _beside_the_own_home()
    for name in NOT_FOR_THE_DEMO:
        os.environ.pop(name, None)
    calls.begin(home)
    wish.check()
    _prepare(home.expanduser().resolve())
    open_home(home)
    _load()
    if call.load_only:
        _tell_sign_ins()
        return 0
    from bekwaam.faces.serving.supervising import serve

    return serve(wish, announce=announce)


def _beside_the_own_home() -> Path:
    """Never the own home: the demo gets a folder beside it."""
    own = os.environ.get("BEKWAAM_HOME")
    return Path(own).expanduser().resolve().parent / FOLDER if own else Path(FOLDER)


def _prepare(home: Path) -> None:
    from bekwaam.demo import people
    from bekwaam.faces.serving.supervising import must_not_be_served

    people.must_be_demo(home)
    must_not_be_served(home)
    people.mark(home)


def _load() -> None:
    """Everything that is there already stays as it is, so a load that was broken off is simply finished."""
    from bekwaam.demo import company, lines, people
    from bekwaam.records.models import Run

    progress = calls.ProgressLine()
    try:
        company.set_up()
        lines.read_in(progress)
        if not Run.objects.filter(is_current=True).exists():
            _work_out(progress)
    finally:
        progress.end()
    people.move_in()


def _work_out(progress: calls.ProgressLine) -> None:
    from bekwaam.faces.jobs.refreshing import refresh

    refresh(progress=progress)


def announce(place: Place) -> None:
    """Say where the demo is and how to get in."""
    from django.utils.translation import gettext as _

    _tell_sign_ins()
    calls.say(_("Bekwaam is at %(url)s. Stop with Ctrl-C.") % {"url": place.url})


def _tell_sign_ins() -> None:
    from django.utils.translation import gettext as _

    from bekwaam.demo.people import sign_ins

    found = sign_ins()
    width = max(len(each.email) for each in found)
    words = _("The demo company is loaded. Sign in with the password %(password)s as:")
    calls.say(words % {"password": found[0].password})
    for each in found:
        calls.say(f"  {each.email:<{width}}  {each.role}")

"""`bekwaam doctor`: look whether everything is in order. It changes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bekwaam.faces.cli import calls
from bekwaam.faces.opening import must_be_made

if TYPE_CHECKING:
    from bekwaam.faces.doctor.examining import Examined


def run(call: argparse.Namespace) -> int:
    """Tell every finding, those that need attention last; the exit code is 1 when there are any."""
    calls.begin(call.home)
    must_be_made()
    _only_look()
    from bekwaam.faces.doctor.examining import examine

    found = examine()
    _tell(found)
    if call.json:
        calls.give(_as_object(found))
    return 0 if all(examined.finding.is_well for examined in found) else 1


def _only_look() -> None:
    """A database that is gone stays gone: SQLite would make an empty one where it finds none."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    file = Path(connection.settings_dict["NAME"])
    connection.settings_dict["NAME"] = f"{file.as_uri()}?mode=rw"


def _tell(found: list[Examined]) -> None:
    from django.utils.translation import gettext as _

    troubled = [examined for examined in found if not examined.finding.is_well]
    for examined in found:
        if examined.finding.is_well:
            calls.say(f"  ✓ {examined.finding.words}")
    for examined in troubled:
        calls.say(f"  ! {examined.finding.words}")
    if not troubled:
        calls.say(_("Everything is in order."))
        return
    calls.say(_("Points that need attention: %(count)d.") % {"count": len(troubled)})


def _as_object(found: list[Examined]) -> dict[str, object]:
    checks = [{"name": each.name, "ok": each.finding.is_well, "sentence": each.finding.words} for each in found]
    return {"ok": all(each.finding.is_well for each in found), "checks": checks}

"""Checks on the home folder and the disk it is on."""

from __future__ import annotations

import os
import shutil
import stat
import time
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from bekwaam.faces.backup import making, passing, restoring
from bekwaam.faces.doctor.finding import Finding, ill, well
from bekwaam.facts.store import Store
from bekwaam.frame.formats import whole_number

GIGABYTE: Final = 1 << 30
LEAST_FREE_SHARE: Final = 0.1
ENOUGH_FREE: Final = 10 * GIGABYTE
SHORTEST_KEY: Final = 50
OLDEST_BACKUP_DAYS: Final = 7
DAY_SECONDS: Final = 86_400


def home_folder() -> Finding:
    """Everything in the home is for its owner alone."""
    home = settings.BEKWAAM_HOME
    folders = [home.path, home.facts, home.uploads, home.refused, home.jobs, home.backups]
    missing = [folder.name for folder in folders if not folder.is_dir()]
    if missing:
        return ill(_("The home lacks these folders: %(names)s. They are made at the next start.") % _names(missing))
    open_ones = [folder.name for folder in folders if _is_open_to_others(folder)]
    if open_ones:
        return ill(_("Others on this machine can look into: %(names)s. Close them with chmod 700.") % _names(open_ones))
    return well(_("The home folder is for its owner alone."))


def _names(names: list[str]) -> dict[str, str]:
    return {"names": ", ".join(sorted(names))}


def _is_open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def home_writable() -> Finding:
    """This program may write in its home."""
    folder = settings.BEKWAAM_HOME.path
    if os.access(folder, os.W_OK | os.X_OK):
        return well(_("The home folder can be written to."))
    return ill(_("The home folder cannot be written to. Give it to the user who runs Bekwaam, with chown."))


def secret_key() -> Finding:
    """The secret key is there, long, and nobody else's."""
    file = settings.BEKWAAM_HOME.secret_key_file
    if not file.is_file():
        return ill(_("There is no secret key; it is made at the next start, and everyone has to sign in again."))
    if _is_open_to_others(file):
        return ill(
            _("Others on this machine can read the secret key. Close it with chmod 600 %(file)s.") % {"file": file}
        )
    if len(file.read_text(encoding="ascii").strip()) < SHORTEST_KEY:
        return ill(
            _("The secret key is too short. Remove %(file)s; a new one is made at the next start.") % {"file": file}
        )
    return well(_("The secret key is long and for its owner alone."))


def disk_space() -> Finding:
    """There is room to write."""
    usage = shutil.disk_usage(settings.BEKWAAM_HOME.path)
    values = {"free": _gigabytes(usage.free), "whole": _gigabytes(usage.total)}
    if usage.free < min(ENOUGH_FREE, usage.total * LEAST_FREE_SHARE):
        return ill(_("The disk is nearly full: %(free)s GB of %(whole)s GB is free. Make room.") % values)
    return well(_("%(free)s GB of %(whole)s GB on the disk is free.") % values)


def _gigabytes(size: int) -> str:
    return whole_number(size // GIGABYTE)


def backup_age() -> Finding:
    """What is in the home is also somewhere else."""
    if not Store(settings.BEKWAAM_HOME.facts).version:
        return well(_("Nothing has been read in yet, so there is nothing to back up."))
    newest = making.newest(settings.BEKWAAM_HOME.backups)
    if newest is None:
        return ill(_("There is no backup yet in the home's backups folder. Make one with: bekwaam backup"))
    days = int((time.time() - newest.stat().st_mtime) // DAY_SECONDS)
    values = {"file": newest.name, "days": days}
    if days > OLDEST_BACKUP_DAYS:
        return ill(_("The newest backup, %(file)s, is %(days)d days old. Make one with: bekwaam backup") % values)
    return well(_("The newest backup is %(file)s. Keep a copy on another machine too.") % values)


def leftovers() -> Finding:
    """No backup or restore that broke off left anything behind."""
    home = settings.BEKWAAM_HOME
    found = [*passing.leftovers(home.backups), *restoring.leftovers(home.path)]
    if found:
        return ill(
            _(
                "A backup or restore that broke off left these: %(names)s. Bekwaam does not use them. "
                "See whether you miss anything that is in them, then remove them: they hold your data."
            )
            % {"names": ", ".join(map(str, found))}
        )
    return well(_("No backup or restore left anything behind."))


def clock() -> Finding:
    """The clock does not stand in the past."""
    newest = max((file.stat().st_mtime for file in settings.BEKWAAM_HOME.path.glob("*")), default=0)
    if newest > time.time() + DAY_SECONDS:
        return ill(
            _("The clock of this machine is behind: files in the home are from tomorrow or later. Set the clock.")
        )
    return well(_("The clock is not behind what was written before."))

"""Checks on the program itself: its address, its people, its words, its files, its versions."""

from __future__ import annotations

import platform
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import run_checks
from django.utils.translation import gettext as _

import bekwaam
from bekwaam.access.actions import active_admins
from bekwaam.access.models import User
from bekwaam.demo import people
from bekwaam.faces.doctor.finding import Finding, ill, well
from bekwaam.faces.serving.supervising import address_of

PACKAGE: Final = Path(bekwaam.__file__).parent
CHECKOUT: Final = PACKAGE.parents[1]
LOCK: Final = CHECKOUT / "requirements" / "runtime.txt"
NEEDED_BY_PAGES: Final = ("npm/echarts/dist/echarts.esm.min.mjs",)
OLDEST_SAFE_DJANGO: Final = (5, 2, 19)
"""As known on 24 November 2026."""


def address() -> Finding:
    """The address is explained: what works there and what does not."""
    url = address_of(settings.BEKWAAM_HOME.path)
    if url.startswith("https://"):
        return well(_("The address is %(url)s, encrypted: sign-in cookies travel over TLS only.") % {"url": url})
    return well(
        _(
            "The address is %(url)s, for this machine only. For other machines set BEKWAAM_URL to https://… and give "
            "serve --tls-cert and --tls-key."
        )
        % {"url": url}
    )


def security_settings() -> Finding:
    """Django's own checks for a public site find nothing. Those that ask for TLS do not count on this machine only."""
    of_tls = (
        set()
        if settings.BEKWAAM_ADDRESS.is_tls
        else {"security.W004", "security.W008", "security.W012", "security.W016"}
    )
    found = [message for message in run_checks(include_deployment_checks=True) if not message.is_silenced()]
    names = sorted({message.id or "" for message in found} - of_tls)
    if names:
        return ill(
            _("Settings are not safe: %(names)s. See: django-admin check --deploy") % {"names": ", ".join(names)}
        )
    return well(_("The settings pass every security check of the framework."))


def administrator() -> Finding:
    """Someone can administer."""
    if not active_admins().exists():
        return ill(_("There is no administrator yet. Start bekwaam serve and open the one-time link that it prints."))
    return well(_("There is an administrator."))


def demo_users() -> Finding:
    """The users of the demo, whose password lies open, are in the demo only."""
    is_demo = people.note_of(settings.BEKWAAM_HOME.path).exists()
    found = User.objects.filter(email__endswith=f"@{people.HOST}", is_active=True).count()
    if found and not is_demo:
        return ill(_("Users of the demo who can sign in here: %(count)d. Close their accounts.") % {"count": found})
    return well(_("No user of the demo can sign in outside it."))


def words() -> Finding:
    """The Dutch words are there, and as new as their source."""
    catalogue = PACKAGE / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    compiled = catalogue.with_suffix(".mo")
    if not compiled.is_file():
        return ill(_("The Dutch words are not compiled. Run: make ready"))
    if catalogue.is_file() and catalogue.stat().st_mtime > compiled.stat().st_mtime + 1:
        return ill(_("The Dutch words changed after they were compiled. Run: make ready"))
    return well(_("The Dutch words are compiled."))


def browser_files() -> Finding:
    """The libraries that pages ask for are installed."""
    missing = [name for name in NEEDED_BY_PAGES if not finders.find(name)]
    gathered = settings.STATIC_ROOT / "staticfiles.json"
    if missing and not gathered.is_file():
        return ill(
            _("These files for the browser are not installed: %(names)s. Run: make ready")
            % {"names": ", ".join(missing)}
        )
    return well(_("The files that pages ask for are there."))


def versions() -> Finding:
    """The installed packages are those of the lock."""
    if not LOCK.is_file():
        return well(_("There is no lock file beside the program to compare the installed packages with."))
    present = {_plain(found.metadata["Name"]): found.version for found in metadata.distributions()}
    different = sorted(
        f"{name} {present[name]} ({', '.join(sorted(allowed))})"
        for name, allowed in _locked().items()
        if name in present and present[name] not in allowed
    )
    if different:
        return ill(_("Installed otherwise than locked: %(names)s. Run: make ready") % {"names": ", ".join(different)})
    return well(_("The installed packages are those of the lock."))


def _locked() -> dict[str, set[str]]:
    """The versions that the lock allows, per package; which of several depends on Python and the system."""
    allowed: dict[str, set[str]] = {}
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", LOCK.read_text(encoding="utf-8"), re.M)
    for name, version in pins:
        allowed.setdefault(_plain(name), set()).add(version)
    return allowed


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def safe_versions() -> Finding:
    """Python and Django are of a version without known holes."""
    installed = metadata.version("django")
    values = {"django": installed, "python": platform.python_version()}
    numbers = tuple(int(part) for part in re.findall(r"\d+", installed)[:3])
    if numbers < OLDEST_SAFE_DJANGO or sys.version_info < (3, 11):
        return ill(_("Django %(django)s on Python %(python)s has known holes. Install a newer version.") % values)
    return well(
        _("Django %(django)s on Python %(python)s: no known holes on 24 November 2026. Look for newer ones each month.")
        % values
    )

"""Why the system refused something: its own words are English only, and these are the ones that people meet."""

from __future__ import annotations

import errno
import os
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: Final[dict[int, str | Promise]] = {
    errno.EACCES: _("access is denied"),
    errno.EBUSY: _("it is in use"),
    errno.EEXIST: _("there is something of that name already"),
    errno.EFBIG: _("it would become too large"),
    errno.EIO: _("the disk gives errors"),
    errno.EISDIR: _("it is a folder"),
    errno.ELOOP: _("links lead round in a circle"),
    errno.EMFILE: _("too many files are open"),
    errno.ENAMETOOLONG: _("the name is too long"),
    errno.ENOENT: _("it is not there"),
    errno.ENOSPC: _("the disk is full"),
    errno.ENOTDIR: _("part of the path is not a folder"),
    errno.ENOTEMPTY: _("the folder is not empty"),
    errno.EPERM: _("that is not allowed"),
    errno.EROFS: _("the disk can only be read"),
    errno.EXDEV: _("it lies on another disk"),
}
_KNOWN: Final = {os.strerror(number): words for number, words in REASONS.items()}


def reason_in_words(reason: str) -> str:
    """The system's reason in the active language; one that has no words stands for itself."""
    return str(_KNOWN.get(reason, reason))

"""Sentences about the fact tables: imports, data versions, the disk under them."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[dict[str, str | Promise]] = {
    "batch_exists": _("Import %(batch)s is in already. Undo it first if you want to read it in anew."),
    "batch_undone": _("Import %(batch)s has been undone before; nothing has changed."),
    "batch_unknown": _("There is no import %(batch)s. The data room lists the imports that there are."),
    "cannot_write": _(
        "%(file)s cannot be written: %(reason)s. Nothing has changed. Check the folder and who may write there."
    ),
    "disk_failed": _(
        "The disk under %(folder)s gives errors. Nothing has changed. Have the disk checked before you go on, "
        "and keep your latest backup safe."
    ),
    "disk_full": _("There is no room left on the disk of %(folder)s. Nothing has changed. Make room and try again."),
    "facts_damaged": _(
        "Files of the table %(table)s, version %(version)s, are missing or damaged. "
        "Nothing has changed; bring back a backup with bekwaam restore."
    ),
    "facts_unfinished": _(
        "Import %(batch)s was broken off half-way and does not count. The next import or undo clears it away."
    ),
    "folder_unusable": _(
        "The fact tables cannot lie in %(folder)s, because of a sign in its name. Choose a folder with a plain name."
    ),
    "question_unknown": _("The fact tables know no question named %(question)s. Check its name."),
    "store_locked": _(
        "Someone else has been writing in %(folder)s for more than %(seconds)s seconds. Nothing has changed. "
        "Wait until that work is done and try again."
    ),
    "version_unknown": _("There is no data version %(version)s. Name one that exists, or leave it out for the latest."),
}

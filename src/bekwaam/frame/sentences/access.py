"""Sentences about users and the company's settings."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[dict[str, str | Promise]] = {
    "admin_unknown": _("%(email)s is not an administrator who can sign in. Name one of these: %(admins)s."),
    "currency_fixed": _(
        "The currency stays %(currency)s: order lines in it have been read in. Undo those imports first."
    ),
    "email_taken": _("There is an account for %(email)s already. Open that one, or use another address."),
    "last_admin": _(
        "This is the last administrator; without one nobody could let anyone in. Make someone else administrator first."
    ),
    "link_dead": _(
        "This link no longer works: it was used, replaced by a newer one, or is too old. "
        "Ask an administrator for a new one."
    ),
    "no_admin_yet": _("There is no administrator yet. Start bekwaam serve and open the one-time link that it prints."),
}

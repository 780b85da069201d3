"""Sentences about changing records and keeping views on them."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n

SENTENCES: Final[dict[str, str | Promise]] = {
    "bulk_not_yours": _n(
        "%(count)s chosen row is not yours to change, so nothing was changed. Take it out of the choice.",
        "%(count)s chosen rows are not yours to change, so nothing was changed. Take them out of the choice.",
        "count",
    ),
    "bulk_too_many": _(
        "You chose %(count)s rows; at most %(highest)s can be changed at once. Narrow the filter and do it in parts."
    ),
    "bulk_undone_already": _("This change was undone already."),
    "bulk_value_unknown": _("'%(value)s' cannot stand there. Choose one of the values that the form offers."),
    "too_many_views": _("You keep %(highest)s views on this list already. Remove one first."),
    "view_name_taken": _("You have a view called '%(name)s' already. Choose another name."),
}

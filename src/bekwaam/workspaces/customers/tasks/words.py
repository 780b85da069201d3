"""How late a task is, in words."""

from __future__ import annotations

from django.utils.translation import ngettext

from bekwaam.frame.formats import whole_number


def late_in_words(days: int) -> str:
    """ "4 days overdue"."""
    return ngettext("%(words)s day overdue", "%(words)s days overdue", days) % {"words": whole_number(days)}

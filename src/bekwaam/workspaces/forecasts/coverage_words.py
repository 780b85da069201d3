"""What a figure does not count, in words: days before the data begin, and months that are missing from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from bekwaam.frame.formats import day, month_name, names_in_list
from bekwaam.terms.month import Month


def remarks(covered_from: date | None, missing: Sequence[Month]) -> list[str]:
    """A sentence for each thing that is not in the figure; none where the data cover all of it."""
    found = []
    if covered_from:
        found.append(_("It counts from %(since)s: nothing earlier has been read in.") % {"since": day(covered_from)})
    if missing:
        template = _("For %(months)s no order line has been read in; that is left out.")
        found.append(template % {"months": stretches(missing)})
    return found


def stretches(months: Sequence[Month]) -> str:
    """Months as stretches: March 2025 up to and including May 2025 and August 2025."""
    found: list[list[Month]] = []
    for month in months:
        if found and month == found[-1][-1].plus(1):
            found[-1].append(month)
        else:
            found.append([month])
    return names_in_list(_stretch(one[0], one[-1]) for one in found)


def _stretch(first: Month, last: Month) -> str:
    if first == last:
        return month_name(first.first)
    return _("%(first)s up to and including %(last)s") % {
        "first": month_name(first.first),
        "last": month_name(last.first),
    }

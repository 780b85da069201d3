"""The look back in words: how many left, how many of them we had named, or why that cannot be said.

None, one and many are messages of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.frame.formats import money, whole_number
from bekwaam.frame.numerals import capital, in_words
from bekwaam.terms.month import Month
from bekwaam.workspaces.forecasts.coverage_words import stretches


@dataclass(frozen=True)
class Tally:
    """What a look back counted: the customers named then, those of them who left, all who left, and their worth."""

    named: int
    seen: int
    leavers: int
    seen_worth: Decimal
    lost: Decimal
    days: int

    @property
    def for_nothing(self) -> int:
        """Named, and simply stayed."""
        return self.named - self.seen


def unknown(*, had: int, needed: int, missing: Sequence[Month]) -> str:
    """Why nothing can be said about an earlier call list."""
    if missing:
        template = _("That cannot be said: for %(months)s no order line has been read in.")
        return template % {"months": stretches(missing)}
    template = ngettext(
        "That cannot be said yet: %(had)s month of history, %(needed)s needed.",
        "That cannot be said yet: %(had)s months of history, %(needed)s needed.",
        had,
    )
    return template % {"had": whole_number(had), "needed": whole_number(needed)}


def alert_record(tally: Tally) -> str:
    """How often such an alert was right: the small print under the call list."""
    values = {"named": in_words(tally.named), "seen": in_words(tally.seen), "days": whole_number(tally.days)}
    if not tally.named:
        return _("Nobody was named like this the time before.")
    if tally.named == tally.seen == 1:
        return _("The one customer named like this before really left in the %(days)s days after.") % values
    if not tally.seen:
        template = ngettext(
            "The one customer named like this before ordered again within %(days)s days.",
            "All %(named)s customers named like this before ordered again within %(days)s days.",
            tally.named,
        )
        return template % values
    template = ngettext(
        "Of %(named)s customers named like this before, %(seen)s really left in the %(days)s days after.",
        "Of %(named)s customers named like this before, %(seen)s really left in the %(days)s days after.",
        tally.seen,
    )
    return template % values


def answer(tally: Tally, currency: str) -> str:
    """The answer of the look-back page, in a sentence or two."""
    if not tally.leavers:
        return " ".join([_nobody_left(tally.days), *_stayed(tally)])
    values = {
        "seen": in_words(tally.seen),
        "leavers": in_words(tally.leavers),
        "worth": money(tally.seen_worth, currency, "short"),
        "lost": money(tally.lost, currency, "short"),
    }
    return " ".join([capital(_leavers(tally) % values), *_stayed(tally)])


def _nobody_left(days: int) -> str:
    return _("Nobody left in those %(days)s days, so there was nothing to see.") % {"days": whole_number(days)}


def _leavers(tally: Tally) -> str:
    if not tally.seen:
        return ngettext(
            "No: the one customer who left, good for %(lost)s, was not named.",
            "No: of the %(leavers)s customers who left, together good for %(lost)s, we named none.",
            tally.leavers,
        )
    if tally.leavers == 1:
        return _("Yes: the one customer who left, good for %(lost)s, had been named.")
    return _("%(seen)s of the %(leavers)s customers who left, good for %(worth)s of the %(lost)s.")


def _stayed(tally: Tally) -> list[str]:
    if not tally.named:
        return [_("Nobody was named then.")]
    if not tally.for_nothing:
        return []
    template = ngettext(
        "And %(count)s we named simply stayed.", "And %(count)s we named simply stayed.", tally.for_nothing
    )
    return [template % {"count": in_words(tally.for_nothing)}]

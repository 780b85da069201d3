"""As of when the figures on a page are true."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from bekwaam.frame.formats import day, stand
from bekwaam.terms.actor import Actor


class Stand(Protocol):
    """Figures worked out for the day `as_of`, at a moment, from a data version; a run of `records` is one."""

    as_of: date
    ended_at: datetime | None
    facts_version: int


def current_stand(actor: Actor) -> Stand | None:
    """The stand of the whole installation; None before the first, and where no one tells it.

    Figures lie above the frame, so the setting `BEKWAAM_STAND` names who knows: the dotted path of a function
    `(actor) -> Stand | None`.
    """
    place = getattr(settings, "BEKWAAM_STAND", "")
    found: Stand | None = import_string(place)(actor) if place else None
    return found


def stand_in_words(known: Stand) -> str:
    """ "stand van 3 maart 07.12"; the bare day when the figures were worked out for another day than they were made."""
    if known.ended_at and timezone.localdate(known.ended_at) == known.as_of:
        return stand(known.ended_at)
    return _("as of %(moment)s") % {"moment": day(known.as_of)}

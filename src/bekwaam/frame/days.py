"""Days, months and moments as the reader writes them: 28-02-2026 in Dutch, 28 February 2026 in English."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bekwaam.frame.languages import HARD_SPACE, language


def day(value: date) -> str:
    """A day in full."""
    return _set("d-m-Y" if language().code == "nl" else "j F Y", value)


def written_out(value: date) -> str:
    """A day that nobody can read in two ways: 1 april 2024, 1 April 2024."""
    return _set("j F Y", value)


def day_and_month(value: date) -> str:
    """A day of the running year: 3 maart, 3 March."""
    return _set("j F", value)


def long_day(value: date) -> str:
    """A day with its weekday: maandag 21 september 2026, Monday 21 September 2026."""
    return _set("l j F Y", value)


def month_name(value: date) -> str:
    """The month in which the day lies: maart 2026, March 2026."""
    return _set("F Y", value)


def month_short(value: date) -> str:
    """The month in three letters, for the ticks of a chart: mrt, Mar."""
    code = language().code
    return _written("b" if code == "nl" else "M", value, code).strip(".")


def week_number(value: date) -> int:
    """The ISO week, 1 to 53."""
    return value.isocalendar().week


def stand(moment: datetime) -> str:
    """As of when a figure is true: stand van 3 maart 07.12, as of 3 March 07:12."""
    here = _local(moment)
    return _("as of %(moment)s") % {"moment": f"{day_and_month(here)}{HARD_SPACE}{_clock(here)}"}


def day_and_time(moment: datetime) -> str:
    """When something happened: 14-09-2026 16.20, 14 September 2026 16:20."""
    here = _local(moment)
    return f"{day(here)}{HARD_SPACE}{_clock(here)}"


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _clock(moment: datetime) -> str:
    return moment.strftime("%H.%M" if language().code == "nl" else "%H:%M")


def _set(form: str, value: date) -> str:
    return _written(form, value, language().code).replace(" ", HARD_SPACE)


@lru_cache(maxsize=4_096)
def _written(form: str, value: date, code: str) -> str:
    """Kept, because a list of fifty customers writes the same few days two hundred times."""
    with translation.override(code):
        return date_format(value, form)

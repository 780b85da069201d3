"""The answers to an alert: the same four everywhere and in the same order. The chosen reason replaces the dots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.frame.formats import day

RIGHT: Final = "right"
NOT_RIGHT: Final = "not_right"
LATER: Final = "later"
WHY_RIGHT: Final[Mapping[str, Promise]] = {
    "competitor": gettext_lazy("competitor"),
    "stopped": gettext_lazy("stopped trading"),
}
WHY_NOT: Final[Mapping[str, Promise]] = {
    "season": gettext_lazy("season"),
    "project": gettext_lazy("project finished"),
    "on_its_way": gettext_lazy("order on its way"),
    "parent": gettext_lazy("now buys through dealer or parent"),
}


@dataclass(frozen=True)
class Answer:
    """One part of the joined control: what is sent, what it says, and the reasons that it may be given."""

    code: str
    title: str
    is_pressed: bool
    reasons: Mapping[str, str | Promise]
    asks_day: bool = False


def answers(given: str = "", *, reason: str = "", on: date | None = None) -> list[Answer]:
    """The four answers, with the one that was given pressed."""
    return [
        Answer(RIGHT, _("right"), given == RIGHT and not reason, {}),
        Answer(RIGHT, _because_right(given, reason), given == RIGHT and bool(reason), WHY_RIGHT),
        Answer(NOT_RIGHT, _because_not(given, reason), given == NOT_RIGHT, WHY_NOT),
        Answer(LATER, _later(given, on), given == LATER, {}, asks_day=True),
    ]


def _because_right(given: str, reason: str) -> str:
    if given != RIGHT or reason not in WHY_RIGHT:
        return _("right, because …")
    return _("right, because: %(reason)s") % {"reason": WHY_RIGHT[reason]}


def _because_not(given: str, reason: str) -> str:
    if given != NOT_RIGHT or reason not in WHY_NOT:
        return _("not right, because …")
    return _("not right, because: %(reason)s") % {"reason": WHY_NOT[reason]}


def _later(given: str, on: date | None) -> str:
    if given != LATER or on is None:
        return _("later, on …")
    return _("later, on %(day)s") % {"day": day(on)}

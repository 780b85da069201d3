"""The figures that can tell something about a person, each in its tier. What is not here cannot be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

RESULTS: Final = 1
BEHAVIOUR: Final = 2
LEVELS: Final = 3

TIERS: Final[dict[int, Any]] = {
    RESULTS: _("Result per portfolio"),
    BEHAVIOUR: _("Work behaviour per person"),
    LEVELS: _("Levels of persons"),
}


@dataclass(frozen=True)
class Indicator:
    """A figure about a person: its tier and its name on the screen."""

    tier: int
    label: Any


INDICATORS: Final[dict[str, Indicator]] = {
    "portfolio_result": Indicator(RESULTS, _("Orders, quotations and budget under a seller code")),
    "record_freshness": Indicator(BEHAVIOUR, _("How fresh someone's records are")),
    "record_completeness": Indicator(BEHAVIOUR, _("How complete someone's records are")),
    "follow_up_speed": Indicator(BEHAVIOUR, _("How soon someone follows up")),
    "estimate_error": Indicator(BEHAVIOUR, _("How far someone's own estimates were off")),
    "quiz_result": Indicator(BEHAVIOUR, _("What someone's quiz answers show")),
    "rating_round": Indicator(LEVELS, _("Levels from a rating round")),
}

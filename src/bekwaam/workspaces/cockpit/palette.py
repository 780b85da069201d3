"""What this room gives to the palette."""

from django.utils.translation import gettext_lazy as _

from bekwaam.frame.palette import Question

QUESTIONS = (
    Question(_("What needs attention this week?"), "week", "cockpit.read"),
    Question(_("Would we have seen this six months ago?"), "half_year_ago", "cockpit.read"),
)

"""What this room gives to the palette."""

from django.utils.translation import gettext_lazy as _

from bekwaam.frame.palette import Question

QUESTIONS = (Question(_("Where will we end this year?"), "forecasts", "forecasts.read"),)

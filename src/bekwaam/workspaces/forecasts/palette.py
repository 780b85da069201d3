"""What this room gives to the palette."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bekwaam.frame.palette import Question, RecordPage

QUESTIONS = (Question(_("Where will we end this year?"), "forecasts", "forecasts.read"),)
RECORDS = (
    RecordPage("products", _("Products"), address=lambda code: f"{reverse('lines')}?{urlencode({'product': code})}"),
)

"""What this room gives to the palette."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bekwaam.frame.palette import Question, RecordPage

QUESTIONS = (Question(_("Which customers are slipping away?"), "customers", "customers.read"),)
RECORDS = (
    RecordPage("customers", _("Customers"), address=lambda number: reverse("customer", args=[number])),
    RecordPage("products", _("Products"), address=lambda code: reverse("product", args=[code])),
)

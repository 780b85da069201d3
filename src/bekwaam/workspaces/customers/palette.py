"""What this room gives to the palette."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bekwaam.frame.palette import Action, Question, RecordPage

ACTIONS = (
    Action(_("Record a task"), "task_new", "tasks.write", key="n"),
    Action(_("Record an opportunity"), "opportunity_new", "opportunities.write"),
    Action(_("Take something back from the trash"), "trash", "customers.read"),
)
QUESTIONS = (
    Question(_("Which customers are slipping away?"), "customers", "customers.read"),
    Question(_("Which opportunities are open, and how real are they?"), "opportunities", "opportunities.read"),
    Question(_("What did we promise, and what is overdue?"), "tasks", "tasks.read"),
)
RECORDS = (
    RecordPage("customers", _("Customers"), address=lambda number: reverse("customer", args=[number])),
    RecordPage("products", _("Products"), address=lambda code: reverse("product", args=[code])),
    RecordPage("opportunities", _("Opportunities"), address=lambda number: reverse("opportunity", args=[number])),
)

"""Fixed words of the cockpit: topics, rules of the look back, verdicts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bekwaam.workspaces.cockpit.models import SentenceReading

Topic = SentenceReading.Topic

TOPIC_NAMES = {
    Topic.CUSTOMERS: _("Customers"),
    Topic.FORECASTS: _("Forecasts"),
    Topic.PRICES: _("Prices"),
    Topic.RETURNS: _("Returns"),
    Topic.TASKS: _("Tasks"),
    Topic.LATER: _("Later"),
}

RULE_NAMES = {
    "call_list": _("Bekwaam"),
    "silent_longer": _("Longer than 60 days silent"),
    "longest_silent": _("The longest silent customers"),
    "three_rhythms": _("Silent for 60 days and three times the own rhythm"),
}

VERDICTS = {
    "shown": _("Better than calling everyone who is silent for longer than 60 days: shown."),
    "likely": _("Better than calling everyone who is silent for longer than 60 days: likely."),
    "not_yet": _(
        "Whether Bekwaam does better than calling everyone who is silent for longer than 60 days "
        "is not yet to be said: about thirty leavers are needed."
    ),
    "contradicted": _("Calling everyone who is silent for longer than 60 days did better here."),
}

ACTIONS = {
    "slipping": (_("Call list"), "customers", "?view=slipping"),
    "year_end": (_("What changed?"), "forecasts", ""),
    "concentration": (_("See who"), "customers", "?view=all"),
    "without_seller": (_("Divide them"), "customers", "?view=without-seller"),
    "one_order": (_("See who"), "customers", "?view=one-order"),
    "price_volume": (_("See which"), "forecasts", ""),
    "no_cost": (_("Read in a file"), "import_new", ""),
}
"""The verb beside a sentence: its word, the page it opens, and that page's view."""

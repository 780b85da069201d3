"""Words for the steps of long work."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEPS: Final[dict[str, str | Promise]] = {
    "waiting": _("waiting for figures that are being worked out already"),
    "read": _("reading the file"),
    "judge": _("checking the rows"),
    "compare": _("comparing with what is in"),
    "store": _("storing"),
    "customers": _("the customers"),
    "forecasts": _("the forecasts"),
    "cockpit": _("the sentences of the week"),
    "data": _("the data"),
    "mailing": _("mailing"),
    "done": _("done"),
}


def step_in_words(step: str) -> str:
    """The step in the active language; one that has no words stands for itself."""
    return str(STEPS.get(step, step))

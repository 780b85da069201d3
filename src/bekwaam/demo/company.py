"""The company of the demo."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings

from bekwaam.access.company import change_company
from bekwaam.facts.store import Store
from bekwaam.terms.actor import SYSTEM

TERMS: Final[dict[str, Any]] = {
    "name": "Demo Machinedelen",
    "currency": "EUR",
    "country": "NL",
    "fiscal_year_first_month": 1,
}


def set_up() -> None:
    """Give the company its name and terms, before its first lines; what a visitor changed later stays."""
    if not Store(settings.BEKWAAM_HOME.facts).version:
        change_company(SYSTEM, TERMS)

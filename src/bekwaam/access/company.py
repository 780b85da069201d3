"""The company's calendar and terms, for whoever reads or computes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from bekwaam.access import audit
from bekwaam.access.demand import require
from bekwaam.access.models import Company
from bekwaam.access.scope import system_door
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused


def company_terms() -> Company:
    """The company as it is set now."""
    return Company.current()


def dates(country: str, years: Iterable[int], *, language: str | None = None) -> dict[date, str]:
    """The public holidays of a country (ISO alpha-2) in these years, each with its name.

    The name is in `language` where the library has it, else in the country's own. A country that the library does
    not know has no holidays.
    """
    import holidays  # a page that shows no calendar does not pay for it

    try:
        found: dict[date, str] = dict(holidays.country_holidays(country, years=list(years), language=language))
    except NotImplementedError:
        return {}
    return found


def closing_days(company: Company, years: Iterable[int]) -> frozenset[date]:
    """The days in these years on which the company is closed, weekends apart."""
    wanted = list(years)
    extra = {day for day in typed_days(company.closing_days) if day.year in wanted}
    public = set(dates(company.country, wanted)) if company.keeps_public_holidays else set()
    return frozenset(extra | public)


def typed_days(text: str) -> list[date]:
    """The days of a text with one day a line, written as 28-02-2026 or 2026-02-28.

    >>> typed_days("27-04-2026")
    [datetime.date(2026, 4, 27)]

    Raises:
        ValueError: a line is not a day; the message is that line.
    """
    return [_typed_day(line.strip()) for line in text.splitlines() if line.strip()]


def _typed_day(line: str) -> date:
    for written in ("%d-%m-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(line, written).date()
        except ValueError:
            continue
    raise ValueError(line)


def change_company(actor: Actor, values: Mapping[str, Any]) -> Company:
    """Set the company's name, currency, fiscal year and calendar.

    Raises:
        Refused: `currency_fixed` when order lines in the present currency have been read in.
    """
    require(actor, "settings.write")
    with transaction.atomic(), system_door():
        company = Company.objects.select_for_update().filter(pk=1).first() or Company(pk=1)
        before = audit.snapshot(company)
        if values.get("currency", company.currency) != company.currency and _has_facts():
            raise Refused("currency_fixed", currency=company.currency)
        for name, value in values.items():
            setattr(company, name, value)
        company.full_clean()
        company.save()
        audit.record(actor, "settings.company", company, before=before, after=audit.snapshot(company))
    return company


def _has_facts() -> bool:
    from bekwaam.facts.store import Store  # signing in does not pay for the fact tables

    return Store(settings.BEKWAAM_HOME.facts).version > 0

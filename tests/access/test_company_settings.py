"""The company: one row, sensible until it is filled in, and its calendar."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from bekwaam.access import company as company_module
from bekwaam.access.company import change_company, closing_days, company_terms, dates, typed_days
from bekwaam.access.models import AuditEntry, Company
from bekwaam.terms.errors import Refused


def test_without_settings_the_company_is_dutch_and_counts_in_euros(db):
    terms = company_terms()
    assert (terms.currency, terms.country, terms.fiscal_year_first_month) == ("EUR", "NL", 1)
    assert not Company.objects.exists()


def test_there_is_one_company(db):
    Company(pk=1).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Company(pk=2).save()


def test_an_admin_changes_it_and_the_log_says_what(cast):
    change_company(cast.actor("admin"), {"name": "Pumps", "fiscal_year_first_month": 7})
    assert company_terms().fiscal_year_first_month == 7
    assert AuditEntry.objects.last().changes == {
        "name": {"before": "", "after": "Pumps"},
        "fiscal_year_first_month": {"before": 1, "after": 7},
    }


def test_a_leader_does_not(cast):
    with pytest.raises(PermissionDenied):
        change_company(cast.actor("leader"), {"name": "Mine"})


def test_a_month_outside_the_year_is_refused(cast):
    with pytest.raises(ValidationError):
        change_company(cast.actor("admin"), {"fiscal_year_first_month": 13})


def test_the_currency_stays_once_order_lines_are_in(cast, monkeypatch):
    monkeypatch.setattr(company_module, "_has_facts", lambda: True)
    change_company(cast.actor("admin"), {"name": "Pumps", "currency": "EUR"})
    with pytest.raises(Refused, match="currency_fixed"):
        change_company(cast.actor("admin"), {"currency": "USD"})


def test_holidays_follow_the_country():
    assert date(2026, 4, 27) in dates("NL", [2026])
    assert date(2026, 10, 3) in dates("DE", [2026])
    assert dates("NL", [2026], language="nl")[date(2026, 12, 25)] == "Eerste kerstdag"
    assert dates("XX", [2026]) == {}


def test_closing_days_are_holidays_and_typed_days():
    company = Company(closing_days="27-12-2026\n\n2026-12-28\n31-12-2027")
    assert {date(2026, 12, 25), date(2026, 12, 27), date(2026, 12, 28)} <= closing_days(company, [2026])
    assert date(2027, 12, 31) not in closing_days(company, [2026])


def test_a_company_that_works_on_holidays_has_typed_days_only():
    company = Company(closing_days="27-12-2026", keeps_public_holidays=False)
    assert closing_days(company, [2026]) == {date(2026, 12, 27)}


@pytest.mark.parametrize("line", ["31-02-2026", "yesterday", "12/27/2026", "27-12-26"])
def test_a_line_that_is_no_day_is_named(line):
    with pytest.raises(ValueError, match=line):
        typed_days(f"27-12-2026\n{line}")

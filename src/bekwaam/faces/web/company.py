"""The page with the company's settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bekwaam.access.company import change_company, company_terms, dates
from bekwaam.access.doors import needs
from bekwaam.access.models import Company
from bekwaam.access.policy import may
from bekwaam.faces.web.forms.company import CompanyForm
from bekwaam.frame.sentences import sentence
from bekwaam.terms.errors import Refused


@needs("settings.read", post="settings.write")
def company(request: HttpRequest) -> HttpResponse:
    """How does the company's year run?"""
    kept = company_terms()
    form = CompanyForm(request.POST if request.method == "POST" else None, initial=_values(kept))
    if request.method == "POST" and form.is_valid():
        try:
            change_company(request.actor, form.cleaned_data)
        except Refused as refused:
            form.add_error("currency", sentence(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("company")
    return render(request, "web/company.html", {"form": form, **_facts(request, kept)})


def _values(kept: Company) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in CompanyForm.base_fields}


def _facts(request: HttpRequest, kept: Company) -> dict[str, Any]:
    """What the page says about the settings as they are."""
    year = timezone.localdate().year
    holidays = dates(kept.country, [year], language=get_language()) if kept.keeps_public_holidays else {}
    return {
        "kept": kept,
        "first_month": MONTHS[kept.fiscal_year_first_month],
        "year": year,
        "holidays": sorted(holidays.items()),
        "may_write": may(request.actor, "settings.write"),
    }

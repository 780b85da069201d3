"""The form about the company."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bekwaam.access.company import typed_days
from bekwaam.access.countries import countries, currencies


class CompanyForm(forms.Form):
    """The company's name, currency, fiscal year and calendar."""

    name = forms.CharField(label=_("Name of the company"), max_length=150, required=False)
    currency = forms.ChoiceField(label=_("Currency of all figures"))
    fiscal_year_first_month = forms.TypedChoiceField(
        label=_("First month of the fiscal year"), choices=list(MONTHS.items()), coerce=int
    )
    country = forms.ChoiceField(label=_("Country"), help_text=_("Its public holidays count as closing days."))
    keeps_public_holidays = forms.BooleanField(label=_("Closed on public holidays"), required=False)
    closing_days = forms.CharField(
        label=_("Other closing days"),
        required=False,
        max_length=4000,
        help_text=_("One day on each line, for example 27-12-2026."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.fields["currency"].choices = currencies(language)
        self.fields["country"].choices = countries(language)

    def clean_closing_days(self) -> str:
        """The days, each on its line."""
        text: str = self.cleaned_data["closing_days"]
        try:
            typed_days(text)
        except ValueError as error:
            raise forms.ValidationError(
                _("“%(line)s” is not a day. Write day-month-year, for example 27-12-2026."),
                params={"line": str(error)},
            ) from error
        return text

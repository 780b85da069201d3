"""The form that switches a figure about persons on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bekwaam.access.models.user import Role
from bekwaam.access.tiers import VIEWERS, Ground


class SwitchForm(forms.Form):
    """What the works council agreed to."""

    document = forms.CharField(
        label=_("The works council's document"),
        max_length=200,
        help_text=_("Where its consent is laid down, for example the number and date of its letter."),
    )
    purpose = forms.CharField(label=_("What it is for"), max_length=300)
    viewers = forms.MultipleChoiceField(
        label=_("Who may look"),
        choices=[(role, Role(role).label) for role in VIEWERS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The person concerned always may."),
    )
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_ends_on(self) -> date:
        """A day within five years."""
        ends_on: date = self.cleaned_data["ends_on"]
        today = timezone.localdate()
        if not today <= ends_on <= today + timedelta(days=5 * 365):
            raise forms.ValidationError(_("Choose a day between today and five years from now."))
        return ends_on

    @property
    def ground(self) -> Ground:
        """The ground as the form gives it."""
        data: dict[str, Any] = self.cleaned_data
        return Ground(data["document"], data["purpose"], tuple(data["viewers"]), data["ends_on"])

"""Forms about users."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bekwaam.access.actions import Person
from bekwaam.access.models.user import Right, Role


class UserForm(forms.Form):
    """Who someone is in the company, and what he may do."""

    name = forms.CharField(label=_("Name"), max_length=150)
    seller_code = forms.CharField(
        label=_("Seller code"),
        max_length=60,
        required=False,
        help_text=_("For whoever sells: the code in the order files."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Roles add up: whoever has two may do what either may."),
    )
    rights = forms.MultipleChoiceField(
        label=_("Rights on top"), choices=Right.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class InviteForm(UserForm):
    """Someone new."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    field_order = ("email", "name", "roles", "rights", "seller_code")

    @property
    def person(self) -> Person:
        """Who it is."""
        data = self.cleaned_data
        return Person(email=data["email"], name=data["name"], seller_code=data["seller_code"])

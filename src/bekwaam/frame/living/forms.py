"""A form with a field of each sort, for looking at."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ExampleForm(forms.Form):
    """Fields as the examples show them; nothing is ever kept."""

    terms = forms.IntegerField(label=_("Payment term"), help_text=_("In days."), initial=45)
    segment = forms.ChoiceField(
        label=_("Market type"), choices=[("b2b", "B2B"), ("b2r", "B2R"), ("b2g", "B2G")], required=False
    )
    closed = forms.BooleanField(label=_("Closed in the summer holidays"), required=False)


class FileForm(forms.Form):
    """A field for a file."""

    example_file = forms.FileField(label=_("Order lines"))

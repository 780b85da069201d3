"""The form about oneself."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LANGUAGES = [("", _("As my browser asks")), ("nl", "Nederlands"), ("en", "English")]


class MeForm(forms.Form):
    """One's own name, language and mail."""

    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    week_by_mail = forms.BooleanField(label=_("This week by mail, on Monday at 07.30"), required=False)

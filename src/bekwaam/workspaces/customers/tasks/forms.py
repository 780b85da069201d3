"""The form of a task."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bekwaam.records import tasks


class TaskForm(forms.Form):
    """What is to be done, by when, and by whom."""

    title = forms.CharField(label=_("What is to be done?"), max_length=200)
    due_on = forms.DateField(
        label=_("To be done by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    owner = forms.TypedChoiceField(label=_("Who"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {one.pk: one for one in tasks.owners()}
        self.fields["owner"].choices = [(pk, str(one)) for pk, one in self.known.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Any:
        """The user that was chosen."""
        return self.known[self.cleaned_data["owner"]]

"""The form about a field of the company's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bekwaam.records.custom import FieldWords
from bekwaam.records.models import CustomField


class CustomFieldForm(forms.Form):
    """What a field is called and what may stand in it. Once it is there, its kind and type stay."""

    kind = forms.ChoiceField(label=_("Of what?"), choices=CustomField.Kind.choices)
    title = forms.CharField(
        label=_("Name of the field"),
        max_length=60,
        help_text=_("A column with this heading, in a file of customers or products, fills it."),
    )
    type = forms.ChoiceField(label=_("What stands in it?"), choices=CustomField.Type.choices)
    choices = forms.CharField(
        label=_("Choices"), required=False, widget=forms.Textarea, help_text=_("For a choice: one on each line.")
    )
    is_archived = forms.BooleanField(
        label=_("Put away"), required=False, help_text=_("It is shown nowhere; what stands in it stays.")
    )

    def __init__(self, *args: Any, field: CustomField | None = None, **kwargs: Any) -> None:
        if field is not None:
            kwargs["initial"] = {
                "title": field.title,
                "choices": "\n".join(field.choices),
                "is_archived": field.is_archived,
            }
        super().__init__(*args, **kwargs)
        for name in ("is_archived",) if field is None else ("kind", "type"):
            del self.fields[name]
        if field is not None and field.type != CustomField.Type.CHOICE:
            del self.fields["choices"]

    def words(self, field: CustomField | None = None) -> FieldWords:
        """What was said."""
        said = self.cleaned_data
        return FieldWords(
            kind=field.kind if field else said["kind"],
            title=" ".join(said["title"].split()),
            type=field.type if field else said["type"],
            choices=tuple(said.get("choices", "").splitlines()),
        )

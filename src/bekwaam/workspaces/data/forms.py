"""The forms of the data room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bekwaam.records.models import Upload
from bekwaam.records.models.batch import Kind
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.data.answering import answered
from bekwaam.workspaces.data.cost_columns import COST_FIELDS, hidden_columns
from bekwaam.workspaces.data.field_labels import FIELD_LABELS
from bekwaam.workspaces.data.question_words import answer_in_words, without_cells, words_of

OVERLAP_CHOICES = [
    ("new", _("Add only the new lines")),
    ("replace", _("Replace what changed and take away what is gone")),
]


class UploadForm(forms.Form):
    """A file and what it holds."""

    kind = forms.ChoiceField(label=_("What does the file hold?"), choices=Kind.choices, initial=Kind.SALES)
    file = forms.FileField(
        label=_("File"), help_text=_("CSV, Excel (.xlsx) or Parquet, as your ERP writes it. Nothing is stored yet.")
    )


class AnswerForm(forms.Form):
    """Answers to the questions of a preview, corrections of its columns, and the choice about an overlap.

    Who may not see cost may not have it shown as something else either: in a file of another, its columns are no
    choice for any other field.
    """

    def __init__(self, *args: Any, upload: Upload, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload = upload
        self.unseen = hidden_columns(upload.preview, actor)
        self.untouched = frozenset() if upload.offered_by == actor.key else self.unseen
        self.headings: list[str] = upload.preview.get("headings", [])
        self.proposed: dict[str, Any] = upload.preview.get("mapping", {})
        self.questions: list[dict[str, Any]] = upload.preview.get("outcome", {}).get("questions", [])
        self._add_questions()
        self._add_columns()

    def _add_questions(self) -> None:
        for place, question in enumerate(self.questions):
            is_overlap = question["code"] == "overlap"
            choices = OVERLAP_CHOICES if is_overlap else self._may_choose(question["values"], _choices(question))
            self.fields["overlap" if is_overlap else f"question_{place}"] = forms.ChoiceField(
                label=words_of(self.upload.kind, question["code"], self._shown(question["values"])),
                choices=choices,
                widget=forms.RadioSelect if len(choices) <= 4 else forms.Select,
                required=False,
            )

    def _shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """What a question is about, without what stands in a cell that may not be seen."""
        is_unseen = values.get("heading") in {self.headings[place] for place in self.unseen}
        return without_cells(values) if is_unseen else values

    def _may_choose(self, values: dict[str, Any], choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The choices of a field, without columns that it may not be pointed at; they go by position or by heading."""
        barred = {str(place) for place in self.untouched} | {self.headings[place] for place in self.untouched}
        return [one for one in choices if values.get("field") in COST_FIELDS or one[0] not in barred]

    def _add_columns(self) -> None:
        choices = [("", _("not in this file"))] + [
            (str(place), heading or f"({place + 1})") for place, heading in enumerate(self.headings)
        ]
        for field, label in FIELD_LABELS.get(self.upload.kind, {}).items():
            self.fields[f"column_{field}"] = forms.ChoiceField(
                label=label,
                choices=self._may_choose({"field": field}, choices),
                required=False,
                initial=self._position(field),
            )

    def _position(self, field: str) -> str:
        place = self.proposed.get("fields", {}).get(field)
        if isinstance(place, str):
            return str(self.headings.index(place)) if place in self.headings else ""
        return "" if place is None else str(place)

    @property
    def question_fields(self) -> list[forms.BoundField]:
        """What must be answered."""
        return [self[name] for name in self.fields if not name.startswith("column_")]

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """What may be corrected."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def wants_import(self) -> bool:
        """Whether the person pressed "read in", not "look again"."""
        return "read_in" in self.data

    @property
    def overlap(self) -> str | None:
        """The answer about lines that are in already."""
        return self.cleaned_data.get("overlap") or None

    @property
    def mapping(self) -> dict[str, Any]:
        """The corrections, earlier ones included, as `intake.mapping.Mapping.corrected` takes them."""
        told: dict[str, Any] = dict(self.upload.mapping)
        fields = dict(told.get("fields") or {})
        for field in FIELD_LABELS.get(self.upload.kind, {}):
            chosen = self.cleaned_data.get(f"column_{field}")
            if chosen is not None and chosen != self._position(field):
                fields[field] = int(chosen) if chosen else None
        told["fields"] = fields
        for place, question in enumerate(self.questions):
            answer = self.cleaned_data.get(f"question_{place}")
            if answer:
                _take_answer(told, question, answer)
        return told

    def clean(self) -> dict[str, Any]:
        """A file that waits for an answer cannot be read in."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.wants_import and self.upload.state != Upload.State.READY:
            raise forms.ValidationError(_("This file waits for an answer first."))
        if self.wants_import and "overlap" in self.fields and not cleaned.get("overlap"):
            self.add_error("overlap", _("Choose one of the two; nothing is stored until you do."))
        return cleaned


def _choices(question: dict[str, Any]) -> list[tuple[str, str]]:
    code, choices = question["code"], question.get("choices", [])
    return [(str(choice["value"]), answer_in_words(code, choice)) for choice in choices]


def _take_answer(told: dict[str, Any], question: dict[str, Any], answer: str) -> None:
    value = next(choice["value"] for choice in question["choices"] if str(choice["value"]) == answer)
    for place, given in answered(question, value).items():
        told[place] = {**(told.get(place) or {}), **given} if isinstance(given, dict) else given

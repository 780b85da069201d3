"""The forms with which questionnaires are made, planned and sent."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.records.models import Customer, Question, Wave
from bekwaam.records.models.questionnaire import LANGUAGES, Purpose
from bekwaam.records.questionnaires.asking import Invitee, Plan
from bekwaam.records.questionnaires.making import Asking, Words
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _text(label: Any, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False, **more)


class WordsForm(forms.Form):
    """What a questionnaire is called and says first."""

    title_nl = _text(gettext_lazy("Title in Dutch"), 200)
    title_en = _text(gettext_lazy("Title in English"), 200)
    intro_nl = _text(gettext_lazy("Introduction in Dutch"), 2000, widget=forms.Textarea(attrs={"rows": 4}))
    intro_en = _text(gettext_lazy("Introduction in English"), 2000, widget=forms.Textarea(attrs={"rows": 4}))
    purpose = forms.ChoiceField(label=gettext_lazy("What it is for"), choices=Purpose.choices)

    @property
    def words(self) -> Words:
        """As the form says."""
        return Words(**self.cleaned_data)


class QuestionForm(forms.Form):
    """One question. Fields that its kind does not use are left as they are."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of question"), choices=Question.Kind.choices)
    wording_nl = _text(gettext_lazy("Question in Dutch"), 500)
    wording_en = _text(gettext_lazy("Question in English"), 500)
    is_required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False, initial=True)
    choices = _text(
        gettext_lazy("Choices"),
        4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("For one or several of several: one on each line, as Dutch | English."),
    )
    low_nl = _text(gettext_lazy("At the low end, in Dutch"), 60, help_text=gettext_lazy("For a scale."))
    low_en = _text(gettext_lazy("At the low end, in English"), 60)
    high_nl = _text(gettext_lazy("At the high end, in Dutch"), 60)
    high_en = _text(gettext_lazy("At the high end, in English"), 60)
    unit = _text(gettext_lazy("Unit"), 20, help_text=gettext_lazy("For a number."))
    lowest = forms.DecimalField(
        label=gettext_lazy("Lowest value"), required=False, max_digits=18, decimal_places=4, localize=True
    )
    highest = forms.DecimalField(
        label=gettext_lazy("Highest value"), required=False, max_digits=18, decimal_places=4, localize=True
    )

    @property
    def asking(self) -> Asking:
        """As the form says."""
        return Asking(**{**self.cleaned_data, "choices": _choices(self.cleaned_data["choices"])})


def _choices(text: str) -> list[dict[str, str]]:
    """Each line as a choice; its place makes its code, since the words may change until it is asked."""
    lines = [line.split("|", 1) for line in text.splitlines() if line.strip()]
    return [
        {"code": f"c{place}", "nl": parts[0].strip(), "en": parts[1].strip() if len(parts) > 1 else ""}
        for place, parts in enumerate(lines, start=1)
    ]


def initial_of(question: Question) -> dict[str, Any]:
    """A question as its form shows it."""
    values = {name: getattr(question, name) for name in QuestionForm.base_fields}
    lines = [" | ".join(filter(None, (choice.get("nl"), choice.get("en")))) for choice in question.choices]
    return {**values, "choices": "\n".join(lines)}


class WaveForm(forms.Form):
    """When and how it is asked."""

    opens_on = forms.DateField(label=gettext_lazy("First day"), widget=DAY)
    closes_on = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)
    mode = forms.ChoiceField(label=gettext_lazy("Each link takes"), choices=Wave.Mode.choices)
    is_anonymous = forms.BooleanField(
        label=gettext_lazy("Anonymous: nobody can see whose answer is whose"), required=False
    )
    by_mail = forms.BooleanField(label=gettext_lazy("Send invitations and reminders by mail"), required=False)
    reminder_days = forms.CharField(
        label=gettext_lazy("Reminders after how many days?"),
        required=False,
        help_text=gettext_lazy("For example 7, 14. Only for those who have not answered yet."),
    )

    def clean_reminder_days(self) -> tuple[int, ...]:
        """The days as numbers."""
        written: str = self.cleaned_data["reminder_days"]
        if not re.fullmatch(r"[\d\s,;]*", written):
            raise ValidationError(_("Write days as numbers with a comma between them, for example 7, 14."))
        return tuple(int(day) for day in re.findall(r"\d{1,4}", written))

    @property
    def plan(self) -> Plan:
        """As the form says."""
        return Plan(**self.cleaned_data)


class InviteForm(forms.Form):
    """Who is asked, one person on each line."""

    people = forms.CharField(
        label=gettext_lazy("Whom do you ask?"),
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "One person on each line: name; e-mail address; nl or en; customer number. Only the name or the address "
            "must be there."
        ),
    )

    def invitees(self, actor: Actor) -> list[Invitee]:
        """The people on the lines.

        Raises:
            Refused: `invitee_not_read`: a line is none.
        """
        lines = [(number, line) for number, line in enumerate(self.cleaned_data["people"].splitlines(), start=1)]
        read = [(number, _parts(line)) for number, line in lines if line.strip()]
        numbers = {parts[3] for _number, parts in read if parts[3]}
        known = dict(Customer.scoped(actor).filter(number__in=numbers).values_list("number", "pk"))
        return [_invitee(number, parts, known) for number, parts in read]


def _parts(line: str) -> list[str]:
    """Four parts; whoever writes the address first, or alone, is understood."""
    parts = [part.strip() for part in re.split(r"[;\t]", line)]
    if "@" in parts[0]:
        parts = ["", *parts]
    return [*parts, "", "", "", ""][:4]


def _invitee(line: int, parts: list[str], known: dict[str, int]) -> Invitee:
    name, email, language, number = parts
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise Refused("invitee_not_read", line=line, value=email[:60]) from error
    if language.lower() not in ("", *LANGUAGES):
        raise Refused("invitee_not_read", line=line, value=language[:60])
    if number and number not in known:
        raise Refused("invitee_not_read", line=line, value=number[:60])
    return Invitee(name[:200], email, language.lower() or LANGUAGES[0], known.get(number))

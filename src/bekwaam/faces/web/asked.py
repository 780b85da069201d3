"""A question as the page shows it, and what was filled in under it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.frame.formats import decimal_number, whole_number
from bekwaam.records.models import Question
from bekwaam.records.models.questionnaire import LANGUAGES, said
from bekwaam.records.questionnaires.given import LONGEST_TEXT, SIGNS, Given, NotRead, bounds, number_in, read
from bekwaam.records.questionnaires.queries import choice_labels

Kind = Question.Kind
POINTS: Final = {Kind.SCALE: range(1, 6), Kind.TEN: range(11)}
FAULTS: Final[dict[str, str | Promise]] = {
    "missing": gettext_lazy("Please answer this question."),
    "number": gettext_lazy("Please write a number, in figures."),
    "choice": gettext_lazy("Please choose one of these."),
    "long": gettext_lazy("This is longer than fits here. Please shorten it."),
}


@dataclass(frozen=True)
class Option:
    """One answer to choose: its value, its words, and whether it is chosen."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Asked:
    """A question with what stands in it now.

    Attributes:
        place: 1 for the first.
        kind: scale, ten, number, amount, one, several, yes_no or text.
        text: what was typed.
        fault: what is to be mended, in words; empty when all is well.
    """

    place: int
    name: str
    kind: str
    wording: str
    is_required: bool
    options: list[Option]
    low: str
    high: str
    unit: str
    hint: str
    text: str
    fault: str


def field_name(question: Question) -> str:
    """What its field is called in the form."""
    return f"a{question.pk}"


def read_all(questions: list[Question], posted: QueryDict, language: str) -> tuple[dict[int, Given], dict[int, str]]:
    """What was given, and why something could not be read, both by question."""
    given: dict[int, Given] = {}
    faults: dict[int, str] = {}
    for question in questions:
        try:
            given[question.pk] = read(question, posted.getlist(field_name(question)), language)
        except NotRead as fault:
            faults[question.pk] = _fault(question, fault.why)
    return given, faults


def _fault(question: Question, why: str) -> str:
    return str(FAULTS[why]) if why in FAULTS else range_in_words(question)


def range_in_words(question: Question) -> str:
    """Between what the answer lies; empty without bounds."""
    lowest, highest = bounds(question)
    told = {"lowest": _plain(lowest), "highest": _plain(highest)}
    if lowest is not None and highest is not None:
        return _("Please stay between %(lowest)s and %(highest)s.") % told
    if lowest is not None:
        return _("Please write at least %(lowest)s.") % told
    return _("Please write at most %(highest)s.") % told if highest is not None else _("Please write a smaller number.")


def _plain(number: Decimal | None) -> str:
    if number is None:
        return ""
    whole = number == number.to_integral_value()
    return whole_number(int(number)) if whole else decimal_number(number, 2)


def asked(
    questions: list[Question],
    language: str,
    *,
    posted: QueryDict | None = None,
    earlier: dict[int, Given] | None = None,
    faults: dict[int, str] | None = None,
) -> list[Asked]:
    """The questions in a language, with what was filled in just now or earlier."""
    found = []
    for place, question in enumerate(questions, start=1):
        filled = _filled(question, posted, (earlier or {}).get(question.pk), language)
        found.append(_asked(question, place, language, filled=filled, fault=(faults or {}).get(question.pk, "")))
    return found


def _filled(question: Question, posted: QueryDict | None, earlier: Given | None, language: str) -> list[str]:
    if posted is not None:
        typed = [text[: LONGEST_TEXT * 2] for text in posted.getlist(field_name(question))]
        return _in_other_signs(question, typed, posted.get("language", language), language)
    if earlier is None:
        return []
    if earlier.number is not None:
        return [_typed(earlier.number, language)]
    return list(earlier.codes) or ([earlier.text] if earlier.text else [])


def _in_other_signs(question: Question, typed: list[str], before: str, after: str) -> list[str]:
    """A number that was typed in one language as it is typed in another; what is none stays as it is."""
    if before == after or before not in LANGUAGES or question.kind not in (Kind.NUMBER, Kind.AMOUNT) or not typed:
        return typed
    try:
        return [_typed(number_in(typed[0], before), after)]
    except NotRead:
        return typed


def _typed(number: Decimal, language: str) -> str:
    """The number as it is typed in this language, without signs between its groups."""
    whole = number == number.to_integral_value()
    return str(int(number)) if whole else f"{number.normalize():f}".replace(".", SIGNS[language][1])


def _asked(question: Question, place: int, language: str, *, filled: list[str], fault: str) -> Asked:
    is_bounded = question.kind == Kind.NUMBER and any(bound is not None for bound in bounds(question))
    return Asked(
        place=place,
        name=field_name(question),
        kind=question.kind,
        wording=said(question, "wording", language),
        is_required=question.is_required,
        options=_options(question, language, filled),
        low=said(question, "low", language),
        high=said(question, "high", language),
        unit=question.unit,
        hint=range_in_words(question) if is_bounded else "",
        text=filled[0] if filled else "",
        fault=fault,
    )


def _options(question: Question, language: str, filled: list[str]) -> list[Option]:
    if question.kind in POINTS:
        labels: Any = {str(point): str(point) for point in POINTS[Kind(question.kind)]}
    else:
        labels = choice_labels(question, language)
    return [Option(value, label, value in filled) for value, label in labels.items()]

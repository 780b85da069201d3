"""Who answered and who did not, and what came back: never of fewer than three."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bekwaam.access.scope import system_door
from bekwaam.records.models import Answer, Invitation, Question, Questionnaire, Wave
from bekwaam.records.models.questionnaire import is_asked, said
from bekwaam.records.questionnaires.given import codes_of
from bekwaam.records.questionnaires.rate import wilson
from bekwaam.terms.actor import Actor

LEAST_SHOWN: Final = 3
"""Of fewer answers nothing is shown: it would say who said what."""

MOST_PEOPLE: Final = 500
Kind = Question.Kind


@dataclass(frozen=True)
class Counts:
    """What became of the invitations of a wave. Each is counted once: answered, stopped or not answered.

    Attributes:
        sent: taken by the mail server, or the link handed out.
    """

    invited: int
    sent: int
    answered: int
    stopped: int

    @property
    def silent(self) -> int:
        """Invited, and neither answered nor stopped."""
        return self.invited - self.answered - self.stopped

    @property
    def rate(self) -> float | None:
        """The share of all who were invited that answered, 0 to 1; whoever stopped counts as not answering."""
        return self.answered / self.invited if self.invited else None

    @property
    def rate_range(self) -> tuple[float, float] | None:
        """Between what the share lies with a chance of 80 %."""
        return wilson(self.answered, self.invited) if self.invited else None


@dataclass(frozen=True)
class WaveRow:
    """A wave with its counts, for a page."""

    wave: Wave
    state: str
    counts: Counts


@dataclass(frozen=True)
class Bar:
    """One possible answer, and how many chose it."""

    label: str
    count: int


@dataclass(frozen=True)
class Result:
    """What came back on one question; with too few answers nothing but that."""

    question: Question
    wording: str
    answers: int
    bars: list[Bar] = field(default_factory=list)
    mean: Decimal | None = None
    texts: list[str] = field(default_factory=list)

    @property
    def is_shown(self) -> bool:
        """Whether there are enough answers to say something without saying who."""
        return self.answers >= LEAST_SHOWN


def questionnaires(actor: Actor) -> list[Questionnaire]:
    """What the actor may read, the newest first, each with its waves and questions counted."""
    rows = Questionnaire.scoped(actor).annotate(
        wave_count=Count("waves", distinct=True), question_count=Count("questions", distinct=True)
    )
    return list(rows)


def waves_of(actor: Actor, wanted: Q | None = None, today: date | None = None) -> list[WaveRow]:
    """Waves with their counts, in one question."""
    day = today or timezone.localdate()
    rows = _counted(Wave.scoped(actor).filter(wanted or Q()).select_related("questionnaire"))
    rows = rows.filter(questionnaire__trashed_at__isnull=True)
    return [WaveRow(wave, wave.state(day), counts_of(wave)) for wave in rows]


def _counted(waves: QuerySet[Wave]) -> QuerySet[Wave]:
    answered = Q(invitations__answered_at__isnull=False)
    stopped = Q(invitations__opted_out_at__isnull=False, invitations__answered_at__isnull=True)
    return waves.annotate(
        invited_count=Count("invitations"),
        sent_count=Count("invitations", filter=Q(invitations__sent_at__isnull=False)),
        answered_count=Count("invitations", filter=answered),
        stopped_count=Count("invitations", filter=stopped),
    )


def counts_of(wave: Any) -> Counts:
    """The counts of a wave that `waves_of` read."""
    return Counts(wave.invited_count, wave.sent_count, wave.answered_count, wave.stopped_count)


def silent_in(actor: Actor, wave: Wave) -> list[Invitation]:
    """Who was invited and neither answered nor stopped. Of an anonymous wave this tells no answer, only silence."""
    return list(Invitation.scoped(actor).filter(wave=wave, answered_at=None, opted_out_at=None))


def people_in(actor: Actor, wave: Wave) -> list[Invitation]:
    """Who was invited and is still known: those who did not answer first, at most `MOST_PEOPLE`."""
    rows = Invitation.scoped(actor).filter(wave=wave, forgotten_at=None).select_related("customer")
    silent_first = F("answered_at").asc(nulls_first=True), F("opted_out_at").asc(nulls_first=True), "pk"
    return list(rows.order_by(*silent_first)[:MOST_PEOPLE])


def results(actor: Actor, wave: Wave, language: str) -> list[Result]:
    """What came back, question by question."""
    answers = Answer.scoped(actor).filter(response__wave=wave).order_by("pk")
    by_question: dict[int, list[Answer]] = {}
    for answer in answers:
        by_question.setdefault(answer.question_id, []).append(answer)
    asked = Question.scoped(actor).filter(questionnaire=wave.questionnaire_id)
    return [_result(question, by_question.get(question.pk, []), language) for question in asked]


def _result(question: Question, answers: list[Answer], language: str) -> Result:
    wording = said(question, "wording", language)
    if len(answers) < LEAST_SHOWN:
        return Result(question, wording, len(answers))
    numbers = [answer.number for answer in answers if answer.number is not None]
    mean = sum(numbers, Decimal(0)) / len(numbers) if numbers else None
    return Result(
        question,
        wording,
        len(answers),
        bars=_bars(question, answers, language),
        mean=mean,
        texts=sorted((answer.text for answer in answers if answer.text), key=str.casefold),
    )


def _bars(question: Question, answers: list[Answer], language: str) -> list[Bar]:
    """Per possible answer how often it was given; of free numbers none."""
    if question.kind in (Kind.SCALE, Kind.TEN):
        span = range(1, 6) if question.kind == Kind.SCALE else range(11)
        found = Counter(int(answer.number) for answer in answers if answer.number is not None)
        return [Bar(_end(question, value, span, language), found[value]) for value in span]
    chosen = Counter(code for answer in answers for code in answer.codes)
    labels = choice_labels(question, language)
    return [Bar(labels.get(code, code), chosen[code]) for code in codes_of(question)]


def _end(question: Question, value: int, span: range, language: str) -> str:
    name = {span[0]: "low", span[-1]: "high"}.get(value)
    end = said(question, name, language) if name else ""
    return f"{value} {end}".strip()


def choice_labels(question: Question, language: str) -> dict[str, str]:
    """Code → its words in this language, or in the other; yes and no in the active one."""
    if question.kind == Kind.YES_NO:
        return {"yes": _("Yes"), "no": _("No")}
    return {
        choice["code"]: choice.get(language) or choice.get("nl") or choice.get("en") or choice["code"]
        for choice in question.choices
    }


def open_counts(rows: Iterable[WaveRow]) -> tuple[int, int]:
    """How many waves are open, and how many of the people in them have not answered yet."""
    running = [row for row in rows if row.state == "open"]
    return len(running), sum(row.counts.silent for row in running)


def is_asked_by_now(questionnaire: Questionnaire) -> bool:
    """Whether a wave of it has opened, also one that the reader may not see: then no question may change."""
    with system_door():
        return is_asked(questionnaire, timezone.localdate())

"""Making questionnaires: their words, their questions, and a new version of what was asked already."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from bekwaam.access import audit, tiers
from bekwaam.access.demand import require
from bekwaam.access.scope import system_door
from bekwaam.records import editing
from bekwaam.records.models import Question, Questionnaire
from bekwaam.records.models.questionnaire import LANGUAGES, Purpose, is_asked
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused

MOST_QUESTIONS: Final = 60
WORDS: Final = ("title_nl", "title_en", "intro_nl", "intro_en", "purpose")


@dataclass(frozen=True)
class Words:
    """What a questionnaire says before its questions; one of the two languages may stay empty."""

    title_nl: str = ""
    title_en: str = ""
    intro_nl: str = ""
    intro_en: str = ""
    purpose: str = Purpose.SURVEY


@dataclass(frozen=True)
class Asking:
    """A question as somebody wants it. `choices` are dicts of code, nl and en."""

    kind: str
    wording_nl: str = ""
    wording_en: str = ""
    is_required: bool = True
    low_nl: str = ""
    low_en: str = ""
    high_nl: str = ""
    high_en: str = ""
    unit: str = ""
    lowest: Decimal | None = None
    highest: Decimal | None = None
    choices: list[dict[str, str]] = field(default_factory=list)


@transaction.atomic
def make(actor: Actor, words: Words) -> Questionnaire:
    """A new questionnaire without questions.

    Raises:
        PermissionDenied: he may make none.
        Refused: `questionnaire_words_missing`, `rating_round_off`.
    """
    require(actor, "questionnaires.write")
    _check(actor, words)
    with system_door():
        now = timezone.now()
        made = Questionnaire.objects.create(**asdict(words), made_by=actor.key, made_at=now, touched_at=now)
        audit.record(actor, "questionnaires.made", made, after=audit.snapshot(made))
    return made


def _check(actor: Actor, words: Words) -> None:
    """Ratings of persons wait for the works council: nothing that asks for them is made before."""
    if not words.title_nl.strip() and not words.title_en.strip():
        raise Refused("questionnaire_words_missing")
    require_switch(actor, words.purpose)


def require_switch(actor: Actor, purpose: str) -> None:
    """Stop what has to do with ratings of persons until their switch is on, and lets this actor look.

    Raises:
        Refused: `rating_round_off`.
    """
    if purpose == Purpose.RATING and not tiers.is_on("rating_round", actor, timezone.localdate()):
        raise Refused("rating_round_off")


def change(actor: Actor, questionnaire: Questionnaire, words: Words, *, version: int) -> Questionnaire:
    """The questionnaire with other words.

    Raises:
        PermissionDenied: he may not, or it is gone.
        Clash: someone else changed it meanwhile.
        Refused: `questionnaire_asked`, `questionnaire_words_missing`, `rating_round_off`.
    """
    _check(actor, words)
    with transaction.atomic():
        held = _held(actor, questionnaire)
        changed: Questionnaire = editing.change(actor, held, asdict(words), version=version)
    return changed


def _held(actor: Actor, questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire, locked, while its questions may still change."""
    require(actor, "questionnaires.write")
    with system_door():
        rows = Questionnaire.objects.select_for_update(of=("self",))
        held: Questionnaire | None = rows.filter(pk=questionnaire.pk, trashed_at__isnull=True).first()
        if held is None:
            raise PermissionDenied("questionnaires.write")
        require_switch(actor, held.purpose)
        if is_asked(held, timezone.localdate()):
            raise Refused("questionnaire_asked", title=str(held))
    return held


@transaction.atomic
def add_question(actor: Actor, questionnaire: Questionnaire, asking: Asking) -> Question:
    """A question more, at the end.

    Raises:
        PermissionDenied: he may not, or the questionnaire is gone.
        Refused: `questionnaire_asked`, `questions_too_many`, `question_words_missing`, `question_choices_missing`,
            `question_range`.
    """
    held = _held(actor, questionnaire)
    check_question(asking)
    with system_door():
        last = Question.objects.filter(questionnaire=held).aggregate(last=Max("position"))["last"] or 0
        if Question.objects.filter(questionnaire=held).count() >= MOST_QUESTIONS:
            raise Refused("questions_too_many", highest=MOST_QUESTIONS)
        made = Question.objects.create(questionnaire=held, position=last + 1, **asdict(asking))
        audit.record(actor, "questionnaires.question_made", made, after=audit.snapshot(made))
        _touch(held)
    return made


def check_question(asking: Asking) -> None:
    """Whether a question can be asked like this.

    Raises:
        Refused: `question_words_missing`, `question_choices_missing`, `question_range`.
    """
    if not asking.wording_nl.strip() and not asking.wording_en.strip():
        raise Refused("question_words_missing")
    if asking.kind in (Question.Kind.ONE, Question.Kind.SEVERAL) and len(asking.choices) < 2:
        raise Refused("question_choices_missing")
    if asking.lowest is not None and asking.highest is not None and asking.lowest >= asking.highest:
        raise Refused("question_range", lowest=asking.lowest, highest=asking.highest)


def _touch(held: Questionnaire) -> None:
    held.version += 1
    held.touched_at = timezone.now()
    held.save(update_fields=["version", "touched_at"])


@transaction.atomic
def change_question(actor: Actor, question: Question, asking: Asking) -> Question:
    """The question, asked otherwise. Raises as `add_question`."""
    with system_door():
        held = _held(actor, question.questionnaire)
        check_question(asking)
        before = audit.snapshot(question)
        for name, value in asdict(asking).items():
            setattr(question, name, value)
        question.save()
        audit.record(actor, "questionnaires.question_changed", question, before=before, after=audit.snapshot(question))
        _touch(held)
    return question


@transaction.atomic
def remove_question(actor: Actor, question: Question) -> None:
    """A question less; nobody was asked it yet. Raises as `add_question`."""
    with system_door():
        held = _held(actor, question.questionnaire)
        audit.record(actor, "questionnaires.question_removed", question, before=audit.snapshot(question))
        question.delete()
        _touch(held)


@transaction.atomic
def move_up(actor: Actor, question: Question) -> None:
    """The question, one place earlier; the first one stays. Raises as `add_question`."""
    with system_door():
        held = _held(actor, question.questionnaire)
        earlier = held.questions.filter(position__lt=question.position).order_by("-position").first()
        if earlier is None:
            return
        earlier.position, question.position = question.position, earlier.position
        earlier.save(update_fields=["position"])
        question.save(update_fields=["position"])
        positions = {"before": {"position": earlier.position}, "after": {"position": question.position}}
        audit.record(actor, "questionnaires.question_moved", question, **positions)
        _touch(held)


@transaction.atomic
def new_version(actor: Actor, questionnaire: Questionnaire) -> Questionnaire:
    """A copy that can be changed again; what was asked stays beside its answers.

    Raises:
        PermissionDenied: he may make none.
        Refused: `rating_round_off`.
    """
    require(actor, "questionnaires.write")
    require_switch(actor, questionnaire.purpose)
    with system_door():
        now = timezone.now()
        words: dict[str, Any] = {name: getattr(questionnaire, name) for name in WORDS}
        made = Questionnaire.objects.create(
            **words, first_version_id=questionnaire.family, made_by=actor.key, made_at=now, touched_at=now
        )
        for question in questionnaire.questions.all():
            question.pk, question.questionnaire = None, made
            question._state.adding = True
            question.save()
        audit.record(actor, "questionnaires.made", made, after=audit.snapshot(made))
    return made


def languages(questionnaire: Questionnaire, questions: list[Question]) -> list[str]:
    """The languages in which it can be read from title to last choice."""
    return [code for code in LANGUAGES if _is_whole(questionnaire, questions, code)]


def _is_whole(questionnaire: Questionnaire, questions: list[Question], language: str) -> bool:
    other = next(code for code in LANGUAGES if code != language)
    texts = [(questionnaire, "title"), (questionnaire, "intro"), *((question, "wording") for question in questions)]
    texts += [(question, end) for question in questions for end in ("low", "high")]
    named = all(getattr(one, f"{name}_{language}") or not getattr(one, f"{name}_{other}") for one, name in texts)
    return named and all(choice.get(language) for question in questions for choice in question.choices)

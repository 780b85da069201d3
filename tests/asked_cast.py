"""A questionnaire with one question of each kind, a wave of it and people who are asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from bekwaam.access.scope import system_door
from bekwaam.records.models import Invitation, Question, Questionnaire, Wave
from bekwaam.records.questionnaires import asking, making
from bekwaam.records.questionnaires.asking import Invitee, Plan
from bekwaam.records.questionnaires.making import Asking, Words

CHOICES = [
    {"code": "price", "nl": "De prijs", "en": "The price"},
    {"code": "speed", "nl": "De levertijd", "en": "Delivery time"},
    {"code": "advice", "nl": "Het advies", "en": "The advice"},
]
EVERY_KIND = (
    Asking("scale", "Hoe tevreden bent u?", "How satisfied are you?", True, "niet", "not", "zeer", "very"),
    Asking("ten", "Hoe waarschijnlijk beveelt u ons aan?", "How likely are you to recommend us?"),
    Asking("number", "Hoeveel machines draaien er?", "How many machines run?", unit="st", lowest=0, highest=500),
    Asking("amount", "Wat kost een uur stilstand?", "What does an hour of downtime cost?", is_required=False),
    Asking("one", "Wat geeft de doorslag?", "What tips the balance?", choices=CHOICES),
    Asking("several", "Wat mist u?", "What do you miss?", is_required=False, choices=CHOICES),
    Asking("yes_no", "Kent u onze servicedienst?", "Do you know our service desk?"),
    Asking("text", "Wat wilt u nog kwijt?", "What else would you like to say?", is_required=False),
)


def questionnaire(actor: Any, questions: tuple[Asking, ...] = EVERY_KIND, **words: str) -> Questionnaire:
    """A questionnaire in both languages."""
    told = {"title_nl": "Wat vindt u van ons?", "title_en": "What do you think of us?", **words}
    made = making.make(actor, Words(**told))
    for one in questions:
        making.add_question(actor, made, one)
    return made


def wave(actor: Any, of: Questionnaire, *, days: int = 30, **plan: Any) -> Wave:
    """A wave that is open from today."""
    today = timezone.localdate()
    return asking.plan_wave(actor, of, Plan(today, today + timedelta(days=days), **plan))


def invited(actor: Any, in_wave: Wave, *names: str, language: str = "nl") -> list[Invitation]:
    """People who are asked, by role."""
    people = [Invitee(name, f"{name.replace(' ', '.').lower()}@example.test", language) for name in names]
    return asking.invite(actor, in_wave, people)[0]


def tokens(actor: Any, in_wave: Wave) -> list[str]:
    """The links of everyone who may still answer."""
    return [handed.token for handed in asking.hand_out(actor, in_wave)]


def filled(in_wave: Wave, **other: Any) -> dict[str, Any]:
    """A form with everything answered, by the kind of question; another value for some, None to leave one open."""
    values = {
        "scale": "4",
        "ten": "9",
        "number": "12",
        "amount": "1.250,50",
        "one": "price",
        "several": ["speed", "advice"],
        "yes_no": "yes",
        "text": "Blijf vooral bellen",
        **other,
    }
    with system_door():
        asked = Question.objects.filter(questionnaire=in_wave.questionnaire_id)
        found = {f"a{question.pk}": values[question.kind] for question in asked if values[question.kind] is not None}
    return {"language": "nl", "sending": "a-number-nobody-guesses", **found}

"""Questionnaires: what is asked, in Dutch and English. A wave (`wave.py`) asks it of people."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bekwaam.access import tiers
from bekwaam.access.policy import may
from bekwaam.access.scope import ScopedModel
from bekwaam.records.models.editable import Editable
from bekwaam.terms.actor import Actor

LANGUAGES: Final = ("nl", "en")


class Purpose(models.TextChoices):
    """What a questionnaire is for. A rating round tells about colleagues, so it waits for its switch."""

    SURVEY = "survey", _("Customer survey")
    PANEL = "panel", _("Panel round")
    RATING = "rating", _("Rating round")
    BENEFIT = "benefit", _("Benefit check")


def readable(actor: Actor, path: str = "") -> Q | None:
    """The condition on rows of questionnaires: a rating round only for whom its switch lets look.

    Args:
        path: from the row to its questionnaire, as in `wave__questionnaire__`.
    """
    if not may(actor, "questionnaires.read"):
        return None
    if tiers.is_on("rating_round", actor, timezone.localdate()):
        return Q()
    return ~Q(**{f"{path}purpose": Purpose.RATING})


def said(record: Any, name: str, language: str) -> str:
    """A text of a record in this language; in the other where it is missing."""
    other = next(code for code in LANGUAGES if code != language)
    return getattr(record, f"{name}_{language}") or getattr(record, f"{name}_{other}")


class Questionnaire(Editable):
    """Questions under one title. Once it was asked it stays as it is; what changes after that is a new version."""

    kind: ClassVar[str] = "questionnaires"

    title_nl = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    intro_nl = models.TextField(max_length=2000, blank=True)
    intro_en = models.TextField(max_length=2000, blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose.choices, default=Purpose.SURVEY)
    first_version = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="later_versions")
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    personal: ClassVar[dict[str, str]] = {
        "title_nl": "text",
        "title_en": "text",
        "intro_nl": "text",
        "intro_en": "text",
        "purpose": "none",
        "first_version": "none",
        "made_by": "seller",
        "made_at": "none",
    }

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title_nl="") | ~Q(title_en=""), name="questionnaire_has_a_title")
        ]

    def __str__(self) -> str:
        return self.title_nl or self.title_en

    @property
    def family(self) -> int:
        """The key of the first of its versions."""
        return int(self.first_version_id or self.pk)

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Whoever may read questionnaires; a rating round by its switch."""
        return readable(actor)

    @classmethod
    def writing(cls, actor: Actor) -> Q | None:
        """Whoever may write them."""
        return Q() if may(actor, "questionnaires.write") else None


class Question(ScopedModel):
    """One question: what it asks, and what an answer may be."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("Scale from 1 to 5")
        TEN = "ten", _("From 0 to 10")
        NUMBER = "number", _("Number")
        AMOUNT = "amount", _("Amount of money")
        ONE = "one", _("One of several")
        SEVERAL = "several", _("Several of several")
        YES_NO = "yes_no", _("Yes or no")
        TEXT = "text", _("Text")

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    wording_nl = models.CharField(max_length=500, blank=True)
    wording_en = models.CharField(max_length=500, blank=True)
    is_required = models.BooleanField(default=True)
    low_nl = models.CharField(max_length=60, blank=True)
    low_en = models.CharField(max_length=60, blank=True)
    high_nl = models.CharField(max_length=60, blank=True)
    high_en = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    lowest = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    highest = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    choices = models.JSONField(default=list, blank=True)

    personal: ClassVar[dict[str, str]] = {
        "questionnaire": "none",
        "position": "none",
        "kind": "none",
        "wording_nl": "text",
        "wording_en": "text",
        "is_required": "none",
        "low_nl": "text",
        "low_en": "text",
        "high_nl": "text",
        "high_en": "text",
        "unit": "none",
        "lowest": "none",
        "highest": "none",
        "choices": "text",
    }

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(wording_nl="") | ~Q(wording_en=""), name="question_asks_something"),
            models.CheckConstraint(
                condition=Q(lowest__isnull=True) | Q(highest__isnull=True) | Q(lowest__lt=models.F("highest")),
                name="question_range_is_a_range",
            ),
        ]

    def __str__(self) -> str:
        return self.wording_nl or self.wording_en

    @property
    def has_choices(self) -> bool:
        """Whether its answers are written out by whoever made it."""
        return self.kind in (self.Kind.ONE, self.Kind.SEVERAL)

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Whoever reads its questionnaire."""
        return readable(actor, "questionnaire__")


def is_asked(questionnaire: Questionnaire, today: date) -> bool:
    """Whether a wave of it has opened: from then on no question changes its meaning. Outside requests, or behind
    the system door."""
    return bool(questionnaire.waves.filter(opens_on__lte=today).exists())

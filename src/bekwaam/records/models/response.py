"""What came back of a wave."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekwaam.access.scope import ScopedModel
from bekwaam.records.models.questionnaire import LANGUAGES, Question, readable
from bekwaam.records.models.wave import Invitation, Wave
from bekwaam.terms.actor import Actor


class Response(ScopedModel):
    """What one person filled in. In an anonymous wave it has no invitation, moment or language: each could tell whose.

    Attributes:
        sending_hash: of the number that the form carried: sent twice, kept once.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="responses")
    invitation = models.OneToOneField(Invitation, null=True, on_delete=models.SET_NULL, related_name="response")
    submitted_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES], blank=True)
    sending_hash = models.CharField(max_length=64, unique=True)

    personal: ClassVar[dict[str, str]] = {
        "wave": "none",
        "invitation": "contact",
        "submitted_at": "contact",
        "language": "contact",
        "sending_hash": "none",
    }

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Whoever reads its questionnaire."""
        return readable(actor, "wave__questionnaire__")


class Answer(ScopedModel):
    """The answer to one question: a number, the codes of what was chosen, or a text. What was left open has no row."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    codes = models.JSONField(default=list, blank=True)
    text = models.TextField(blank=True)

    personal: ClassVar[dict[str, str]] = {
        "response": "none",
        "question": "none",
        "number": "text",
        "codes": "text",
        "text": "text",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Whoever reads the questionnaire."""
        return readable(actor, "response__wave__questionnaire__")

"""Waves: a questionnaire asked of people between two days, by links that need no account."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bekwaam.access.scope import ScopedModel
from bekwaam.records.models.party import Customer
from bekwaam.records.models.questionnaire import LANGUAGES, Questionnaire, readable
from bekwaam.terms.actor import Actor


class Wave(ScopedModel):
    """One time of asking. It closes at the end of its last day, or at once when it is withdrawn."""

    class Mode(models.TextChoices):
        ONCE = "once", _("one answer per link")
        UNTIL = "until", _("until the closing day the answer may be changed")

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="waves")
    opens_on = models.DateField()
    closes_on = models.DateField()
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.ONCE)
    is_anonymous = models.BooleanField(default=False)
    by_mail = models.BooleanField(default=False)
    reminder_days = models.JSONField(default=list, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    personal: ClassVar[dict[str, str]] = {
        "questionnaire": "none",
        "opens_on": "none",
        "closes_on": "none",
        "mode": "none",
        "is_anonymous": "none",
        "by_mail": "none",
        "reminder_days": "none",
        "withdrawn_at": "none",
        "made_by": "seller",
        "made_at": "none",
    }

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(opens_on__lte=F("closes_on")), name="wave_opens_before_it_closes"),
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(mode="once"), name="anonymous_wave_takes_one_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} {self.opens_on}"

    def is_open(self, today: date) -> bool:
        """Whether answers are taken today."""
        return self.withdrawn_at is None and self.opens_on <= today <= self.closes_on

    def state(self, today: date) -> str:
        """planned, open, closed or withdrawn."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if today < self.opens_on:
            return "planned"
        return "open" if today <= self.closes_on else "closed"

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Whoever reads its questionnaire."""
        return readable(actor, "questionnaire__")


class Invitation(ScopedModel):
    """Somebody who is asked in a wave. Everything that names him stands here, and answers are his through this alone.

    In an anonymous wave `answered_at` is the moment at which the wave opened: the true one would tell whose answer
    is whose.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    customer = models.ForeignKey(Customer, null=True, on_delete=models.SET_NULL, related_name="invitations")
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES], default="nl")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    opted_out_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, str]] = {
        "wave": "none",
        "name": "contact",
        "email": "contact",
        "customer": "contact",
        "language": "contact",
        "made_at": "none",
        "sent_at": "contact",
        "reminded_at": "contact",
        "answered_at": "contact",
        "opted_out_at": "contact",
        "forgotten_at": "none",
    }

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "email"], condition=~Q(email=""), name="one_invitation_per_address")
        ]

    def __str__(self) -> str:
        return self.name or self.email or str(self.pk)

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Whoever reads its questionnaire."""
        return readable(actor, "wave__questionnaire__")


class InvitationLink(ScopedModel):
    """The hash of a token that opens an invitation. A reminder makes another one, since no token is kept to repeat."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    personal: ClassVar[dict[str, str]] = {"invitation": "none", "token_hash": "none", "made_at": "none"}

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Nobody: a link is found by its token alone."""
        return None


class InvitationMail(ScopedModel):
    """A mail to somebody who is invited: the row before the mail leaves. Number 0 invites, the others remind."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="mails")
    number = models.PositiveSmallIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, str]] = {
        "invitation": "none",
        "number": "none",
        "tries": "none",
        "tried_at": "none",
        "sent_at": "contact",
    }

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["invitation", "number"], name="one_mail_per_number")]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.number}"

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        """Whoever reads the questionnaire."""
        return readable(actor, "invitation__wave__questionnaire__")

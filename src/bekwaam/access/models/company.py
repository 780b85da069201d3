"""The company that this installation serves."""

from __future__ import annotations

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekwaam.access import policy
from bekwaam.access.scope import ScopedModel, system_door
from bekwaam.terms.actor import Actor


class Company(ScopedModel):
    """One row: the name, the currency of all figures, the fiscal year and the calendar."""

    name = models.CharField(_("Name"), max_length=150, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    fiscal_year_first_month = models.PositiveSmallIntegerField(
        _("First month of the fiscal year"), default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    country = models.CharField(_("Country"), max_length=2, default="NL")
    keeps_public_holidays = models.BooleanField(_("Closed on public holidays"), default=True)
    closing_days = models.TextField(_("Other closing days"), blank=True)

    personal: ClassVar[dict[str, str]] = {
        "name": "none",
        "currency": "none",
        "fiscal_year_first_month": "none",
        "country": "none",
        "keeps_public_holidays": "none",
        "closing_days": "none",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_company"),
            models.CheckConstraint(
                condition=Q(fiscal_year_first_month__gte=1) & Q(fiscal_year_first_month__lte=12),
                name="fiscal_year_starts_in_a_month",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        return Q() if policy.may(actor, "settings.read") else None

    @classmethod
    def current(cls) -> Self:
        """The company, with the defaults until an admin has filled it in. Every page may know it."""
        with system_door():
            return cls.objects.filter(pk=1).first() or cls(pk=1)

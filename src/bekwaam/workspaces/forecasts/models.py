"""Readings about the future: months with their range, and where the year ends."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekwaam.access.policy import reach_of
from bekwaam.records.models import Reading
from bekwaam.terms.actor import Actor
from bekwaam.terms.month import Month


class Level(models.TextChoices):
    """What a series adds up."""

    TOTAL = "total"
    COUNTRY = "country"
    PRODUCT = "product"
    CUSTOMER = "customer"


class ForecastSideReading(Reading):
    """A reading that everyone sees who may see forecasts."""

    level = models.CharField(max_length=10, choices=Level.choices)
    key = models.CharField(max_length=60, blank=True)
    lo50 = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    hi50 = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    lo80 = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    hi80 = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    mean = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    method = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=30)

    personal: ClassVar[dict[str, str]] = {
        "run": "none",
        "level": "none",
        "key": "none",
        "lo50": "none",
        "hi50": "none",
        "lo80": "none",
        "hi80": "none",
        "mean": "none",
        "method": "none",
        "status": "none",
    }

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, actor: Actor) -> Q | None:
        reach = reach_of(actor, "forecasts.read")
        if reach is None:
            return None
        return Q() if reach == "all" else Q(level__in=[Level.TOTAL, Level.COUNTRY])


class ForecastReading(ForecastSideReading):
    """One month of one series: what was sold so far, and what is expected of the whole month."""

    month = models.DateField()
    actual = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    is_running = models.BooleanField(default=False)

    personal: ClassVar[dict[str, str]] = {
        **ForecastSideReading.personal,
        "month": "none",
        "actual": "none",
        "is_running": "none",
    }

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["run", "level", "key", "month"], name="one_forecast_per_series_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.key} {self.month:%Y-%m}"


class YearEndReading(ForecastSideReading):
    """Where one series ends the fiscal year: what is in, plus what is expected of the rest.

    `covered_from` is the first order of the data where those do not cover the whole year: the figure counts from then.
    `missing_months` ("2025-03") have not one line in the data; they were left out of the forecast and are in no sum.
    """

    year_name = models.CharField(max_length=10)
    year_start = models.DateField()
    year_end = models.DateField()
    actual_to_date = models.DecimalField(max_digits=18, decimal_places=2)
    months_known = models.PositiveIntegerField()
    months_needed = models.PositiveIntegerField(null=True)
    covered_from = models.DateField(null=True)
    missing_months = models.JSONField(default=list)

    personal: ClassVar[dict[str, str]] = {
        **ForecastSideReading.personal,
        "year_name": "none",
        "year_start": "none",
        "year_end": "none",
        "actual_to_date": "none",
        "months_known": "none",
        "months_needed": "none",
        "covered_from": "none",
        "missing_months": "none",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "level", "key"], name="one_year_end_per_series")]

    def __str__(self) -> str:
        return f"{self.level} {self.key} {self.year_name}"

    @property
    def rest(self) -> Decimal | None:
        """What is expected of the rest of the year."""
        return None if self.mean is None else self.mean - self.actual_to_date

    @property
    def missing(self) -> list[Month]:
        """The missing months, oldest first."""
        return [Month.parse(month) for month in self.missing_months]

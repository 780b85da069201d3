"""The fields of an opportunity that are changed where they stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from bekwaam.access.models import Company
from bekwaam.frame.days import day
from bekwaam.frame.formats import decimal_number, money, percent
from bekwaam.frame.lists.typed import typed_day, typed_figure
from bekwaam.records.opportunities import checked_amount, checked_estimate
from bekwaam.records.record_fields import RecordField
from bekwaam.terms.errors import Refused


def opportunity_fields(currency: str) -> list[RecordField]:
    """What it is about, what it brings and when, who else is in, and why it was won or lost."""
    return [
        RecordField("title", _("What it is about")),
        RecordField(
            "amount", _("Amount"), words=lambda value: money(value, currency), read=_read_amount, typed=_typed_number
        ),
        RecordField(
            "expected_on",
            _("Expected to close on"),
            words=day,
            read=_read_day,
            typed=lambda value: value.isoformat(),
            sort="date",
        ),
        RecordField(
            "estimate", _("Own estimate, of a hundred"), words=lambda value: percent(value / 100), read=_read_estimate
        ),
        RecordField("competitor", _("Competitor")),
        RecordField("reason", _("Reason")),
    ]


def fields_for_page() -> list[RecordField]:
    """The same, with the currency of the company."""
    return opportunity_fields(Company.current().currency)


def read_number(text: str) -> Decimal | None:
    """A number as the reader's language writes it; None for nothing.

    Raises:
        Refused: `field_not_read`.
    """
    bare = text.strip().lstrip("€").strip()
    if not bare:
        return None
    figure = typed_figure(bare)
    if not figure:
        raise Refused("field_not_read", value=text[:60])
    return Decimal(figure).quantize(Decimal("0.01"))


def _read_amount(text: str) -> Decimal | None:
    return checked_amount(read_number(text))


def _typed_number(value: Decimal) -> str:
    return decimal_number(value, 2 if value % 1 else 0)


def _read_day(text: str) -> date | None:
    if not text.strip():
        return None
    found = typed_day(text.strip())
    if not found:
        raise Refused("field_not_read", value=text[:60])
    return date.fromisoformat(found)


def _read_estimate(text: str) -> int | None:
    number: Any = read_number(text.strip().rstrip("%"))
    if number is None:
        return None
    if number % 1:
        raise Refused("field_not_read", value=text[:60])
    return checked_estimate(int(number))

"""The fields of customers and products that can be changed where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bekwaam.access.countries import countries
from bekwaam.frame.formats import country_name
from bekwaam.records.custom import fields_of
from bekwaam.records.models import CustomField, Seller, Territory
from bekwaam.records.models.party import MarketType
from bekwaam.records.record_fields import Choice, RecordField, custom_fields
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused


def customer_fields(actor: Actor, own: Sequence[CustomField] | None = None) -> list[RecordField]:
    """Of a customer: who he is, who looks after him, and what the company added.

    `own` are the company's fields, where the page has read them already.
    """
    return [
        RecordField("name", _("Name")),
        RecordField("city", _("City")),
        _choice("country", _("Country"), _countries, country_name),
        RecordField("segment", _("Segment")),
        RecordField("customer_group", _("Customer group")),
        _choice("market_type", _("Market type"), lambda: list(MarketType.choices), str),
        _link("seller", _("Looked after by"), Seller, actor),
        _link("territory", _("Territory"), Territory, actor),
        *custom_fields(fields_of("customers", actor) if own is None else own),
    ]


def product_fields(actor: Actor, own: Sequence[CustomField] | None = None) -> list[RecordField]:
    """Of a product: what it is, and what the company added."""
    return [
        RecordField("description", _("Description")),
        RecordField("product_group", _("Product group")),
        RecordField("unit", _("Unit")),
        *custom_fields(fields_of("products", actor) if own is None else own),
    ]


def _countries() -> list[Choice]:
    return [("", "–"), *countries(get_language() or "en")]


def _choice(name: str, title: Any, choices: Callable[[], list[Choice]], words: Callable[[str], str]) -> RecordField:
    def read(text: str) -> str:
        if text not in {value for value, _label in choices()}:
            raise Refused("field_not_a_choice", value=text[:60])
        return text

    return RecordField(name, title, words=words, read=read, choices=choices)


def _link(name: str, title: Any, model: Any, actor: Actor) -> RecordField:
    """What the record points at: shown by name, chosen by code."""

    def choices() -> list[Choice]:
        every = sorted(((one.code, str(one)) for one in model.scoped(actor)), key=lambda pair: pair[1].lower())
        return [("", "–"), *every]

    def read(code: str) -> Any:
        found = model.scoped(actor).filter(code=code).first() if code else None
        if code and found is None:
            raise Refused("field_not_a_choice", value=code[:60])
        return found

    return RecordField(
        name,
        title,
        words=lambda one: str(one or ""),
        read=read,
        typed=lambda one: one.code if one else "",
        choices=choices,
    )

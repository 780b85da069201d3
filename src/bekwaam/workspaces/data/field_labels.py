"""The fields that a column can mean, as a person reads them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FIELD_LABELS = {
    "sales": {
        "order_number": _("Order number"),
        "line_number": _("Line number"),
        "order_date": _("Order date"),
        "customer_number": _("Customer number"),
        "customer_name": _("Customer name"),
        "product_code": _("Product code"),
        "product_description": _("Product description"),
        "product_group": _("Product group"),
        "seller_code": _("Seller code"),
        "seller_name": _("Seller name"),
        "territory_code": _("Territory"),
        "country": _("Country"),
        "quantity": _("Quantity"),
        "unit": _("Unit"),
        "revenue": _("Revenue"),
        "unit_price": _("Price per unit"),
        "cost": _("Cost of the line"),
        "unit_cost": _("Cost per unit"),
        "currency": _("Currency"),
    },
    "customers": {
        "number": _("Customer number"),
        "name": _("Name"),
        "city": _("City"),
        "country": _("Country"),
        "segment": _("Segment"),
        "customer_group": _("Customer group"),
        "market_type": _("Market type"),
        "seller_code": _("Seller code"),
        "territory_code": _("Territory"),
    },
    "products": {
        "code": _("Product code"),
        "description": _("Product description"),
        "product_group": _("Product group"),
        "unit": _("Unit"),
    },
    "sellers": {
        "code": _("Seller code"),
        "name": _("Name"),
        "team_code": pgettext_lazy("sales team", "Team"),
        "territory_code": _("Territory"),
    },
    "opportunities": {
        "number": _("Opportunity number"),
        "title": _("What it is about"),
        "customer_number": _("Customer number"),
        "customer_name": _("Customer name"),
        "stage": _("Stage"),
        "outcome": _("Won or lost"),
        "amount": _("Amount"),
        "opened_on": _("Opened on"),
        "expected_on": _("Expected to close on"),
        "closed_on": _("Closed on"),
        "seller_code": _("Seller code"),
        "seller_name": _("Seller name"),
        "competitor": _("Competitor"),
        "reason": _("Reason"),
        "market_type": _("Market type"),
    },
}


def field_label(kind: str, field: str) -> str:
    """The label of one field; the field's own name where nobody has named it."""
    return str(FIELD_LABELS.get(kind, {}).get(field, field))

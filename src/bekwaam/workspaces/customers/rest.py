"""Customers, products, sellers and territories over REST."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Schema, Status

from bekwaam.frame.rest.resource import Resource
from bekwaam.records import editing
from bekwaam.records.custom import read_sent
from bekwaam.records.models import Customer, Product, Seller, Territory
from bekwaam.records.queries import current_run
from bekwaam.records.record_fields import RecordField
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.customers import queries
from bekwaam.workspaces.customers.fields import customer_fields, product_fields
from bekwaam.workspaces.customers.models import CustomerReading
from bekwaam.workspaces.customers.notes import rest as notes
from bekwaam.workspaces.customers.opportunities import rest as opportunities
from bekwaam.workspaces.customers.tasks import rest as tasks

customers = Resource("customers")
RESOURCES = (customers, opportunities.resource, tasks.resource, notes.resource)


class CustomerOut(Schema):
    """A customer as the list gives him."""

    number: str
    name: str
    city: str
    country: str
    segment: str
    customer_group: str
    market_type: str
    seller: str | None
    territory: str | None
    custom: dict[str, Any]
    version: int

    @staticmethod
    def resolve_seller(customer: Customer) -> str | None:
        """The seller's code."""
        return customer.seller.code if customer.seller else None

    @staticmethod
    def resolve_territory(customer: Customer) -> str | None:
        """The territory's code."""
        return customer.territory.code if customer.territory else None


class ReadingOut(Schema):
    """What was worked out about a customer, as of a day and from a data version. Gross profit is absent, not null, for
    who may not see cost."""

    as_of: dt.date
    facts_version: int
    revenue_year: Decimal
    gross_profit_year: Decimal | None = None
    chance_of_order_90d: float | None
    own_rhythm_days: float | None
    days_silent: int
    order_days: int
    first_order: dt.date
    last_order: dt.date
    is_slipping: bool


class CustomerWithReading(CustomerOut):
    """One customer, with what was worked out about him."""

    reading: dict[str, Any] | None

    @staticmethod
    def resolve_reading(customer: Any) -> dict[str, Any] | None:
        """What the view found out."""
        found: dict[str, Any] | None = customer.told
        return found


class ProductOut(Schema):
    """A product or service on offer."""

    code: str
    description: str
    product_group: str
    unit: str
    custom: dict[str, Any]
    version: int


class CustomerIn(Schema):
    """What may be changed of a customer; what is left out stays. A seller and a territory by code, null for none."""

    name: str = ""
    city: str = ""
    country: str = ""
    segment: str = ""
    customer_group: str = ""
    market_type: str = ""
    seller: str | None = None
    territory: str | None = None
    custom: dict[str, Any] = {}


class ProductIn(Schema):
    """What may be changed of a product; what is left out stays."""

    description: str = ""
    product_group: str = ""
    unit: str = ""
    custom: dict[str, Any] = {}


class CodeOut(Schema):
    """Something known by a code and a name."""

    code: str
    name: str


@customers.listing(
    "/customers", needs="customers.read", name="api_customers", response=list[CustomerOut], order=("number",)
)
def all_customers(request: HttpRequest) -> Any:
    """Every customer, by number."""
    return Customer.scoped(request.actor).select_related("seller", "territory")


@customers.one("/customers/{path:number}", needs="customers.read", name="api_customer", response=CustomerWithReading)
def one_customer(request: HttpRequest, number: str) -> Any:
    """One customer, with what the run in force says of him."""
    found = Customer.scoped(request.actor).select_related("seller", "territory").filter(number=number).first()
    if found is None:
        raise Http404
    found.told = _reading(number, request.actor)
    return found


@customers.change(
    "/customers/{path:number}", needs="customers.write", name="api_customer", response=CustomerWithReading
)
def change_customer(request: HttpRequest, number: str, sent: CustomerIn) -> Any:
    """Change a customer; If-Match carries the ETag of what was read."""
    _changed(request, Customer.scoped(request.actor).filter(number=number).first(), customer_fields, sent)
    return one_customer(request, number)


@customers.remove("/customers/{path:number}", needs="customers.write", name="api_customer")
def throw_customer_away(request: HttpRequest, number: str) -> Any:
    """Into the trash, from which it can be taken back."""
    editing.to_trash(request.actor, _found(Customer.scoped(request.actor).filter(number=number).first()))
    return Status(204, None)


def _changed(request: HttpRequest, record: Any, fields: Callable[[Actor], list[RecordField]], sent: Schema) -> None:
    """As a page would: by the same fields, with the same refusals."""
    known = {field.name: field for field in fields(request.actor)}
    told = sent.dict(exclude_unset=True)
    own = read_sent(record.kind, told.pop("custom", {}), request.actor)
    values = {name: known[name].read(value or "") for name, value in told.items()}
    editing.change(request.actor, _found(record), values | own, version=request.as_it_stands["version"])


def _reading(number: str, actor: Actor) -> dict[str, Any] | None:
    run = current_run(actor)
    reading = queries.reading_of(run, number, actor) if run else None
    if run is None or reading is None:
        return None
    return _shown(reading, run.as_of, run.facts_version, actor)


def _shown(reading: CustomerReading, as_of: dt.date, version: int, actor: Actor) -> dict[str, Any]:
    told = {name: getattr(reading, name) for name in ReadingOut.model_fields if hasattr(reading, name)}
    shown = ReadingOut(**{**told, "as_of": as_of, "facts_version": version}).model_dump(mode="json")
    return shown if actor.sees_cost else {name: value for name, value in shown.items() if name != "gross_profit_year"}


@customers.listing("/products", needs="customers.read", name="api_products", response=list[ProductOut], order=("code",))
def all_products(request: HttpRequest) -> Any:
    """Every product, by code."""
    return Product.scoped(request.actor)


@customers.one("/products/{path:code}", needs="customers.read", name="api_product", response=ProductOut)
def one_product(request: HttpRequest, code: str) -> Any:
    """One product."""
    return _found(Product.scoped(request.actor).filter(code=code).first())


@customers.change("/products/{path:code}", needs="customers.write", name="api_product", response=ProductOut)
def change_product(request: HttpRequest, code: str, sent: ProductIn) -> Any:
    """Change a product; If-Match carries the ETag of what was read."""
    _changed(request, Product.scoped(request.actor).filter(code=code).first(), product_fields, sent)
    return one_product(request, code)


@customers.remove("/products/{path:code}", needs="customers.write", name="api_product")
def throw_product_away(request: HttpRequest, code: str) -> Any:
    """Into the trash, from which it can be taken back."""
    editing.to_trash(request.actor, _found(Product.scoped(request.actor).filter(code=code).first()))
    return Status(204, None)


@customers.listing("/sellers", needs="customers.read", name="api_sellers", response=list[CodeOut], order=("code",))
def all_sellers(request: HttpRequest) -> Any:
    """Every seller code, and whose it is."""
    return Seller.scoped(request.actor)


@customers.listing(
    "/territories", needs="customers.read", name="api_territories", response=list[CodeOut], order=("code",)
)
def all_territories(request: HttpRequest) -> Any:
    """Every sales territory."""
    return Territory.scoped(request.actor)


def _found(record: Any) -> Any:
    if record is None:
        raise Http404
    return record

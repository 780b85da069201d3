"""Opportunities over REST."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest
from ninja import Schema, Status

from bekwaam.frame.rest.resource import Resource
from bekwaam.records import editing, opportunities
from bekwaam.records.models import Customer, Opportunity, OpportunitySeller, StageEntry
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused

resource = Resource("opportunities")
PLAIN = ("title", "amount", "expected_on", "estimate", "competitor", "reason")


class ShareOut(Schema):
    """A seller who works on it, and his share of a hundred."""

    seller: str
    share: int

    @staticmethod
    def resolve_seller(share: OpportunitySeller) -> str:
        """The seller's code."""
        return str(share.seller.code)


class StageOut(Schema):
    """A stage that it came into."""

    stage: str
    since: dt.date


class OpportunityOut(Schema):
    """An opportunity. `estimate` is somebody's own, of a hundred; no chance is worked out yet."""

    number: str
    title: str
    customer: str
    market_type: str
    stage: str
    amount: Decimal | None
    opened_on: dt.date
    expected_on: dt.date | None
    closed_on: dt.date | None
    estimate: int | None
    competitor: str
    reason: str
    sellers: list[ShareOut]
    version: int

    @staticmethod
    def resolve_customer(opportunity: Opportunity) -> str:
        """The customer's number."""
        return str(opportunity.customer.number)

    @staticmethod
    def resolve_sellers(opportunity: Opportunity) -> list[Any]:
        """With their shares, the largest first."""
        return list(opportunity.shares.all())


class OpportunityWithHistory(OpportunityOut):
    """One opportunity, with the stages that it came into."""

    history: list[StageOut]

    @staticmethod
    def resolve_history(opportunity: Opportunity) -> list[Any]:
        """The first stage first."""
        return list(opportunity.history.all())


class OpportunityIn(Schema):
    """A new opportunity; it begins today. Sellers by code, with their shares of a hundred."""

    customer: str
    title: str
    amount: Decimal | None = None
    expected_on: dt.date | None = None
    market_type: str = ""
    stage: str = ""
    estimate: int | None = None
    competitor: str = ""
    sellers: dict[str, int] = {}


class OpportunityChange(Schema):
    """What is to be otherwise; what is left out stays. `since` goes with a stage."""

    title: str | None = None
    amount: Decimal | None = None
    expected_on: dt.date | None = None
    estimate: int | None = None
    competitor: str | None = None
    reason: str | None = None
    stage: str | None = None
    since: dt.date | None = None
    sellers: dict[str, int] | None = None


@resource.listing(
    "/opportunities",
    needs="opportunities.read",
    name="api_opportunities",
    response=list[OpportunityOut],
    order=("number",),
)
def all_opportunities(request: HttpRequest) -> Any:
    """Every opportunity, by number."""
    return _rows(request.actor)


def _rows(actor: Actor) -> QuerySet[Opportunity]:
    shares = OpportunitySeller.scoped(actor).select_related("seller")
    return Opportunity.scoped(actor).select_related("customer").prefetch_related(Prefetch("shares", queryset=shares))


@resource.make("/opportunities", needs="opportunities.write", name="api_opportunities", response={201: OpportunityOut})
def make_opportunity(request: HttpRequest, sent: OpportunityIn) -> Any:
    """Record an opportunity of a known customer."""
    told = sent.dict()
    customer = Customer.scoped(request.actor).select_related("seller").filter(number=told.pop("customer")).first()
    if customer is None:
        raise Refused("customer_not_known", value=sent.customer[:60])
    made = opportunities.make(request.actor, opportunities.Draft(customer=customer, **told))
    return Status(201, _rows(request.actor).get(pk=made.pk))


@resource.one(
    "/opportunities/{path:number}", needs="opportunities.read", name="api_opportunity", response=OpportunityWithHistory
)
def one_opportunity(request: HttpRequest, number: str) -> Any:
    """One opportunity, with its stages."""
    history = Prefetch("history", queryset=StageEntry.scoped(request.actor))
    return _found(_rows(request.actor).prefetch_related(history).filter(number=number).first())


@resource.change(
    "/opportunities/{path:number}", needs="opportunities.write", name="api_opportunity", response=OpportunityWithHistory
)
def change_opportunity(request: HttpRequest, number: str, sent: OpportunityChange) -> Any:
    """Change an opportunity; If-Match carries the ETag of what was read. All of it is changed, or nothing."""
    found = _found(Opportunity.scoped(request.actor).filter(number=number).first())
    with transaction.atomic():
        _change(request, found, sent.dict(exclude_unset=True))
    return one_opportunity(request, number)


def _change(request: HttpRequest, found: Opportunity, told: dict[str, Any]) -> None:
    values = {name: _checked(name, told[name]) for name in PLAIN if name in told}
    found = editing.change(request.actor, found, values, version=request.as_it_stands["version"])
    if told.get("stage"):
        seen = request.as_it_stands["stage"]
        found = opportunities.move(request.actor, found, told["stage"], seen=seen, on=told.get("since"))
    if told.get("sellers") is not None:
        opportunities.share_out(request.actor, found, told["sellers"])


def _checked(name: str, value: Any) -> Any:
    """As a page would take it; null empties a field."""
    if name == "amount":
        return opportunities.checked_amount(value)
    if name == "estimate":
        return opportunities.checked_estimate(value)
    return value if name == "expected_on" else opportunities.checked_text(name, value or "")


@resource.remove("/opportunities/{path:number}", needs="opportunities.write", name="api_opportunity")
def throw_opportunity_away(request: HttpRequest, number: str) -> Any:
    """Into the trash, from which it can be taken back."""
    editing.to_trash(request.actor, _found(Opportunity.scoped(request.actor).filter(number=number).first()))
    return Status(204, None)


def _found(record: Any) -> Any:
    if record is None:
        raise Http404
    return record

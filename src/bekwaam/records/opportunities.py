"""What people do with opportunities: record one, move it on, close it, share it out. Each is one transaction with its
audit entry; single fields are changed by `editing.change`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from bekwaam.access import audit
from bekwaam.access.demand import require
from bekwaam.access.scope import system_door
from bekwaam.records import editing, finding, owning, stages
from bekwaam.records.models import Customer, Opportunity, OpportunitySeller, Seller, StageEntry
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused

FIRST_NUMBER: Final = 1_000
FIELDS: Final = ("title", "amount", "expected_on", "estimate", "competitor", "reason")
"""What `editing.change` may be asked to change; stage, market type and sellers have their own ways."""


@dataclass(frozen=True)
class Draft:
    """An opportunity that somebody wants to record.

    Attributes:
        sellers: who work on it, with their share of a hundred; empty for whoever records it, or the customer's own.
    """

    customer: Customer
    title: str
    amount: Decimal | None = None
    expected_on: date | None = None
    market_type: str = ""
    stage: str = ""
    estimate: int | None = None
    competitor: str = ""
    sellers: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def make(actor: Actor, draft: Draft) -> Opportunity:
    """Record an opportunity; it begins today.

    Raises:
        PermissionDenied: he may record none, or neither works on it nor looks after the customer.
        Refused: `field_not_read`, `stage_not_here`, `seller_unknown`, `shares_not_whole`.
    """
    require(actor, "opportunities.write")
    market_type = draft.market_type or draft.customer.market_type
    stage = draft.stage or stages.stages_of(market_type)[0].code
    _must_be_here(stage, market_type)
    today = timezone.localdate()
    with system_door():
        made = Opportunity.objects.create(
            number=_next_number(),
            title=checked_text("title", draft.title),
            customer=draft.customer,
            market_type=market_type,
            stage=stage,
            amount=checked_amount(draft.amount),
            opened_on=today,
            expected_on=draft.expected_on,
            closed_on=today if stage in stages.CLOSED else None,
            estimate=checked_estimate(draft.estimate),
            competitor=checked_text("competitor", draft.competitor),
            touched_at=timezone.now(),
        )
        _share_out(made, draft.sellers or _sellers_at_first(actor, draft.customer))
        StageEntry.objects.create(opportunity=made, stage=stage, since=today, made_by=actor.key)
        _must_be_his(actor, made)
        finding.index("opportunities", [made])
        audit.record(actor, "opportunities.made", made, after=audit.snapshot(made))
    return made


def _next_number() -> str:
    number = FIRST_NUMBER + (Opportunity.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    while Opportunity.objects.filter(number=f"K{number}").exists():
        number += 1
    return f"K{number}"


def checked_text(name: str, text: str) -> str:
    """The text as the column can hold it."""
    longest = Opportunity._meta.get_field(name).max_length
    if longest and len(text) > longest:
        raise Refused("field_too_long", longest=longest)
    return text.strip()


def checked_amount(amount: Decimal | None) -> Decimal | None:
    """An amount of money from nothing up, below a hundred billion."""
    if amount is not None and not 0 <= amount < Decimal(10) ** 11:
        raise Refused("field_not_read", value=str(amount))
    return amount


def checked_estimate(estimate: int | None) -> int | None:
    """A percentage, 0 to 100."""
    if estimate is not None and not 0 <= estimate <= 100:
        raise Refused("field_not_read", value=str(estimate))
    return estimate


def _sellers_at_first(actor: Actor, customer: Customer) -> dict[str, int]:
    """Whoever records it, when he is a seller; else who looks after the customer."""
    mine = Seller.objects.filter(owning.his_codes(actor)).first() or customer.seller
    return {mine.code: 100} if mine is not None else {}


def _must_be_here(stage: str, market_type: str) -> None:
    if market_type not in stages.STAGES:
        raise Refused("field_not_a_choice", value=market_type)
    if stage not in {one.code for one in stages.stages_of(market_type)}:
        raise Refused("stage_not_here", stage=stages.title_of(stage), market=market_type)


def _must_be_his(actor: Actor, made: Opportunity) -> None:
    writing = Opportunity.writing(actor)
    if writing is None or not Opportunity.objects.filter(writing, pk=made.pk).exists():
        raise PermissionDenied("opportunities.write")


@transaction.atomic
def move(
    actor: Actor, opportunity: Opportunity, stage: str, *, seen: str, on: date | None = None, reason: str = ""
) -> Opportunity:
    """The opportunity in another stage since a day; what is won or lost gets its end and reason.

    Args:
        seen: the stage that the actor saw it in.

    Raises:
        PermissionDenied: he may not change it.
        Clash: someone else moved it meanwhile.
        Refused: `stage_not_here`; `stage_before_start`, `stage_in_future` for a day that cannot be.
    """
    _must_be_here(stage, opportunity.market_type)
    day = on or timezone.localdate()
    _must_fit(opportunity, day)
    values: dict[str, Any] = {"stage": stage, "closed_on": day if stage in stages.CLOSED else None}
    if reason or stage not in stages.CLOSED:
        values["reason"] = reason
    known = {"stage": seen, "closed_on": opportunity.closed_on, "reason": opportunity.reason}
    moved: Opportunity = editing.change(actor, opportunity, values, version=0, seen=known)
    _enter(actor, moved, day)
    return moved


def _enter(actor: Actor, opportunity: Opportunity, day: date) -> None:
    """Write down that it is in its stage since a day, when that is another one than before."""
    with system_door():
        last = opportunity.history.order_by("-pk").first()
        if last is None or last.stage != opportunity.stage:
            StageEntry.objects.create(opportunity=opportunity, stage=opportunity.stage, since=day, made_by=actor.key)


def _must_fit(opportunity: Opportunity, day: date) -> None:
    if day < opportunity.opened_on:
        raise Refused("stage_before_start", day=day.isoformat(), start=opportunity.opened_on.isoformat())
    if day > timezone.localdate():
        raise Refused("stage_in_future", day=day.isoformat())


@transaction.atomic
def move_back(actor: Actor, entry: StageEntry) -> Opportunity:
    """Undo a move: the opportunity stands where it stood before, as if that stage had never been.

    Raises:
        PermissionDenied: he may not change it.
        Refused: `stage_moved_on` when it is no longer its last stage, or was its first.
    """
    with system_door():
        opportunity = Opportunity.objects.select_for_update().get(pk=entry.opportunity_id)
        last = list(opportunity.history.order_by("-pk")[:2])
        if len(last) < 2 or last[0].pk != entry.pk:
            raise Refused("stage_moved_on")
        before = last[1]
    is_closed = before.stage in stages.CLOSED
    values = {"stage": before.stage, "closed_on": before.since if is_closed else None}
    held: Opportunity = editing.change(actor, opportunity, values, version=opportunity.version)
    with system_door():
        entry.delete()
    return held


@transaction.atomic
def change_market(actor: Actor, opportunity: Opportunity, market_type: str, *, version: int) -> Opportunity:
    """The opportunity with another market type, at the stage that stands for its own there."""
    if market_type not in stages.STAGES:
        raise Refused("field_not_a_choice", value=market_type)
    stage = stages.alike(opportunity.stage, market_type)
    values = {"market_type": market_type, "stage": stage}
    seen = {"market_type": opportunity.market_type, "stage": opportunity.stage}
    changed: Opportunity = editing.change(actor, opportunity, values, version=version, seen=seen)
    _enter(actor, changed, timezone.localdate())
    return changed


@transaction.atomic
def share_out(actor: Actor, opportunity: Opportunity, sellers: dict[str, int]) -> Opportunity:
    """Say who works on it: seller code → share, together a hundred.

    Raises:
        PermissionDenied: he may not change it.
        Refused: `seller_unknown`, `shares_not_whole`.
    """
    held: Opportunity = editing.change(actor, opportunity, {}, version=opportunity.version)
    with system_door():
        before = {one.seller.code: one.share for one in held.shares.select_related("seller")}
        if before == sellers:
            return held
        _share_out(held, sellers)
        held.version, held.touched_at = held.version + 1, timezone.now()
        held.save(update_fields=["version", "touched_at"])
        audit.record(actor, "opportunities.shared", held, before={"sellers": before}, after={"sellers": sellers})
    return held


def _share_out(opportunity: Opportunity, sellers: dict[str, int]) -> None:
    known = {seller.code: seller for seller in Seller.objects.filter(code__in=sellers)}
    if unknown := sorted(set(sellers) - set(known)):
        raise Refused("seller_unknown", value=unknown[0])
    if sellers and (sum(sellers.values()) != 100 or min(sellers.values()) < 1):
        raise Refused("shares_not_whole", total=sum(sellers.values()))
    opportunity.shares.all().delete()
    OpportunitySeller.objects.bulk_create(
        OpportunitySeller(opportunity=opportunity, seller=known[code], share=share) for code, share in sellers.items()
    )


def even_shares(codes: list[str]) -> dict[str, int]:
    """A hundred in equal whole parts; what is left over goes to the first.

    >>> even_shares(["S1", "S2", "S3"])
    {'S1': 34, 'S2': 33, 'S3': 33}
    """
    if not codes:
        return {}
    part, rest = divmod(100, len(codes))
    return {code: part + (rest if place == 0 else 0) for place, code in enumerate(codes)}

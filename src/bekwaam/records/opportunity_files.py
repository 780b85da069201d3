"""Opportunities as a file gives them: new ones are made, known ones brought up to date, and an undo puts both back.

What each known one was and became stands beside the batch. An undo puts back what is still as the file made it; one
that a person changed since is left alone and named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from bekwaam.records import finding, stages
from bekwaam.records.kinds import CHUNK
from bekwaam.records.models import (
    Batch,
    Customer,
    Note,
    Opportunity,
    OpportunitySeller,
    Seller,
    StageEntry,
    Task,
)
from bekwaam.records.opportunities import even_shares

DAYS: Final = ("opened_on", "expected_on", "closed_on")
PLAIN: Final = ("title", "market_type", "stage", "amount", *DAYS, "competitor", "reason")
Rows = list[dict[str, Any]]
Changes = dict[str, dict[str, list[Any]]]


def codes_in(text: str | None) -> list[str]:
    """The sellers that a cell names, first come first: "JV; AB" are two.

    >>> codes_in("JV; AB")
    ['JV', 'AB']
    """
    return list(dict.fromkeys(code for part in re.split(r"\s*;\s*", text or "") if (code := part.strip())))


@dataclass(frozen=True)
class Laid:
    """How many opportunities a file made and brought up to date."""

    made: int
    updated: int


@dataclass
class _Known:
    """What rows point at: read once."""

    customers: dict[str, Customer]
    sellers: dict[str, Seller]
    opportunities: dict[str, Opportunity]
    shares: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def for_rows(cls, rows: Rows) -> _Known:
        numbers = {row["number"] for row in rows}
        customers = {row["customer_number"] for row in rows}
        known = cls(
            customers={one.number: one for one in Customer.objects.all() if one.number in customers},
            sellers={one.code: one for one in Seller.objects.all()},
            opportunities={one.number: one for one in Opportunity.objects.all() if one.number in numbers},
        )
        for pk, code in OpportunitySeller.objects.values_list("opportunity_id", "seller__code"):
            known.shares.setdefault(pk, []).append(code)
        return known


def lay(batch: Batch, rows: Rows) -> Laid:
    """Lay the rows of a file over the opportunities; an empty cell changes nothing. Sellers must be known already."""
    known = _Known.for_rows(rows)
    fresh = [row for row in rows if row["number"] not in known.opportunities]
    changes = _bring_up_to_date([row for row in rows if row["number"] in known.opportunities], known)
    _make(batch, fresh, known)
    batch.report = {**batch.report, "opportunities": changes}
    batch.save(update_fields=["report"])
    return Laid(made=len(fresh), updated=sum(bool(found) for found in changes.values()))


def _make(batch: Batch, rows: Rows, known: _Known) -> None:
    today = timezone.localdate()
    made = [_made(batch, row, known.customers[row["customer_number"]], today) for row in rows]
    Opportunity.objects.bulk_create(made, batch_size=CHUNK)
    for row, one in zip(rows, made, strict=True):
        known.opportunities[row["number"]] = one
    entries = [entry for one in made for entry in _entries_at_first(one)]
    StageEntry.objects.bulk_create(entries, batch_size=CHUNK)
    shares = [share for row in rows for share in _shares(known, row)]
    OpportunitySeller.objects.bulk_create(shares, batch_size=CHUNK)
    finding.index("opportunities", made)


def _made(batch: Batch, row: dict[str, Any], customer: Customer, today: date) -> Opportunity:
    market_type = row["market_type"] or customer.market_type
    opened_on = row["opened_on"] or min(row["closed_on"] or today, today)
    return Opportunity(
        number=row["number"],
        title=row["title"] or "",
        customer=customer,
        market_type=market_type,
        stage=stages.alike(row["stage"], market_type),
        amount=row["amount"],
        opened_on=opened_on,
        expected_on=row["expected_on"],
        closed_on=row["closed_on"],
        competitor=row["competitor"] or "",
        reason=row["reason"] or "",
        created_by=batch,
    )


def _entries_at_first(one: Opportunity) -> list[StageEntry]:
    """A file tells only where an opportunity stands and when it began; the stages between are not known."""
    begun = stages.stages_of(one.market_type)[0].code
    first = StageEntry(opportunity=one, stage=begun if one.is_closed else one.stage, since=one.opened_on)
    if not one.is_closed:
        return [first]
    closed_on = max(one.closed_on or one.opened_on, one.opened_on)
    return [first, StageEntry(opportunity=one, stage=one.stage, since=closed_on)]


def _shares(known: _Known, row: dict[str, Any]) -> list[OpportunitySeller]:
    one = known.opportunities[row["number"]]
    shares = even_shares(codes_in(row["seller_code"]))
    return [
        OpportunitySeller(opportunity=one, seller=known.sellers[code], share=share) for code, share in shares.items()
    ]


def _bring_up_to_date(rows: Rows, known: _Known) -> Changes:
    changes: Changes = {}
    changed, moved, shared = [], [], []
    for row in rows:
        one = known.opportunities[row["number"]]
        found = _lay_over(one, row, known)
        changes[row["number"]] = found
        changed += [one] if found else []
        moved += [one] if "stage" in found else []
        shared += [row] if "sellers" in found else []
    _save(changed)
    since = timezone.localdate()
    StageEntry.objects.bulk_create(
        [StageEntry(opportunity=one, stage=one.stage, since=one.closed_on or since) for one in moved], batch_size=CHUNK
    )
    OpportunitySeller.objects.filter(opportunity__number__in=[row["number"] for row in shared]).delete()
    OpportunitySeller.objects.bulk_create([one for row in shared for one in _shares(known, row)], batch_size=CHUNK)
    return changes


def _lay_over(one: Opportunity, row: dict[str, Any], known: _Known) -> dict[str, list[Any]]:
    """What changes in a known opportunity: field → [was, became], as JSON carries it."""
    market_type = row["market_type"] or one.market_type
    wanted = {name: row[name] for name in PLAIN if row[name] not in (None, "")}
    wanted |= {"market_type": market_type, "stage": stages.alike(row["stage"], market_type)}
    if wanted["stage"] not in stages.CLOSED:
        wanted["closed_on"] = None
    found = {name: [_told(getattr(one, name)), _told(new)] for name, new in wanted.items() if getattr(one, name) != new}
    for name in found:
        setattr(one, name, wanted[name])
    if one.customer_id != known.customers[row["customer_number"]].pk:
        found["customer"] = [one.customer_id, known.customers[row["customer_number"]].pk]
        one.customer = known.customers[row["customer_number"]]
    sellers, before = codes_in(row["seller_code"]), known.shares.get(one.pk, [])
    if sellers and set(sellers) != set(before):
        found["sellers"] = [before, sellers]
    return found


def _told(value: Any) -> Any:
    return str(value) if isinstance(value, date | Decimal) else value


def _save(records: list[Opportunity]) -> None:
    for one in records:
        one.version += 1
    Opportunity.objects.bulk_update(records, [*PLAIN, "customer", "version"], batch_size=CHUNK)
    finding.index("opportunities", records)


def take_back(batch: Batch) -> tuple[int, list[str]]:
    """Undo what the batch did: how many it had made are gone, and the names of those that stay, touched since."""
    changes: Changes = {key: found for key, found in batch.report.get("opportunities", {}).items() if found}
    touched = _put_back(batch, changes)
    made = Opportunity.objects.filter(created_by=batch)
    kept = list(made.filter(touched_at__isnull=False))
    kept += list(made.filter(touched_at__isnull=True).filter(pk__in=_spoken_of()))
    gone = made.exclude(pk__in=[one.pk for one in kept])
    numbers = list(gone.values_list("number", flat=True))
    finding.forget("opportunities", numbers)
    gone.delete()
    return len(numbers), sorted({*touched, *(str(one) for one in kept)})


def _spoken_of() -> list[int]:
    """The opportunities that a note or a task is about."""
    return [
        pk
        for table in (Note, Task)
        for pk in table.objects.filter(opportunity__isnull=False).values_list("opportunity_id", flat=True)
    ]


def _put_back(batch: Batch, changes: Changes) -> list[str]:
    touched, restored = [], []
    sellers = {one.code: one for one in Seller.objects.all()}
    for one in Opportunity.objects.filter(number__in=list(changes)) if changes else []:
        if one.touched_at is not None and one.touched_at > batch.made_at:
            touched.append(str(one))
            continue
        _restore(one, changes[one.number], sellers)
        restored.append(one)
    _save(restored)
    return touched


def _restore(one: Opportunity, found: dict[str, list[Any]], sellers: dict[str, Seller]) -> None:
    """Fields that a later file changed once more keep what that file said."""
    plain = [name for name in found if name in PLAIN and _told(getattr(one, name)) == found[name][1]]
    for name in plain:
        setattr(one, name, Opportunity._meta.get_field(name).to_python(found[name][0]))
    if "stage" in plain:
        last = one.history.order_by("-pk").first()
        if last is not None and last.stage == found["stage"][1]:
            last.delete()
    if "customer" in found and one.customer_id == found["customer"][1]:
        one.customer_id = found["customer"][0]
    if "sellers" in found:
        one.shares.all().delete()
        shares = even_shares([code for code in found["sellers"][0] if code in sellers])
        OpportunitySeller.objects.bulk_create(
            OpportunitySeller(opportunity=one, seller=sellers[code], share=share) for code, share in shares.items()
        )

"""Reads of the customers room. A view passes the run that is in force and who asks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet, Subquery, Sum, Value

from bekwaam.records.models import Customer, CustomField, Run
from bekwaam.records.queries import has_sellers
from bekwaam.records.stamps import with_stamp
from bekwaam.terms.actor import Actor
from bekwaam.terms.money import ZERO
from bekwaam.workspaces.customers.models import (
    CustomerReading,
    HindsightCustomer,
    HindsightReading,
    RetentionReading,
)


@dataclass(frozen=True)
class SlippingTotal:
    """How many customers are slipping away and what is at stake: what they brought in twelve months.

    Gross profit stands only where the actor may see it and every cost is known.
    """

    count: int
    revenue_year: Decimal
    gross_profit_year: Decimal | None

    @property
    def has_cost(self) -> bool:
        """Whether sentences may speak of gross profit."""
        return self.gross_profit_year is not None


def run_in_force(actor: Actor) -> Run | None:
    """The run in force, knowing when a record last changed and whether every customer at stake has a cost.

    All of it in one question; `records.stamps.stamp_of` reads the stamp.
    """
    of_run = CustomerReading.scoped(actor).filter(run=OuterRef("pk"))
    at_stake = of_run.filter(is_slipping__in=[True])  # the index has it; the bare column SQLite would search for
    retention = RetentionReading.scoped(actor).filter(run=OuterRef("pk"))
    current = Run.scoped(actor).filter(is_current=True)
    thrown_away = Customer._base_manager.filter(trashed_at__isnull=False)
    asked = current.annotate(
        has_slipping=Exists(at_stake),
        lacks_cost=Exists(at_stake.filter(gross_profit_year__isnull=True)),
        has_own_fields=Exists(CustomField.scoped(actor).filter(kind="customers", is_archived=False)),
        retention_status=Subquery(retention.values("status")[:1]),
        retention_method=Subquery(retention.values("method")[:1]),
        last_thrown_away=Subquery(thrown_away.order_by("-trashed_at").values("trashed_at")[:1]),
        in_trash=Subquery(thrown_away.order_by().values(every=Value(1)).annotate(n=Count("pk")).values("n")),
    )
    run = with_stamp(asked, Customer).first()
    if run is not None:
        run.knows_cost = run.has_slipping and not run.lacks_cost
    return run


def readings(run: Run, actor: Actor) -> QuerySet[CustomerReading]:
    """Every customer of the run, but those in the trash: few, so they are found first and no table is joined."""
    in_trash = Customer._base_manager.filter(trashed_at__isnull=False).values("number")
    return CustomerReading.scoped(actor).filter(run=run).exclude(customer_number__in=in_trash)


def slipping(run: Run, actor: Actor) -> list[CustomerReading]:
    """The call list, most to lose first, in the measure of the reader: an order by gross profit would tell it."""
    listed = readings(run, actor).filter(is_slipping=True)
    if actor.sees_cost:
        return list(listed.order_by("rank"))
    return list(listed.order_by(F("expected_loss").desc(nulls_last=True), "-revenue_year", "customer_number"))


def slipping_total(run: Run, actor: Actor) -> SlippingTotal:
    """What the call list adds up to."""
    rows = slipping(run, actor)
    profit_known = bool(rows) and actor.sees_cost and all(row.gross_profit_year is not None for row in rows)
    return SlippingTotal(
        count=len(rows),
        revenue_year=sum((row.revenue_year for row in rows), ZERO),
        gross_profit_year=sum((row.gross_profit_year or ZERO for row in rows), ZERO) if profit_known else None,
    )


def reading_of(run: Run, number: str, actor: Actor) -> CustomerReading | None:
    """The reading of one customer."""
    return readings(run, actor).filter(customer_number=number).first()


def retention_of(run: Run, actor: Actor) -> RetentionReading | None:
    """How the chances of this run were found."""
    return RetentionReading.scoped(actor).filter(run=run).first()


def established(run: Run, actor: Actor) -> int:
    """How many customers order often and recently enough to be judged by their rhythm."""
    retention = retention_of(run, actor)
    return retention.customers if retention else 0


def most_order_days(run: Run, actor: Actor) -> int:
    """On how many days the most faithful customer ordered."""
    most: int | None = readings(run, actor).aggregate(most=Max("order_days"))["most"]
    return most or 0


def without_seller(run: Run, actor: Actor) -> tuple[int, Decimal] | None:
    """Customers with revenue whom nobody looks after, and that revenue; None when no seller is known at all."""
    if not has_sellers(actor):
        return None
    found = readings(run, actor).filter(has_seller=False, revenue_year__gt=0, customer__seller__isnull=True)
    sums = found.aggregate(count=Count("pk"), revenue=Sum("revenue_year"))
    return sums["count"], sums["revenue"] or ZERO


def hindsight(run: Run, actor: Actor) -> HindsightReading | None:
    """The look back of this run."""
    return HindsightReading.scoped(actor).filter(run=run).first()


def hindsight_customers(run: Run, group: str, actor: Actor) -> list[HindsightCustomer]:
    """The customers of one group of the look back, worth most first."""
    found = HindsightCustomer.scoped(actor).filter(run=run, group=group)
    return sorted(found, key=lambda row: (-row.worth_for(actor), row.customer_number))

"""Customers with readings in force, as many as a story needs; no facts behind them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

AS_OF = date(2026, 9, 21)
CITIES = ("Almelo", "Oss", "Bocholt", "Venlo")


def many_customers(count: int, *, with_cost: bool = True, slipping: int = 3) -> Any:
    """A run in force over this many customers, numbered C0001 on; two sellers take turns, the last has none."""
    from bekwaam.records.models import Customer, Run, Seller, Territory
    from bekwaam.workspaces.customers.models import CustomerReading

    sellers = [Seller.objects.get_or_create(code=code, defaults={"name": name})[0] for code, name in SELLERS]
    territory, _made = Territory.objects.get_or_create(code="R1", defaults={"name": "Oost"})
    run = Run.objects.create(state="done", is_current=True, as_of=AS_OF, facts_version=3, ended_at=timezone.now())
    customers = [
        Customer(
            number=f"C{place:04}",
            name=f"Klant {place:04}",
            city=CITIES[place % 4],
            country="DE" if place % 4 == 2 else "NL",
            segment="Zuivel" if place % 2 else "Papier",
            seller=None if place == count - 1 else sellers[place % 2],
            territory=territory,
        )
        for place in range(count)
    ]
    Customer.objects.bulk_create(customers)
    CustomerReading.objects.bulk_create(
        _reading(run, place, with_cost=with_cost, is_slipping=place < slipping) for place in range(count)
    )
    return run


SELLERS = (("S1", "AM Oost"), ("S2", "AM West"))


def _reading(run: Any, place: int, *, with_cost: bool, is_slipping: bool) -> Any:
    from bekwaam.workspaces.customers.models import CustomerReading

    revenue = Decimal(1000 + 10 * place)
    silent = place % 200
    return CustomerReading(
        run=run,
        customer_number=f"C{place:04}",
        revenue_year=revenue,
        # High revenue with a low profit, so that an order by one is not the order by the other.
        gross_profit_year=Decimal(900 - place) if with_cost else None,
        chance_of_order_90d=(place % 10) / 10,
        own_rhythm_days=20,
        usual_low_days=10,
        usual_high_days=30,
        days_silent=silent,
        order_days=5,
        first_order=date(2024, 1, 1),
        last_order=AS_OF - timedelta(days=silent),
        expected_loss=revenue * (10 - place % 10) / 10,
        is_slipping=is_slipping,
        rank=place + 1 if is_slipping else None,
        recent_order_days=[],
        has_seller=True,
    )

"""What Monday says of tasks: how many are overdue, what hangs on them, and nothing where nothing was promised."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone, translation
from many_customers import many_customers

pytestmark = pytest.mark.django_db


def promised(cast: Any, *, days: int, **about: Any) -> Any:
    from bekwaam.records.tasks import Promise, make

    return make(cast.actor("leader"), Promise("Call", timezone.localdate() + timedelta(days=days), **about))


def candidate(run: Any) -> Any:
    from bekwaam.workspaces.cockpit.candidates import overdue

    return overdue(run)


@pytest.mark.parametrize(
    ("count", "still", "nl", "en"),
    [
        (0, 1, "Niets over tijd; één toezegging staat nog open.", "Nothing is overdue; one task is still to be done."),
        (0, 2, "Niets over tijd; twee toezeggingen staan nog open.", "Nothing is overdue; two tasks are still"),
        (1, 1, "Eén toezegging is over tijd.", "One task is overdue."),
        (2, 3, "Twee toezeggingen zijn over tijd.", "Two tasks are overdue."),
        (11, 30, "Elf toezeggingen zijn over tijd.", "Eleven tasks are overdue."),
        (21, 30, "Eenentwintig toezeggingen zijn over tijd.", "Twenty-one tasks are overdue."),
    ],
)
def test_none_one_and_many(count: int, still: int, nl: str, en: str) -> None:
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.cockpit.models import SentenceReading
    from bekwaam.workspaces.cockpit.wording import sentence_of

    for language, wanted in (("nl", nl), ("en", en)):
        with translation.override(language):
            reading = SentenceReading(code="overdue", values={"count": count, "open": still})
            assert sentence_of(reading, "EUR", SYSTEM).plain().startswith(wanted)


def test_nothing_promised_is_not_said_and_neither_is_all_done(cast: Any) -> None:
    from bekwaam.records.tasks import tick

    run = many_customers(3)
    assert candidate(run) is None
    tick(cast.actor("leader"), promised(cast, days=-3))
    assert candidate(run) is None


def test_it_is_weighed_by_what_hangs_on_it(cast: Any) -> None:
    from bekwaam.records.models import Customer
    from bekwaam.records.opportunities import Draft, make
    from bekwaam.workspaces.customers.models import CustomerReading

    run = many_customers(3)
    customer = Customer.objects.get(number="C0001")
    loss = CustomerReading.objects.get(customer_number="C0001").expected_loss or Decimal(0)
    chance = make(cast.actor("leader"), Draft(customer=customer, title="Pumps", amount=Decimal(5000)))
    promised(cast, days=-1, opportunity=chance)
    promised(cast, days=-2, customer=customer)
    promised(cast, days=5)
    found = candidate(run)
    assert found.values == {"count": 2, "open": 3}
    assert found.amount == Decimal(5000) + loss

"""Notes and tasks: who writes, who changes, and what is over its day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from bekwaam.terms.errors import Refused

pytestmark = pytest.mark.django_db


def customer() -> Any:
    from bekwaam.records.models import Customer

    return Customer.objects.create(number="C1", name="Klant een")


@pytest.mark.parametrize("name", ["leader", "account_manager", "inside_sales", "marketer", "colleague"])
def test_everyone_who_reads_customers_writes_notes_and_changes_his_own(cast: Any, name: str) -> None:
    from bekwaam.records import editing
    from bekwaam.records.notes import about, write

    writer, subject = cast.actor(name), customer()
    note = write(writer, subject, "  Called; wants a quotation. ")
    assert editing.change(writer, note, {"text": "Called twice."}, version=1).text == "Called twice."
    other = cast.actor("leader" if name != "leader" else "inside_sales")
    with pytest.raises(PermissionDenied):
        editing.change(other, note, {"text": "No."}, version=2)
    assert [(one.text, one.is_own) for one in about(subject, other)] == [("Called twice.", False)]
    editing.to_trash(writer, note)
    assert about(subject, other) == []
    editing.restore(writer, note)
    assert [one.is_own for one in about(subject, writer)] == [True]


@pytest.mark.parametrize("name", ["board", "fair_staff", "admin", "outsider"])
def test_who_reads_no_customers_writes_and_reads_none(cast: Any, name: str) -> None:
    from bekwaam.records.notes import about, write

    subject = customer()
    with pytest.raises(PermissionDenied):
        write(cast.actor(name), subject, "Hello")
    write(cast.actor("leader"), subject, "Hello")
    assert about(subject, cast.actor(name)) == []


def test_an_empty_note_is_refused_and_one_about_two_things_cannot_be(cast: Any) -> None:
    from bekwaam.records.models import Note, Product
    from bekwaam.records.notes import write

    subject = customer()
    with pytest.raises(Refused, match="note_empty"):
        write(cast.actor("leader"), subject, "  ")
    product = Product.objects.create(code="P1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.create(customer=subject, product=product, text="x", made_at=timezone.now())


def task(actor: Any, *, due: date | None = None, **fields: Any) -> Any:
    from bekwaam.records.tasks import Promise, make

    return make(actor, Promise(title="Send the quotation", due_on=due or timezone.localdate(), **fields))


def test_a_task_is_over_its_day_until_it_is_ticked_off(cast: Any) -> None:
    from bekwaam.records.tasks import overdue, tick, untick

    manager, today = cast.actor("account_manager"), timezone.localdate()
    late, _soon = task(manager, due=today - timedelta(days=4)), task(manager)
    assert (late.owner, late.days_late(today), list(overdue(manager, today))) == (
        cast.user("account_manager"),
        4,
        [late],
    )
    done = tick(manager, late)
    assert (done.done_by, done.days_late(today)) == (cast.user("account_manager"), 0)
    assert not overdue(manager, today).exists()
    assert untick(manager, done).done_at is None
    assert overdue(manager, today).count() == 1


def test_a_task_is_its_owners_its_makers_and_those_who_change_all(cast: Any) -> None:
    from bekwaam.records.tasks import tick

    given = task(cast.actor("marketer"), owner=cast.user("account_manager"), customer=customer())
    with pytest.raises(PermissionDenied):
        tick(cast.actor("colleague"), given)
    for name in ("outsider", "board", "admin"):
        with pytest.raises(PermissionDenied):
            tick(cast.actor(name), given)
        with pytest.raises(PermissionDenied):
            task(cast.actor(name))
    assert tick(cast.actor("marketer"), given).done_at is not None


def test_a_task_about_an_opportunity_is_about_its_customer_too(cast: Any) -> None:
    from bekwaam.records.opportunities import Draft, make
    from bekwaam.records.tasks import about

    leader, subject = cast.actor("leader"), customer()
    opportunity = make(leader, Draft(customer=subject, title="Pumps"))
    made = task(leader, opportunity=opportunity)
    assert made.customer == subject
    assert [one.pk for one in about(subject, leader)] == [made.pk] == [one.pk for one in about(opportunity, leader)]


def test_who_can_be_given_a_task(cast: Any) -> None:
    from bekwaam.records.tasks import owners

    for name in ("leader", "colleague", "board", "outsider"):
        cast.user(name)
    assert [one.name for one in owners()] == ["Colleague", "Leader"]

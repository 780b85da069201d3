"""Opportunities: whose they are, how they move, and what nobody can do to them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bekwaam.terms.errors import Refused

pytestmark = pytest.mark.django_db


def customer(number: str = "C1", *, seller: Any = None, market_type: str = "B2B") -> Any:
    from bekwaam.records.models import Customer

    return Customer.objects.create(number=number, name=f"Klant {number}", seller=seller, market_type=market_type)


def seller(code: str, user: Any = None) -> Any:
    from bekwaam.records.models import Seller

    return Seller.objects.create(code=code, name=f"AM {code}", user=user)


def made(actor: Any, **fields: Any) -> Any:
    from bekwaam.records.opportunities import Draft, make

    given = {"title": "Pumps for the new line", "customer": fields.pop("customer", None) or customer(), **fields}
    return make(actor, Draft(**given))


def stages_of(opportunity: Any) -> list[str]:
    return list(opportunity.history.values_list("stage", flat=True))


@pytest.mark.parametrize(("market", "first"), [("B2B", "lead"), ("B2R", "introduced"), ("B2G", "announced")])
def test_it_begins_at_the_first_stage_of_its_market(cast: Any, market: str, first: str) -> None:
    found = made(cast.actor("leader"), customer=customer(market_type=market), amount=Decimal("1200.50"))
    assert (found.stage, found.market_type, stages_of(found)) == (first, market, [first])
    assert found.number.startswith("K")


@pytest.mark.parametrize("name", ["marketer", "colleague", "board", "fair_staff", "admin", "outsider"])
def test_who_may_not_write_records_none(cast: Any, name: str) -> None:
    with pytest.raises(PermissionDenied):
        made(cast.actor(name))


def test_an_account_manager_changes_what_he_works_on_or_whose_customer_is_his(cast: Any) -> None:
    from bekwaam.records import editing
    from bekwaam.records.models import Opportunity

    mine, other = seller("S1", cast.user("account_manager")), seller("S2")
    leader, manager = cast.actor("leader"), cast.actor("account_manager")
    his_customer = made(leader, customer=customer("C1", seller=mine), sellers={"S2": 100})
    shared = made(leader, customer=customer("C2", seller=other), sellers={"S2": 60, "S1": 40})
    others = made(leader, customer=customer("C3", seller=other))
    for one in (his_customer, shared):
        assert editing.change(manager, one, {"competitor": "A"}, version=1).competitor == "A"
    with pytest.raises(PermissionDenied):
        editing.change(manager, others, {"competitor": "A"}, version=1)
    assert set(Opportunity.scoped(manager)) == {his_customer, shared, others}
    assert not Opportunity.scoped(cast.actor("outsider")).exists()


def test_an_account_manager_records_one_at_another_mans_customer_as_its_seller(cast: Any) -> None:
    seller("S1", cast.user("account_manager"))
    found = made(cast.actor("account_manager"), customer=customer(seller=seller("S2")))
    assert [(one.seller.code, one.share) for one in found.shares.all()] == [("S1", 100)]
    with pytest.raises(PermissionDenied):
        made(cast.actor("account_manager"), customer=customer("C9"), sellers={"S2": 100})


def test_every_move_is_dated_and_can_be_taken_back(cast: Any) -> None:
    from bekwaam.records.opportunities import move, move_back

    leader, today = cast.actor("leader"), timezone.localdate()
    found = move(leader, made(leader), "quoted", seen="lead")
    found = move(leader, found, "lost", seen="quoted", reason="Delivery time")
    assert (found.closed_on, found.reason, stages_of(found)) == (today, "Delivery time", ["lead", "quoted", "lost"])
    back = move_back(leader, found.history.last())
    assert (back.stage, back.closed_on, stages_of(back)) == ("quoted", None, ["lead", "quoted"])
    with pytest.raises(Refused, match="stage_moved_on"):
        move_back(leader, back.history.first())


def test_two_who_move_it_at_once_do_not_overwrite_each_other(cast: Any) -> None:
    from bekwaam.records.editing import Clash
    from bekwaam.records.opportunities import move

    leader = cast.actor("leader")
    found = made(leader)
    move(leader, found, "quoted", seen="lead")
    with pytest.raises(Clash):
        move(cast.actor("inside_sales"), found, "won", seen="lead")


@pytest.mark.parametrize(
    ("stage", "days", "code"),
    [("submitted", 0, "stage_not_here"), ("won", 1, "stage_in_future"), ("won", -1, "stage_before_start")],
)
def test_a_stage_of_another_market_or_an_impossible_day_is_refused(cast: Any, stage: str, days: int, code: str) -> None:
    from bekwaam.records.opportunities import move

    leader = cast.actor("leader")
    with pytest.raises(Refused, match=code):
        move(leader, made(leader), stage, seen="lead", on=timezone.localdate() + timedelta(days=days))


def test_another_market_type_keeps_the_step(cast: Any) -> None:
    from bekwaam.records.opportunities import change_market, move

    leader = cast.actor("leader")
    found = move(leader, made(leader), "quoted", seen="lead")
    found = change_market(leader, found, "B2G", version=found.version)
    assert (found.stage, stages_of(found)) == ("submitted", ["lead", "quoted", "submitted"])


@pytest.mark.parametrize(
    ("shares", "code"),
    [({"S1": 60}, "shares_not_whole"), ({"S1": 100, "S2": 0}, "shares_not_whole"), ({"S9": 100}, "seller_unknown")],
)
def test_shares_make_a_hundred_among_known_sellers(cast: Any, shares: dict[str, int], code: str) -> None:
    from bekwaam.records.opportunities import even_shares, share_out

    leader = cast.actor("leader")
    seller("S1")
    seller("S2")
    found = made(leader, sellers=even_shares(["S1", "S2"]))
    assert [one.share for one in found.shares.all()] == [50, 50]
    with pytest.raises(Refused, match=code):
        share_out(leader, found, shares)
    assert share_out(leader, found, {"S2": 100}).version == 2
    assert [one.seller.code for one in found.shares.all()] == ["S2"]

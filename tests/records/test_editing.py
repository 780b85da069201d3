"""Changing one record: nobody overwrites what he did not see, and what is thrown away can come back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bekwaam.access.models import AuditEntry
from bekwaam.access.scope import request_door
from bekwaam.records import editing, finding
from bekwaam.records.models import Customer
from bekwaam.records.searching.find import find
from bekwaam.terms.errors import Refused


@pytest.fixture
def hoogwerve(db: None) -> Customer:
    customer = Customer.objects.create(number="1001", name="Hoogwerve", city="Almelo")
    finding.index("customers", [customer])
    return customer


def keys(text: str, actor: Any) -> list[str]:
    return [hit.key for hits in find(text, actor) for hit in hits.hits]


def test_a_change_is_saved_written_down_and_found(hoogwerve: Customer, cast: Any) -> None:
    leader = cast.actor("leader")
    with request_door():
        changed = editing.change(leader, hoogwerve, {"name": "Hoogwerve Machinebouw"}, version=1)
        assert (changed.version, keys("machinebouw", leader)) == (2, ["1001"])
    entry = AuditEntry.objects.get(action="customers.changed")
    assert set(entry.changes) == {"name", "version"}


def test_two_people_who_change_the_same_field_clash(hoogwerve: Customer, cast: Any) -> None:
    editing.change(cast.actor("inside_sales"), hoogwerve, {"city": "Borne"}, version=1, seen={"city": "Almelo"})
    with pytest.raises(editing.Clash) as caught:
        editing.change(cast.actor("leader"), hoogwerve, {"city": "Hengelo"}, version=1, seen={"city": "Almelo"})
    clash = caught.value
    assert (clash.field, clash.theirs, clash.roles) == ("city", "Borne", "inside_sales")
    assert Customer.objects.get().city == "Borne"


def test_two_people_who_change_different_fields_do_not(hoogwerve: Customer, cast: Any) -> None:
    editing.change(cast.actor("inside_sales"), hoogwerve, {"city": "Borne"}, version=1, seen={"city": "Almelo"})
    editing.change(cast.actor("leader"), hoogwerve, {"segment": "OEM"}, version=1, seen={"segment": ""})
    kept = Customer.objects.get()
    assert (kept.city, kept.segment, kept.version) == ("Borne", "OEM", 3)


def test_without_what_was_seen_an_older_version_changes_nothing(hoogwerve: Customer, cast: Any) -> None:
    editing.change(cast.actor("leader"), hoogwerve, {"city": "Borne"}, version=1)
    with pytest.raises(editing.Clash):
        editing.change(cast.actor("leader"), hoogwerve, {"segment": "OEM"}, version=1)


def test_an_account_manager_changes_his_own_customers_only(hoogwerve: Customer, cast: Any) -> None:
    with pytest.raises(PermissionDenied):
        editing.change(cast.actor("account_manager"), hoogwerve, {"city": "Borne"}, version=1)


@pytest.mark.parametrize(
    ("values", "code"), [({"city": "x" * 121}, "field_too_long"), ({"market_type": "B2X"}, "field_not_a_choice")]
)
def test_what_cannot_stand_in_a_field_is_refused(
    hoogwerve: Customer, cast: Any, values: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        editing.change(cast.actor("leader"), hoogwerve, values, version=1)
    assert caught.value.code == code


def test_what_is_thrown_away_is_gone_from_lists_and_search_until_it_comes_back(hoogwerve: Customer, cast: Any) -> None:
    leader = cast.actor("leader")
    editing.to_trash(leader, hoogwerve)
    assert (Customer.scoped(leader).count(), Customer.trash(leader).count()) == (0, 1)
    assert (keys("hoogwerve", leader), finding.strayed()) == ([], 0)
    editing.restore(leader, hoogwerve)
    assert (Customer.scoped(leader).count(), Customer.trash(leader).count()) == (1, 0)
    assert (keys("hoogwerve", leader), finding.strayed()) == (["1001"], 0)


def test_nothing_is_changed_in_the_trash(hoogwerve: Customer, cast: Any) -> None:
    editing.to_trash(cast.actor("leader"), hoogwerve)
    with pytest.raises(PermissionDenied):
        editing.change(cast.actor("leader"), hoogwerve, {"city": "Borne"}, version=2)


def test_a_company_s_own_field_is_changed_like_any_other(hoogwerve: Customer, cast: Any) -> None:
    leader = cast.actor("leader")
    changed = editing.change(leader, hoogwerve, {"custom.floor": 3}, version=1)
    assert changed.custom == {"floor": 3}
    assert editing.change(leader, changed, {"custom.floor": None}, version=2).custom == {}

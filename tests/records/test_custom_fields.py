"""The fields that a company adds itself: typed, found, and only changed by who may."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bekwaam.records import custom, editing
from bekwaam.records.custom import FieldWords
from bekwaam.records.models import Customer, CustomField
from bekwaam.records.searching.find import find
from bekwaam.terms.errors import Refused


def field(sort: str, *choices: str) -> CustomField:
    return CustomField(kind="customers", code="f", title="Field", type=sort, choices=list(choices))


@pytest.mark.parametrize(
    ("one", "typed", "kept"),
    [
        (field("text"), "  two  words ", "two words"),
        (field("number"), "12.5", 12.5),
        (field("number"), "1,250", 1250),
        (field("date"), "28-02-2026", "2026-02-28"),
        (field("date"), "2026-02-28", "2026-02-28"),
        (field("yes_no"), "Ja", True),
        (field("yes_no"), "no", False),
        (field("choice", "Gold", "Silver"), "gold", "Gold"),
        (field("number"), " ", None),
    ],
)
def test_what_is_typed_is_kept_as_its_type(one: CustomField, typed: str, kept: Any) -> None:
    assert custom.read(one, typed) == kept


@pytest.mark.parametrize(
    ("one", "typed", "code"),
    [
        (field("number"), "many", "field_not_read"),
        (field("date"), "31-02-2026", "field_not_read"),
        (field("yes_no"), "perhaps", "field_not_read"),
        (field("choice", "Gold"), "Bronze", "field_not_a_choice"),
        (field("text"), "x" * 201, "field_too_long"),
    ],
)
def test_what_is_of_another_type_is_refused(one: CustomField, typed: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        custom.read(one, typed)
    assert caught.value.code == code


def test_a_leader_adds_a_field_and_an_account_manager_does_not(db: None, cast: Any) -> None:
    made = custom.add_field(cast.actor("leader"), FieldWords("customers", "Aantal vestigingen", "number"))
    assert made.code == "aantal_vestigingen"
    with pytest.raises(PermissionDenied):
        custom.add_field(cast.actor("account_manager"), FieldWords("customers", "Other", "text"))


def test_two_fields_do_not_have_one_name(db: None, cast: Any) -> None:
    leader = cast.actor("leader")
    custom.add_field(leader, FieldWords("customers", "Keurmerk", "text"))
    with pytest.raises(Refused) as caught:
        custom.add_field(leader, FieldWords("customers", "keurmerk", "text"))
    assert caught.value.code == "custom_field_taken"


def test_a_choice_without_choices_is_refused(db: None, cast: Any) -> None:
    with pytest.raises(Refused) as caught:
        custom.add_field(cast.actor("admin"), FieldWords("customers", "Level", "choice", (" ",)))
    assert caught.value.code == "custom_choices_missing"


def test_a_field_that_is_put_away_keeps_its_values(db: None, cast: Any) -> None:
    leader = cast.actor("leader")
    made = custom.add_field(leader, FieldWords("customers", "Keurmerk", "text"))
    customer = Customer.objects.create(number="1001", custom={made.code: "ISO"})
    custom.change_field(leader, made, FieldWords("customers", "Keurmerk", "text"), is_archived=True)
    assert custom.fields_of("customers", leader) == []
    customer.refresh_from_db()
    assert customer.custom == {made.code: "ISO"}


def test_a_record_is_found_by_what_stands_in_an_own_field(db: None, cast: Any) -> None:
    leader = cast.actor("leader")
    customer = Customer.objects.create(number="1001", name="Hoogwerve")
    editing.change(leader, customer, {"custom.keurmerk": "Zuivelkeur"}, version=1)
    assert [hit.key for hits in find("zuivelkeur", leader) for hit in hits.hits] == ["1001"]

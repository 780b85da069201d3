"""The audit log: complete, unaltered, and without anything about a person in the open."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection, transaction

from bekwaam.access import audit
from bekwaam.access.actions import Person, change_user, create_user, disable_user, invite, set_roles
from bekwaam.access.models import AuditEntry, Company, PersonKey
from bekwaam.access.scope import request_door
from bekwaam.terms.actor import SYSTEM


@pytest.fixture
def person(db):
    return create_user(Person(email="someone@example.test", name="Someone Else"), roles=["marketer"])


def test_every_action_on_a_user_leaves_an_entry_by_whoever_did_it(cast, person):
    admin = cast.actor("admin")
    change_user(admin, person, name="Somebody", seller_code="S7")
    set_roles(admin, person, roles=["leader"], rights=["margins"])
    disable_user(admin, person)
    entries = AuditEntry.objects.filter(object_id=str(person.pk), who=admin.key)
    assert [entry.action for entry in entries] == ["users.changed", "users.roles", "users.disabled"]
    assert {entry.roles for entry in entries} == {"admin"}
    assert entries[1].changes == {
        "roles": {"before": ["marketer"], "after": ["leader"]},
        "rights": {"before": [], "after": ["margins"]},
    }


def test_an_entry_carries_only_what_changed(person, cast):
    change_user(cast.actor("admin"), person, name=person.name, seller_code="S7")
    assert set(AuditEntry.objects.last().changes) == {"seller_code"}


def test_nothing_about_a_person_stands_in_the_open(cast, person):
    invite(cast.actor("admin"), Person(email="new@example.test", name="Newcomer", seller_code="S9"), roles=["board"])
    text = json.dumps(list(AuditEntry.objects.values_list("changes", flat=True)))
    for secret in ("someone@example.test", "Someone Else", "new@example.test", "Newcomer", "S9"):
        assert secret not in text
    assert "argon2" not in text
    assert "password" not in text


def test_whoever_has_the_value_and_the_key_can_check_it(person):
    entry = AuditEntry.objects.get(action="users.made", object_id=str(person.pk))
    key = audit.person_key(audit.person_of(person))
    assert entry.changes["email"]["after"] == audit.hashed_value(key, "email", "someone@example.test")
    assert entry.changes["email"]["after"] != audit.hashed_value(key, "email", "other@example.test")


def test_two_persons_with_one_name_have_two_hashes(db):
    for number in (1, 2):
        create_user(Person(email=f"{number}@example.test", name="Jan"), roles=[])
    hashes = [entry.changes["name"]["after"] for entry in AuditEntry.objects.filter(action="users.made")]
    assert len(set(hashes)) == 2


def test_after_erasure_the_chain_is_whole_and_nothing_matches(person):
    name = audit.person_of(person)
    kept = audit.person_key(name)
    audit.forget(name)
    assert audit.person_key(name) != kept
    assert bytes(PersonKey.objects.get(person=name).key) == b""
    assert audit.first_fault() is None


def test_a_chain_that_nobody_touched_is_whole(person, cast):
    change_user(cast.actor("admin"), person, name="Somebody", seller_code="")
    assert AuditEntry.objects.count() > 3
    assert audit.first_fault() is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("who", "user:999"),
        ("roles", "leader"),
        ("at", "2020-01-01 00:00:00"),
        ("action", "users.nothing"),
        ("object_id", "0"),
        ("changes", '{"name": 1}'),
        ("request_id", "x"),
        ("previous", "f" * 64),
        ("fingerprint", "f" * 64),
    ],
)
def test_an_altered_entry_is_found(person, cast, without_triggers, column, value):
    change_user(cast.actor("admin"), person, name="Somebody", seller_code="")
    entry = AuditEntry.objects.order_by("pk")[1]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE access_auditentry SET {column} = %s WHERE id = %s", [value, entry.pk])
    assert audit.first_fault() == entry.pk


def test_a_removed_entry_is_found(person, cast, without_triggers):
    change_user(cast.actor("admin"), person, name="Somebody", seller_code="")
    first, second, *_rest = AuditEntry.objects.order_by("pk")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_auditentry WHERE id = %s", [second.pk])
    assert audit.first_fault() == second.pk + 1
    assert first.fingerprint


@pytest.fixture
def without_triggers(db):
    from bekwaam.access import chain_triggers

    chain_triggers.take_down(connection)
    yield
    chain_triggers.put_up(connection)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_auditentry SET who = 'nobody'",
        "DELETE FROM access_auditentry",
        "INSERT OR REPLACE INTO access_auditentry SELECT * FROM access_auditentry",
    ],
)
def test_the_database_itself_refuses(person, statement):
    if "OR REPLACE" in statement and connection.vendor != "sqlite":
        pytest.skip("only SQLite has this statement")
    count = AuditEntry.objects.count()
    with (
        pytest.raises(DatabaseError, match="audit entries are never"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.count() == count
    assert audit.first_fault() is None


def test_an_entry_shares_the_fate_of_its_action(db):
    before = AuditEntry.objects.count()
    with transaction.atomic():
        create_user(Person(email="a@example.test", name="A"), roles=[])
        transaction.set_rollback(True)
    assert AuditEntry.objects.count() == before


def test_open_values_of_a_record_without_persons_are_readable(db):
    company = Company(pk=1, name="Pumps and Filters")
    company.save()
    with request_door():
        entry = audit.record(SYSTEM, "settings.company", company, before={"currency": "EUR"}, after={"currency": "USD"})
    assert entry.changes == {"currency": {"before": "EUR", "after": "USD"}}
    assert not PersonKey.objects.exists()

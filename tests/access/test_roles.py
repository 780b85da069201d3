"""Roles and rights: who may do what, and what adding up means."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from bekwaam.access import actions, policy
from bekwaam.access.actions import Person
from bekwaam.access.actor import actor_of
from bekwaam.access.models import RoleGrant, User
from bekwaam.access.models.user import Right, Role
from bekwaam.access.policy import actor_with, may, reach_of
from bekwaam.terms.actor import NOBODY, SYSTEM
from bekwaam.terms.errors import Refused

# The table of the design, written out once more by hand: action → who may do it, and how far.
SALES = {"leader", "account_manager", "inside_sales", "marketer"}
DESIGN = {
    "cockpit.read": dict.fromkeys(SALES | {"colleague"}, "all"),
    "customers.read": dict.fromkeys(SALES | {"colleague"}, "all"),
    "customers.write": {"leader": "all", "account_manager": "own", "inside_sales": "all"},
    "notes.write": dict.fromkeys(SALES | {"colleague"}, "all"),
    "opportunities.read": dict.fromkeys(SALES | {"colleague"}, "all"),
    "opportunities.write": {"leader": "all", "account_manager": "own", "inside_sales": "all"},
    "tasks.read": dict.fromkeys(SALES | {"colleague"}, "all"),
    "tasks.write": {
        "leader": "all",
        "account_manager": "own",
        "inside_sales": "all",
        "marketer": "own",
        "colleague": "own",
    },
    "forecasts.read": {
        "leader": "all",
        "account_manager": "totals",
        "inside_sales": "all",
        "marketer": "all",
        "colleague": "totals",
        "board": "totals",
    },
    "forecasts.write": {"leader": "all"},
    "forecasts.judge": {"leader": "all", "account_manager": "own"},
    "questionnaires.read": dict.fromkeys(("leader", "marketer"), "all"),
    "questionnaires.write": dict.fromkeys(("leader", "marketer"), "all"),
    "imports.read": dict.fromkeys(("leader", "inside_sales", "admin"), "all"),
    "imports.write": dict.fromkeys(("leader", "inside_sales", "admin"), "all"),
    "jobs.read": dict.fromkeys(("leader", "inside_sales", "admin"), "all"),
    "users.read": dict.fromkeys(("leader", "admin"), "all"),
    "users.write": {"admin": "all"},
    "settings.read": dict.fromkeys(("leader", "admin"), "all"),
    "settings.write": {"admin": "all"},
    "switches.read": dict.fromkeys(("leader", "admin"), "all"),
    "switches.write": {"admin": "all"},
    "fields.write": {"leader": "all", "admin": "all"},
    "audit.read": {"admin": "all"},
}


def with_roles(*roles, rights=()):
    return actor_with("user:1", roles=frozenset(roles), rights=frozenset(rights), user_id=1)


@pytest.mark.parametrize("action", sorted(DESIGN))
def test_each_role_may_do_what_the_design_says_and_no_more(action):
    assert {role: reach_of(with_roles(role), action) for role in policy.ROLES} == {
        role: DESIGN[action].get(role) for role in policy.ROLES
    }


def test_the_design_names_every_action():
    assert set(DESIGN) | {"me.read", "me.write", "facts.ask"} == policy.actions()


def test_an_unknown_action_is_a_mistake_not_a_no():
    with pytest.raises(KeyError):
        may(with_roles("leader"), "customers.reed")


def test_the_widest_role_counts():
    assert reach_of(with_roles("account_manager", "leader"), "customers.write") == "all"
    assert reach_of(with_roles("board", "account_manager"), "customers.write") == "own"
    assert reach_of(with_roles("board", "inside_sales"), "forecasts.read") == "all"


@pytest.mark.parametrize("action", sorted(DESIGN))
def test_roles_add_up(action):
    for one in policy.ROLES:
        for other in policy.ROLES:
            both = may(with_roles(one, other), action)
            assert both == (may(with_roles(one), action) or may(with_roles(other), action))


def test_everyone_who_is_signed_in_has_his_own_settings_and_nobody_else_does():
    assert may(with_roles(), "me.write")
    assert not may(NOBODY, "me.write")


def test_questions_on_the_facts_need_the_right_and_a_role_that_sees_lines():
    assert may(with_roles("marketer", rights=["analyst"]), "facts.ask")
    assert not may(with_roles("marketer"), "facts.ask")
    assert not may(with_roles("board", rights=["analyst"]), "facts.ask")


SIGHT = {  # lines, totals, cost without and with the right
    "leader": (True, True, False, True),
    "account_manager": (True, True, False, True),
    "inside_sales": (True, True, False, True),
    "marketer": (True, True, False, True),
    "colleague": (True, True, False, False),
    "fair_staff": (False, False, False, False),
    "board": (False, True, False, True),
    "admin": (False, False, False, False),
}


@pytest.mark.parametrize("role", policy.ROLES)
def test_what_each_role_sees_of_the_figures(role):
    plain, trusted = with_roles(role), with_roles(role, rights=["margins"])
    assert (plain.sees_lines, plain.sees_totals, plain.sees_cost, trusted.sees_cost) == SIGHT[role]


def test_the_system_may_do_what_its_jobs_need():
    for action in ("users.write", "settings.write", "imports.write", "customers.read"):
        assert may(SYSTEM, action)


def test_roles_and_rights_on_the_screen_are_those_of_the_policy():
    assert tuple(Role.values) == policy.ROLES
    assert tuple(Right.values) == policy.RIGHTS


def test_the_actor_of_a_user_carries_his_roles_and_rights_in_one_query(cast, django_assert_num_queries):
    user = cast.user("leader_with_margins")
    with django_assert_num_queries(1):
        actor = actor_of(user)
    assert (actor.key, actor.user_id) == (f"user:{user.pk}", user.pk)
    assert (actor.roles, actor.rights) == ({"leader"}, {"margins"})


def test_whoever_lost_his_roles_may_nothing_from_the_next_question_on(cast):
    user = cast.user("leader")
    actions.set_roles(cast.actor("admin"), user, roles=[], rights=[])
    assert actor_of(user).roles == frozenset()


def test_a_closed_account_is_nobody(cast):
    user = cast.user("leader")
    actions.disable_user(cast.actor("admin"), user)
    assert actor_of(user) == NOBODY


def test_the_last_administrator_stays(cast):
    admin = cast.user("admin")
    with pytest.raises(Refused, match="last_admin"):
        actions.disable_user(cast.actor("admin"), admin)
    with pytest.raises(Refused, match="last_admin"):
        actions.set_roles(cast.actor("admin"), admin, roles=["leader"], rights=[])
    assert actor_of(admin).roles == {"admin"}


def test_one_of_two_administrators_may_go(cast):
    second = actions.create_user(
        Person(email="second@example.test", name="Second"), roles=["admin"], password="a password of its own"
    )
    actions.disable_user(cast.actor("admin"), second)
    assert not User.objects.get(pk=second.pk).is_active


@pytest.mark.parametrize("name", ["leader", "board", "outsider", "anonymous"])
def test_an_action_asks_for_itself_who_calls(cast, name):
    target, actor = cast.user("marketer"), cast.actor(name)
    before = RoleGrant.objects.count()
    calls = [
        lambda: actions.invite(actor, Person(email="x@example.test", name="X"), roles=["admin"]),
        lambda: actions.create_user(Person(email="x@example.test", name="X"), roles=["admin"], actor=actor),
        lambda: actions.reset_link(actor, target),
        lambda: actions.set_roles(actor, target, roles=["admin"], rights=[]),
        lambda: actions.change_user(actor, target, name="X", seller_code=""),
        lambda: actions.disable_user(actor, target),
        lambda: actions.enable_user(actor, target),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied):
            call()
    assert RoleGrant.objects.count() == before


def test_nobody_has_no_settings_of_his_own(cast):
    target, nobody = cast.user("marketer"), cast.actor("anonymous")
    with pytest.raises(PermissionDenied):
        actions.change_me(nobody, target, name="X", language="")
    with pytest.raises(PermissionDenied):
        actions.change_password(nobody, target, "an entirely new password")


def test_the_database_knows_the_roles(cast):
    user = cast.user("outsider")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=user, role="emperor")


def test_the_database_keeps_addresses_in_lower_case(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        User(email="Capital@example.test", name="C").save()


def test_a_user_keeps_no_trace_of_when_he_was_here(cast):
    described = connection.introspection.get_table_description(connection.cursor(), "access_user")
    assert not {column.name for column in described} & {"last_login", "last_seen", "date_joined"}

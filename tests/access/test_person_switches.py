"""Figures about persons: off until the works council's decision is recorded, for whom and as long as it says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from bekwaam.access import tiers
from bekwaam.access.indicators import INDICATORS, RESULTS
from bekwaam.access.models import AuditEntry, PersonIndicator
from bekwaam.access.tiers import Ground

TODAY = date(2026, 9, 21)
GROUND = Ground("letter 12 of 1 September", "better coaching", viewers=("leader",), ends_on=date(2027, 8, 31))
SWITCHED = [code for code, indicator in INDICATORS.items() if indicator.tier != RESULTS]


@pytest.mark.parametrize("code", SWITCHED)
def test_work_behaviour_and_levels_are_off_at_the_start(cast, code):
    assert not tiers.is_on(code, cast.actor("leader"), TODAY)


def test_results_per_portfolio_are_on_at_the_start(cast):
    assert tiers.is_on("portfolio_result", cast.actor("leader"), TODAY)


def test_a_recorded_decision_opens_one_figure_for_the_viewers_it_names(cast):
    tiers.switch_on(cast.actor("admin"), "follow_up_speed", GROUND, today=TODAY)
    assert tiers.is_on("follow_up_speed", cast.actor("leader"), TODAY)
    assert not tiers.is_on("follow_up_speed", cast.actor("marketer"), TODAY)
    assert not tiers.is_on("follow_up_speed", cast.actor("admin"), TODAY)
    assert not tiers.is_on("quiz_result", cast.actor("leader"), TODAY)


def test_the_person_concerned_may_always_look_once_it_is_on(cast):
    marketer = cast.actor("marketer")
    assert not tiers.is_on("follow_up_speed", marketer, TODAY, about=marketer.user_id)
    tiers.switch_on(cast.actor("admin"), "follow_up_speed", GROUND, today=TODAY)
    assert tiers.is_on("follow_up_speed", marketer, TODAY, about=marketer.user_id)
    assert not tiers.is_on("follow_up_speed", marketer, TODAY, about=cast.user("leader").pk)
    assert not tiers.is_on("follow_up_speed", cast.actor("anonymous"), TODAY, about=None)


@pytest.mark.parametrize(("day", "expected"), [(-1, False), (0, True), (344, True), (345, False)])
def test_it_holds_from_its_first_day_until_its_last(cast, day, expected):
    tiers.switch_on(cast.actor("admin"), "follow_up_speed", GROUND, today=TODAY)
    assert GROUND.ends_on - TODAY == timedelta(days=344)
    assert tiers.is_on("follow_up_speed", cast.actor("leader"), TODAY + timedelta(days=day)) is expected


def test_switching_off_works_at_once_and_keeps_the_record(cast):
    admin = cast.actor("admin")
    tiers.switch_on(admin, "follow_up_speed", GROUND, today=TODAY)
    tiers.switch_off(admin, "follow_up_speed")
    assert not tiers.is_on("follow_up_speed", cast.actor("leader"), TODAY)
    assert PersonIndicator.objects.get().closed_by == admin.key


def test_a_new_decision_replaces_the_one_before(cast):
    admin = cast.actor("admin")
    tiers.switch_on(admin, "follow_up_speed", GROUND, today=TODAY)
    narrower = Ground(GROUND.document, GROUND.purpose, ("inside_sales",), GROUND.ends_on)
    tiers.switch_on(admin, "follow_up_speed", narrower, today=TODAY)
    assert not tiers.is_on("follow_up_speed", cast.actor("leader"), TODAY)
    assert PersonIndicator.objects.filter(closed_at__isnull=True).count() == 1


@pytest.mark.parametrize("name", ["leader", "account_manager", "board", "outsider"])
def test_only_an_admin_switches(cast, name):
    with pytest.raises(PermissionDenied):
        tiers.switch_on(cast.actor(name), "follow_up_speed", GROUND, today=TODAY)
    with pytest.raises(PermissionDenied):
        tiers.switch_off(cast.actor(name), "follow_up_speed")


@pytest.mark.parametrize(
    "ground",
    [
        Ground(" ", "coaching", ("leader",), date(2027, 1, 1)),
        Ground("letter", "", ("leader",), date(2027, 1, 1)),
        Ground("letter", "coaching", (), date(2027, 1, 1)),
        Ground("letter", "coaching", ("leader", "admin"), date(2027, 1, 1)),
        Ground("letter", "coaching", ("board",), date(2027, 1, 1)),
        Ground("letter", "coaching", ("leader",), date(2026, 9, 20)),
        Ground("letter", "coaching", ("leader",), date(2036, 9, 20)),
    ],
    ids=[
        "no document",
        "no purpose",
        "no viewers",
        "an admin looks",
        "the board looks",
        "over already",
        "without end in sight",
    ],
)
def test_a_decision_needs_its_ground(cast, ground):
    with pytest.raises(ValueError, match="switch"):
        tiers.switch_on(cast.actor("admin"), "follow_up_speed", ground, today=TODAY)
    assert not PersonIndicator.objects.exists()


def test_what_is_always_on_cannot_be_switched(cast):
    with pytest.raises(ValueError, match="always on"):
        tiers.switch_on(cast.actor("admin"), "portfolio_result", GROUND, today=TODAY)


def test_an_unknown_figure_is_a_mistake(cast):
    with pytest.raises(KeyError):
        tiers.is_on("hours_at_desk", cast.actor("leader"), TODAY)


def test_each_decision_is_in_the_audit_log(cast):
    admin = cast.actor("admin")
    tiers.switch_on(admin, "follow_up_speed", GROUND, today=TODAY)
    tiers.switch_off(admin, "follow_up_speed")
    assert [entry.action for entry in AuditEntry.objects.filter(who=admin.key)] == ["switches.on", "switches.off"]


def row(model, **more):
    """A switch, written past the action."""
    values = {
        "indicator": "follow_up_speed",
        "tier": 2,
        "document": "letter",
        "purpose": "coaching",
        "made_by": "user:1",
    }
    return model.objects.create(
        **values | {"starts_on": TODAY, "ends_on": GROUND.ends_on, "made_at": timezone.now()} | more
    )


def test_one_switch_of_a_figure_is_open_whatever_writes_it(cast):
    tiers.switch_on(cast.actor("admin"), "follow_up_speed", GROUND, today=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        row(PersonIndicator)
    row(PersonIndicator, closed_at=timezone.now(), closed_by="user:1")
    row(PersonIndicator, indicator="quiz_result")


def test_an_upgrade_keeps_the_newest_open_switch(transactional_db):
    before = MigrationExecutor(connection)
    before.migrate([("access", "0004_mail")])
    model = before.loader.project_state([("access", "0004_mail")]).apps.get_model("access", "PersonIndicator")
    older, newest, other = row(model), row(model), row(model, indicator="quiz_result")
    after = MigrationExecutor(connection)
    after.migrate(after.loader.graph.leaf_nodes())
    still_open = PersonIndicator.objects.filter(closed_at__isnull=True)
    assert set(still_open.values_list("pk", flat=True)) == {newest.pk, other.pk}
    assert PersonIndicator.objects.get(pk=older.pk).closed_by == "system"

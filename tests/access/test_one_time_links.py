"""One-time links: they work once, for whom they were made, until they expire."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bekwaam.access import actions, links
from bekwaam.access.actions import Person
from bekwaam.access.models import OneTimeLink, RoleGrant, User
from bekwaam.terms.errors import Refused

NEW = "an entirely new password"
ADA = Person(email="Ada@Example.test", name="Ada")


def test_the_database_keeps_no_token(cast):
    _user, token = actions.invite(cast.actor("admin"), ADA, roles=["leader"])
    kept = OneTimeLink.objects.get()
    assert token not in (kept.token_hash, str(kept))
    assert len(token) >= 40


def test_an_invitation_makes_an_account_that_opens_with_the_link_only(cast):
    user, token = actions.invite(cast.actor("admin"), ADA, roles=["leader"], rights=["margins"])
    assert user.email == "ada@example.test"
    assert not user.has_usable_password()
    actions.accept(token, password=NEW)
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_link_works_once(cast):
    _user, token = actions.invite(cast.actor("admin"), ADA, roles=[])
    actions.accept(token, password=NEW)
    with pytest.raises(Refused, match="link_dead"):
        actions.accept(token, password="another password altogether")


@pytest.mark.parametrize("token", ["", "x" * 43, "’; DROP TABLE access_user; --", "../../etc/passwd"])
def test_a_forged_link_is_dead(db, token):
    with pytest.raises(Refused, match="link_dead"):
        actions.accept(token, password=NEW)


def test_an_expired_link_is_dead(cast):
    _user, token = actions.invite(cast.actor("admin"), ADA, roles=[])
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="link_dead"):
        actions.accept(token, password=NEW)


def test_a_new_link_ends_the_one_before(cast):
    user, first = actions.invite(cast.actor("admin"), ADA, roles=[])
    second = actions.reset_link(cast.actor("admin"), user)
    assert links.find(first) is None
    assert links.find(second).kind == OneTimeLink.Kind.INVITATION


def test_a_link_dies_when_its_user_sets_his_password_himself(cast):
    """He remembered it after all, or someone else asked for the link: it must not set another one later."""
    user = cast.user("leader")
    token = actions.reset_link(cast.actor("admin"), user)
    actions.change_password(cast.actor("leader"), user, NEW)
    assert links.find(token) is None
    with pytest.raises(Refused, match="link_dead"):
        actions.accept(token, password="another password altogether")
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_link_dies_with_its_account(cast):
    user, token = actions.invite(cast.actor("admin"), ADA, roles=[])
    actions.disable_user(cast.actor("admin"), user)
    assert links.find(token) is None
    actions.enable_user(cast.actor("admin"), user)
    assert links.find(token) is None


def test_a_working_link_opens_no_closed_account(cast):
    user, token = actions.invite(cast.actor("admin"), ADA, roles=[])
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert links.find(token) is None


def test_a_refused_use_leaves_the_link_whole(cast):
    """The mark of use and the new password are one transaction."""
    _user, token = actions.invite(cast.actor("admin"), ADA, roles=[])
    with pytest.raises(TypeError):
        actions.accept(token, password=object())
    assert links.find(token) is not None


def test_two_requests_with_one_link_cannot_both_win(cast):
    _user, token = actions.invite(cast.actor("admin"), ADA, roles=[])
    link = links.find(token)
    assert links.use_up(link) is True
    assert links.use_up(link) is False


def test_a_link_for_the_first_admin_is_no_invitation(db):
    token = actions.first_admin_link("http://127.0.0.1:8000").rstrip("/").rsplit("/", 1)[-1]
    with pytest.raises(Refused, match="link_dead"):
        actions.accept(token, password=NEW)
    assert not User.objects.exists()


def test_the_first_admin_gets_in_by_the_printed_link(db):
    address = actions.first_admin_link("http://127.0.0.1:8000/")
    assert address.startswith("http://127.0.0.1:8000/link/")
    token = address.rstrip("/").rsplit("/", 1)[-1]
    user = actions.accept_as_first_admin(token, ADA, password=NEW, leads_sales=True)
    assert set(RoleGrant.objects.filter(user=user).values_list("role", flat=True)) == {"admin", "leader"}
    assert actions.first_admin_link("http://127.0.0.1:8000") is None


def test_a_first_admin_who_does_not_lead_sales_is_admin_alone(db):
    token = actions.first_admin_link("http://127.0.0.1").rstrip("/").rsplit("/", 1)[-1]
    user = actions.accept_as_first_admin(token, ADA, password=NEW, leads_sales=False)
    assert list(RoleGrant.objects.filter(user=user).values_list("role", flat=True)) == ["admin"]
    assert not user.right_grants.exists()


def test_each_start_without_an_admin_prints_a_link_and_the_last_one_counts(db):
    first, second = (actions.first_admin_link("http://127.0.0.1") for _ in range(2))
    assert links.find(first.rstrip("/").rsplit("/", 1)[-1]) is None
    assert links.find(second.rstrip("/").rsplit("/", 1)[-1]) is not None


def test_an_invited_admin_who_never_came_does_not_lock_the_installation(db):
    actions.create_user(ADA, roles=["admin"])
    assert actions.first_admin_link("http://127.0.0.1") is not None


def test_the_first_link_is_dead_once_there_is_an_admin(cast, db):
    token = actions.first_admin_link("http://127.0.0.1").rstrip("/").rsplit("/", 1)[-1]
    cast.user("admin")
    with pytest.raises(Refused, match="link_dead"):
        actions.accept_as_first_admin(token, ADA, password=NEW, leads_sales=True)


def test_an_address_is_taken_whatever_its_capitals(cast):
    actions.invite(cast.actor("admin"), ADA, roles=[])
    with pytest.raises(Refused, match="email_taken"):
        actions.invite(cast.actor("admin"), Person(email="ADA@example.TEST ", name="Ada again"), roles=[])

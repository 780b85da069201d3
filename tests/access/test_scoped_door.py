"""The scoped door: inside a request, rows are read for someone or not at all."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.db.models import Q
from django.http import StreamingHttpResponse

from bekwaam.access import queries
from bekwaam.access.middleware import request_in_scope
from bekwaam.access.models import Denial, PersonIndicator, RoleGrant, User
from bekwaam.access.scope import ScopedModel, UnscopedRead, request_door, system_door

SOURCE = Path(__file__).parents[2] / "src" / "bekwaam"


def test_the_default_manager_refuses_inside_a_request(cast):
    cast.user("leader")
    with request_door(), pytest.raises(UnscopedRead, match="RoleGrant"):
        RoleGrant.objects.count()


def test_users_are_no_exception(cast):
    """Signing in comes before any actor: it opens the door itself, for exactly that."""
    email = cast.user("leader").email
    with request_door():
        for look in (User.objects.count, User.objects.first, lambda: User.objects.filter(email=email).exists()):
            with pytest.raises(UnscopedRead, match="User"):
                look()
        assert User.objects.get_by_natural_key(email.upper()) == cast.user("leader")


def test_the_default_manager_works_outside_requests(cast):
    cast.user("leader")
    assert RoleGrant.objects.count() == 1


def test_an_action_may_open_the_system_door_and_the_request_stays_shut_after_it(cast):
    with request_door():
        with system_door():
            RoleGrant.objects.count()
        with pytest.raises(UnscopedRead):
            RoleGrant.objects.count()


def test_creating_through_the_manager_is_refused_too(db):
    with request_door(), pytest.raises(UnscopedRead):
        Denial.objects.create(action="users.read", method="GET", route="users")


def test_a_reverse_relation_is_no_way_around(cast):
    leader = cast.user("leader")
    with request_door(), pytest.raises(UnscopedRead):
        leader.role_grants.count()


def test_an_admin_reaches_every_user_and_an_account_manager_only_himself(cast):
    admin, seller = cast.actor("admin"), cast.actor("account_manager")
    with request_door():
        assert User.scoped(admin).count() == 2
        assert [user.pk for user in User.scoped(seller)] == [seller.user_id]


def test_nobody_reaches_nothing(cast):
    cast.user("admin")
    nobody = cast.actor("anonymous")
    assert not User.scoped(nobody).exists()
    assert not RoleGrant.scoped(nobody).exists()
    assert not PersonIndicator.scoped(nobody).exists()


def test_a_page_that_forgets_whose_eyes_it_serves_breaks_instead_of_leaking(cast, monkeypatch):
    browser = cast.client("admin")
    monkeypatch.setattr(queries, "user_rows", lambda actor: list(RoleGrant.objects.all()))
    with pytest.raises(UnscopedRead):
        browser.get("/users/")


def test_a_streamed_answer_is_made_behind_the_door_too(rf, cast):
    cast.user("admin")

    def parts():
        yield b"first"
        yield str(RoleGrant.objects.count()).encode()

    response = request_in_scope(lambda request: StreamingHttpResponse(parts()))(rf.get("/"))
    with pytest.raises(UnscopedRead):
        list(response.streaming_content)
    assert RoleGrant.objects.count() == 1


def test_a_model_without_a_reach_cannot_be_read(cast):
    class Forgotten(ScopedModel):
        class Meta:
            app_label = "access"
            managed = False

    with pytest.raises(NotImplementedError, match="Forgotten"):
        Forgotten.scoped(cast.actor("leader"))


def test_everything_is_an_empty_condition_and_nothing_is_none(cast):
    assert User.reach(cast.actor("admin")) == Q()
    assert User.reach(cast.actor("anonymous")) is None


def _views() -> list[Path]:
    return [
        *(SOURCE / "faces" / "web").glob("*.py"),
        *SOURCE.glob("workspaces/*/views.py"),
        *SOURCE.glob("workspaces/*/views/*.py"),
    ]


@pytest.mark.parametrize("path", _views(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_view_reads_past_the_door(path):
    names = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
    assert not names & {"objects", "_base_manager", "_default_manager", "all_objects"}
    assert "system_door" not in path.read_text()

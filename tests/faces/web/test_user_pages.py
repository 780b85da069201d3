"""The pages about users: inviting, the link that is shown once, roles, closing and opening."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from bekwaam.access.actor import actor_of
from bekwaam.access.models import OneTimeLink, User
from bekwaam.access.queries import user_rows

NEW = "an entirely new password"


def invite(browser, **values):
    data = {"email": "new@example.test", "name": "Newcomer", "roles": ["marketer"], "rights": ["margins"], **values}
    return browser.post("/users/invite/", data)


def link_on(response) -> str:
    return re.search(r"http://testserver(/link/[\w-]+/)", response.content.decode()).group(1)


def test_an_invited_colleague_walks_in(cast):
    link = link_on(invite(cast.client("admin")))
    visitor = Client()
    assert "new@example.test" in visitor.get(link).content.decode()
    response = visitor.post(link, {"password": NEW, "again": NEW})
    assert (response.status_code, response["Location"]) == (302, "/start/")
    user = User.objects.get(email="new@example.test")
    assert actor_of(user).roles == {"marketer"}
    assert actor_of(user).rights == {"margins"}
    assert visitor.get("/me/").status_code == 200
    assert Client().get(link).status_code == 410


def test_the_link_is_not_shown_again(cast):
    browser = cast.client("admin")
    link = link_on(invite(browser))
    user = User.objects.get(email="new@example.test")
    for address in ("/users/", f"/users/{user.pk}/"):
        assert link not in browser.get(address).content.decode()


def test_looking_at_a_link_does_not_use_it_up(cast):
    link = link_on(invite(cast.client("admin")))
    for _look in range(3):
        assert Client().get(link).status_code == 200


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("eleven char", "eleven char", "12"),
        ("password1234", "password1234", "common"),
        (NEW, NEW + "x", "differ"),
        ("x" * 300, "x" * 300, "256"),
    ],
    ids=["too short", "everyone's", "two different", "too long"],
)
def test_a_poor_password_is_refused_with_words_and_the_link_still_works(cast, password, again, words):
    link = link_on(invite(cast.client("admin")))
    response = Client().post(link, {"password": password, "again": again})
    assert response.status_code == 200
    assert words in response.content.decode()
    assert password not in response.content.decode()
    assert Client().post(link, {"password": NEW, "again": NEW}).status_code == 302


def test_a_password_of_sixty_four_spaces_and_letters_is_fine(cast):
    link = link_on(invite(cast.client("admin")))
    long = "blank spaces count " * 4
    assert Client().post(link, {"password": long, "again": long}).status_code == 302
    assert User.objects.get(email="new@example.test").check_password(long)


def test_an_unknown_a_used_and_an_expired_link_get_the_very_same_page(cast):
    used = link_on(invite(cast.client("admin")))
    Client().post(used, {"password": NEW, "again": NEW})
    expired = link_on(invite(cast.client("admin"), email="late@example.test"))
    OneTimeLink.objects.filter(user__email="late@example.test").update(expires_at="2020-01-01T00:00Z")
    answers = {
        (response.status_code, response.content)
        for response in (Client().get(address) for address in ("/link/forged/", used, expired))
    }
    assert len(answers) == 1
    assert answers.pop()[0] == 410


def test_links_cannot_be_guessed_without_end(db):
    statuses = [Client().post("/link/guess/", {"password": NEW, "again": NEW}).status_code for _try in range(21)]
    assert statuses == [410] * 20 + [429]


def test_the_first_administrator_walks_in_by_the_printed_link(db):
    from bekwaam.access.actions import first_admin_link

    link = first_admin_link("http://testserver").removeprefix("http://testserver")
    visitor = Client()
    assert visitor.get(link).status_code == 200
    data = {"email": "Boss@Example.test", "name": "Boss", "password": NEW, "again": NEW, "leads_sales": "on"}
    assert visitor.post(link, data).status_code == 302
    assert actor_of(User.objects.get(email="boss@example.test")).roles == {"admin", "leader"}
    assert visitor.get("/users/").status_code == 200
    assert Client().get(link).status_code == 410


def test_mass_assignment_changes_nothing_that_was_not_asked(cast):
    link = link_on(invite(cast.client("admin"), roles=[]))
    user = User.objects.get(email="new@example.test")
    extra = {"is_active": "", "email": "other@example.test", "roles": ["admin"], "session_seal": "x", "pk": "1"}
    Client().post(link, {"password": NEW, "again": NEW, **extra})
    cast.client("admin").post(f"/users/{user.pk}/", {"name": "Renamed", "email": "other@example.test", "password": "x"})
    user.refresh_from_db()
    assert (user.email, user.name, user.is_active) == ("new@example.test", "Renamed", True)
    assert user.check_password(NEW)
    assert actor_of(user).roles == frozenset()


def test_an_address_that_is_taken_is_said_beside_its_field(cast):
    browser = cast.client("admin")
    invite(browser)
    response = invite(browser, email="NEW@example.test")
    assert response.status_code == 200
    assert User.objects.filter(email="new@example.test").count() == 1
    assert not re.search(r"/link/", response.content.decode())


def test_roles_are_changed_on_the_page_of_a_user(cast):
    user = cast.user("marketer")
    data = {"name": "Marketer", "roles": ["leader", "board"], "rights": [], "seller_code": "S4"}
    assert cast.client("admin").post(f"/users/{user.pk}/", data).status_code == 302
    user.refresh_from_db()
    assert actor_of(user).roles == {"leader", "board"}
    assert user.seller_code == "S4"


def test_an_unknown_role_is_refused(cast):
    user = cast.user("marketer")
    response = cast.client("admin").post(f"/users/{user.pk}/", {"name": "M", "roles": ["emperor"]})
    assert response.status_code == 200
    assert actor_of(user).roles == {"marketer"}


def test_the_last_administrator_is_told_why_he_stays(cast):
    browser, admin = cast.client("admin"), cast.user("admin")
    response = browser.post(f"/users/{admin.pk}/", {"name": "Admin", "roles": ["leader"]})
    assert response.status_code == 200
    assert actor_of(admin).roles == {"admin"}
    browser.post(f"/users/{admin.pk}/close/")
    admin.refresh_from_db()
    assert admin.is_active


def test_closing_and_opening(cast):
    browser, user = cast.client("admin"), cast.user("marketer")
    assert browser.post(f"/users/{user.pk}/close/").status_code == 302
    user.refresh_from_db()
    assert not user.is_active
    assert browser.post(f"/users/{user.pk}/link/").status_code == 404
    browser.post(f"/users/{user.pk}/open/")
    user.refresh_from_db()
    assert user.is_active


def test_a_reset_link_lets_someone_in_again(cast):
    link = link_on(cast.client("admin").post(f"/users/{cast.user('marketer').pk}/link/"))
    assert Client().post(link, {"password": NEW, "again": NEW}).status_code == 302
    assert User.objects.get(pk=cast.user("marketer").pk).check_password(NEW)


def test_a_leader_sees_the_list_and_no_way_to_change_it(cast):
    page = cast.client("leader").get("/users/").content.decode()
    assert "leader@example.test" in page
    assert "/users/invite/" not in page


def test_the_list_costs_the_same_queries_for_many_users(cast, django_assert_num_queries):
    admin = cast.actor("admin")
    for name in ("leader", "marketer", "board", "outsider", "leader_with_margins"):
        cast.user(name)
    with django_assert_num_queries(3):
        rows = user_rows(admin)
    assert len(rows) == 6


def test_the_address_of_a_link_is_never_what_a_visitor_typed(cast, settings):
    from bekwaam.config.address import Address

    settings.BEKWAAM_ADDRESS = Address.read("https://crm.example.org")
    page = invite(cast.client("admin")).content.decode()
    assert "https://crm.example.org/link/" in page
    assert "testserver" not in page

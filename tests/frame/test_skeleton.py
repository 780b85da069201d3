"""The skeleton: landmarks, the way past the navigation, the rooms of the visitor, and as of when figures are true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from rendered import Page

from bekwaam.access.policy import actor_with
from bekwaam.frame import navigation, palette
from bekwaam.frame.navigation import Room, administration_for, entries_for, rooms_for
from bekwaam.frame.palette import Question
from bekwaam.frame.stand import current_stand, stand_in_words
from bekwaam.terms.actor import NOBODY, Actor

LEADER = actor_with("user:1", roles=frozenset({"leader"}), rights=frozenset(), user_id=1)
ADMIN = actor_with("user:2", roles=frozenset({"leader", "admin"}), rights=frozenset(), user_id=2)
BOARD = actor_with("user:3", roles=frozenset({"board"}), rights=frozenset(), user_id=3)
ROOMS = {
    "rooms.first": Room("first", "First", "start", "cockpit.read", count=lambda _actor: 1284),
    "rooms.second": Room("second", "Second", "me", "imports.read"),
    "rooms.third": Room("third", "Third", "healthz", "forecasts.read", count=lambda _actor: 0),
}

WEEK = Question("What needs attention?", "start", "cockpit.read")


@dataclass(frozen=True)
class Run:
    as_of: date = date(2026, 3, 3)
    ended_at: datetime | None = datetime(2026, 3, 3, 6, 12, tzinfo=UTC)
    facts_version: int = 1412


def current_run(_actor: Actor) -> Run:
    return Run()


@pytest.fixture(autouse=True)
def three_rooms(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import_module(settings.ROOT_URLCONF)  # the addresses are those of the real rooms
    settings.BEKWAAM_ROOMS = tuple(ROOMS)
    settings.BEKWAAM_STAND = f"{__name__}.current_run"
    declared = {f"{package}.navigation": SimpleNamespace(ROOM=room) for package, room in ROOMS.items()}
    monkeypatch.setattr(navigation, "import_module", declared.__getitem__)
    monkeypatch.setattr(palette, "import_module", lambda _name: SimpleNamespace(QUESTIONS=(WEEK,)))


def asked_by(actor: Actor, *, module: str = "rooms.second.views", url_name: str = "") -> Any:
    """A request on a page whose view stands in this module."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.actor = actor
    view = SimpleNamespace(__module__=module)
    request.resolver_match = SimpleNamespace(func=view, url_name=url_name)
    return request


def page(actor: Actor, blocks: str = "", skeleton: str = "frame/base.html", **context: Any) -> Page:
    source = '{% extends "' + skeleton + '" %}' + blocks
    html = engines["django"].from_string(source).render(context, asked_by(actor))
    read = Page(html)
    assert read.unclosed == []
    assert read.refused() == []
    return read


def test_each_actor_sees_the_rooms_he_may_enter() -> None:
    assert [room.code for room in rooms_for(LEADER)] == ["first", "second", "third"]
    assert [room.code for room in rooms_for(BOARD)] == ["third"]
    assert rooms_for(NOBODY) == []


def test_the_room_whose_view_answers_is_the_active_one() -> None:
    assert [entry.is_active for entry in entries_for(asked_by(LEADER))] == [False, True, False]
    deeper = asked_by(LEADER, module="rooms.first.views.list")
    assert [entry.is_active for entry in entries_for(deeper)] == [True, False, False]
    alike = asked_by(LEADER, module="rooms.firstly.views")
    assert not any(entry.is_active for entry in entries_for(alike))


def test_a_page_that_was_not_found_belongs_to_no_room() -> None:
    request = asked_by(ADMIN)
    request.resolver_match = None
    assert not any(entry.is_active for entry in entries_for(request) + administration_for(request))


def test_only_who_looks_after_the_installation_sees_its_pages() -> None:
    names = [entry.code for entry in administration_for(asked_by(ADMIN, url_name="users"))]
    assert names == ["questionnaires", "users", "company", "mail", "custom_fields", "switches"]
    assert administration_for(asked_by(BOARD)) == []


def test_a_page_of_the_shell_without_an_address_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = Room("absent", "Absent", "no-such-page", "users.read")
    monkeypatch.setattr(navigation, "ADMINISTRATION", (absent, *navigation.ADMINISTRATION))
    assert "absent" not in [entry.code for entry in administration_for(asked_by(ADMIN))]


@pytest.mark.django_db
class TestPage:
    def test_it_has_landmarks_and_a_way_past_the_navigation(self) -> None:
        read = page(LEADER, "{% block question %}Why?{% endblock %}")
        assert read.one("h1").text == "Why?"
        assert read.one("main").attributes["id"] == "content"
        assert read.one("a", css="skip").attributes["href"] == "#content"
        assert read.elements.index(read.one(css="skip")) < read.elements.index(read.all("nav")[0])
        assert all(nav.attributes["aria-label"] for nav in read.all("nav"))

    def test_it_speaks_the_language_of_the_reader(self) -> None:
        with translation.override("nl"):
            assert page(LEADER).one("html").attributes["lang"] == "nl"
        assert page(LEADER).one("html").attributes["lang"] == "en"

    def test_the_rooms_stand_at_the_side_and_in_the_menu_of_a_phone(self) -> None:
        read = page(LEADER)
        here = read.all("a", aria_current="page")
        assert [link.text for link in here] == ["Second", "Second"]
        assert all("rooms__link" in link.attributes["class"] for link in here)
        assert [count.text for count in read.all(css="rooms__count")] == ["1,284", "1,284"]

    def test_who_is_not_signed_in_sees_no_rooms(self) -> None:
        read = page(NOBODY)
        assert not read.all("a", css="rooms__link")
        assert not read.all(css="visitor__role")

    def test_the_foot_tells_the_role_and_the_stand(self) -> None:
        read = page(ADMIN)
        assert read.all(css="visitor__role")[0].text == "Sales leader, Administrator"
        assert "As of 3\u00a0March\u00a007:12" in read.all(css="side__foot")[0].text

    def test_the_page_line_tells_as_of_when_and_from_which_data(self) -> None:
        told = page(LEADER).one(css="page-line__right").text
        assert told == "As of 3\u00a0March\u00a007:12 · data version 1,412"

    def test_the_run_of_the_page_itself_comes_first(self) -> None:
        told = page(LEADER, run=Run(as_of=date(2011, 12, 10), facts_version=3)).one(css="page-line__right").text
        assert told == "As of 10\u00a0December\u00a02011 · data version 3"

    def test_an_answer_that_is_not_given_leaves_an_empty_element(self) -> None:
        assert page(LEADER).one("p", css="answer").text == ""

    def test_a_plain_page_has_no_navigation(self) -> None:
        read = page(NOBODY, "{% block question %}Sign in{% endblock %}", "frame/plain.html")
        assert read.one("h1").text == "Sign in"
        assert not read.all("nav")

    def test_styles_scripts_and_fonts_come_from_the_installation(self) -> None:
        read = page(LEADER)
        addresses = [link.attributes["href"] for link in read.all("link")]
        addresses += [script.attributes["src"] for script in read.all("script")]
        assert len(addresses) > 5
        assert all(address.startswith("/static/") for address in addresses)

    def test_htmx_is_told_what_the_policy_forbids(self) -> None:
        told = page(LEADER).one("meta", name="htmx-config").attributes["content"]
        for switch in ('"includeIndicatorStyles": false', '"allowEval": false', '"allowScriptTags": false'):
            assert switch in told

    def test_the_panel_of_a_why_joins_its_title_and_its_words(self) -> None:
        read = Page(engines["django"].from_string('{% extends "frame/_why.html" %}').render({}, asked_by(LEADER)))
        assert read.one("aside").attributes["aria-labelledby"] == read.one("h2").attributes["id"]


def test_figures_for_another_day_than_they_were_made_show_the_bare_day() -> None:
    assert stand_in_words(Run()) == "as of 3\u00a0March\u00a007:12"
    assert stand_in_words(Run(ended_at=None)) == "as of 3\u00a0March\u00a02026"
    assert stand_in_words(Run(as_of=date(2026, 3, 2))) == "as of 2\u00a0March\u00a02026"


def test_without_anyone_who_tells_there_is_no_stand(settings: Any) -> None:
    settings.BEKWAAM_STAND = ""
    assert current_stand(LEADER) is None

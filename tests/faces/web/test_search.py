"""The page of the search, and what the palette fetches: everyone finds what is his, and the words of his language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from bekwaam.access.policy import actions as known_actions
from bekwaam.frame.palette import Action, Question, actions_for, questions_for, record_pages
from bekwaam.records import finding
from bekwaam.records.models import Customer, Product
from bekwaam.records.models.search import SEARCHED
from bekwaam.terms.actor import NOBODY

HTMX = {"hx-request": "true"}


@pytest.fixture(autouse=True)
def speech_stays_here() -> Iterator[None]:
    """What a page spoke last is not what the next test speaks."""
    with translation.override(translation.get_language()):
        yield


@pytest.fixture
def hoogwerve(db: None) -> None:
    customers = [Customer(number="1001", name="Hoogwerve <Machinebouw> B.V.", city="Almelo")]
    products = [Product(code="FP/12", description="Hoogtemeter")]
    for kind, rows in (("customers", customers), ("products", products)):
        type(rows[0]).objects.bulk_create(rows)
        finding.index(kind, rows)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def links_of(response: Any) -> list[str]:
    """The addresses of what was found; the palette of the page itself stands after it."""
    html = response.content.decode().partition('class="found" data-found')[2].partition("<dialog")[0]
    return re.findall(r'class="found__line[^"]*" href="([^"]+)"', html)


class TestPage:
    def test_a_form_without_any_script_finds_a_customer(self, cast: Any, hoogwerve: None) -> None:
        response = cast.client("colleague").get("/search/", {"q": "hoog"}, headers={"accept-language": "en"})
        assert "/customers/1001/" in links_of(response)
        assert "<b>Hoog</b>werve &lt;Machinebouw&gt; B.V." in response.content.decode()
        assert "Two found." in text_of(response)

    def test_the_palette_gets_the_part_without_the_page(self, cast: Any, hoogwerve: None) -> None:
        response = cast.client("colleague").get("/search/", {"q": "hoog"}, headers=HTMX)
        assert "/customers/1001/" in links_of(response)
        assert "<html" not in response.content.decode()
        assert "HX-Request" in response.headers["Vary"]

    def test_nothing_found_says_what_to_try(self, cast: Any, hoogwerve: None) -> None:
        response = cast.client("colleague").get("/search/", {"q": "<zzz>"}, headers={"accept-language": "nl"})
        assert "Voor ‘&lt;zzz&gt;’ is niets gevonden. Probeer minder woorden" in text_of(response)

    def test_an_empty_search_shows_what_can_be_done_and_asked(self, cast: Any) -> None:
        assert "/forecasts/" in links_of(cast.client("leader").get("/search/"))

    @pytest.mark.parametrize("text", ["\0", "a" * 5_000, "a " * 3_000, "%", "' OR 1=1", '"*', "😀"])
    def test_whatever_is_typed_gets_an_answer(self, cast: Any, hoogwerve: None, text: str) -> None:
        assert cast.client("colleague").get("/search/", {"q": text}).status_code == 200

    def test_more_of_a_kind_stands_on_its_own_page(self, cast: Any, hoogwerve: None) -> None:
        rows = [Customer(number=f"2{n:03}", name=f"Hoog {n}") for n in range(10)]
        Customer.objects.bulk_create(rows)
        finding.index("customers", rows)
        browser = cast.client("colleague")
        part = browser.get("/search/", {"q": "hoog"}, headers=HTMX)
        more = next(link for link in links_of(part) if "kind=customers" in link).replace("&amp;", "&")
        assert len(links_of(browser.get(more))) == 11


class TestReach:
    @pytest.mark.parametrize("who", ["board", "fair_staff", "admin", "outsider"])
    def test_who_may_not_read_customers_reads_no_name_and_no_count(self, cast: Any, hoogwerve: None, who: str) -> None:
        response = cast.client(who).get("/search/", {"q": "hoog"}, headers=HTMX | {"accept-language": "en"})
        assert links_of(response) == []
        assert "Nothing was found" in text_of(response)

    def test_actions_are_only_those_that_one_may_do(self, cast: Any) -> None:
        titles = {who: [line.title for line in actions_for(cast.actor(who))] for who in ("admin", "colleague")}
        assert "Invite a colleague" in titles["admin"]
        assert set(titles["colleague"]) >= {"Change my settings", "Choose another password"}
        assert "Invite a colleague" not in titles["colleague"]
        assert actions_for(NOBODY) == questions_for(NOBODY) == []

    def test_questions_are_found_in_any_form_of_their_words(self, cast: Any) -> None:
        browser = cast.client("colleague")
        dutch = browser.get("/search/", {"q": "klant dreigen"}, headers=HTMX | {"accept-language": "nl"})
        assert "Welke klanten dreigen af te haken?" in text_of(dutch)


class TestDeclared:
    """What the rooms give to the palette holds together."""

    def declared(self, name: str) -> list[Any]:
        modules = [import_module(f"{room}.palette") for room in settings.BEKWAAM_ROOMS]
        return [one for module in modules for one in getattr(module, name, ())]

    def test_addresses_and_permissions_exist(self) -> None:
        for one in [*self.declared("ACTIONS"), *self.declared("QUESTIONS")]:
            assert isinstance(one, Action | Question)
            assert reverse(one.url_name)
            assert one.action in known_actions()

    def test_a_letter_means_one_thing(self) -> None:
        keys = [one.key for one in self.declared("ACTIONS") if one.key]
        assert len(keys) == len(set(keys))
        assert not set(keys) & set("jk/?")

    def test_every_kind_that_is_searched_has_a_page(self, hoogwerve: None, cast: Any) -> None:
        assert set(record_pages()) == set(SEARCHED)
        assert record_pages()["customers"].address("A/1").startswith("/")

    def test_a_question_is_asked_as_on_the_pages(self) -> None:
        with translation.override("nl"):
            assert all(str(one.title).endswith("?") for one in self.declared("QUESTIONS"))

"""The list of customers with keys, a choice and its undo, a saved view: in both languages, themes and widths."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from serving_home import Served, serve, stop
from watching import Watched

pytestmark = pytest.mark.browser

PASSWORD = "a quiet river in spring"
SERIOUS = {"serious", "critical"}
WORDS = {
    "nl": {
        "save": "Weergave bewaren",
        "name": "Naam",
        "segment": "Segment",
        "undo": "Ongedaan maken",
        "open": "Open klant",
    },
    "en": {"save": "Save view", "name": "Name", "segment": "Segment", "undo": "Undo", "open": "Open customer"},
}
MAKE_CUSTOMERS = """
import django; django.setup()
import sys; sys.path.insert(0, sys.argv[1])
from many_customers import many_customers
run = many_customers(120, slipping=9)
run.facts_version = 0  # this home has no order lines
run.save()
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("lists") / "home"
    running = serve(home)
    stop(running)
    helpers = Path(__file__).parents[1] / "workspaces"
    subprocess.run(
        [sys.executable, "-c", MAKE_CUSTOMERS, str(helpers)],
        check=True,
        env={"BEKWAAM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "bekwaam.config.settings", "PATH": "/usr/bin:/bin"},
    )
    running = serve(home)
    yield running
    stop(running)


@pytest.fixture(scope="module")
def leader(served: Served, chromium: Any) -> dict[str, Any]:
    """The cookies of a leader who signed in once."""
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(served.first_admin_link)
    page.fill("[name=email]", "leader@example.test")
    page.fill("[name=name]", "Sales leader")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.check("[name=leads_sales]")
    page.click("main button[type=submit]")
    state = context.storage_state()
    context.close()
    return state


def nothing_serious(page: Page) -> None:
    found = Axe().run(page, options={"preload": False}).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:160]) for rule in found if rule["impact"] in SERIOUS] == []


def no_sideways(page: Page) -> None:
    """The page itself never scrolls sideways; a wide table does inside its own frame."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.fixture(params=[("nl", "light", 1280), ("en", "dark", 1280), ("nl", "dark", 390), ("en", "light", 390)])
def seat(request: pytest.FixtureRequest, visitor: Callable[..., Watched], leader: dict[str, Any]) -> Any:
    language, theme, width = request.param
    watched = visitor(language, theme, width)
    watched.page.context.add_cookies(leader["cookies"])
    return watched, WORDS[language], width


def test_a_list_is_walked_looked_into_and_chosen_from_by_keys(served: Served, seat: Any) -> None:
    watched, _words, _width = seat
    page = watched.page
    page.goto(f"{served.url}/customers/")
    nothing_serious(page)
    no_sideways(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    panel = page.locator("[data-preview-panel]")
    expect(panel).to_contain_text("2 ")
    expect(panel).to_contain_text("Klant 0001")
    nothing_serious(page)
    page.keyboard.press("j")
    expect(panel).to_contain_text("Klant 0002")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.keyboard.press("x")
    expect(page.locator("[data-bulk-bar]")).to_be_visible()
    expect(page.locator(".filter-line")).to_be_hidden()
    expect(page.locator("[data-bulk-count]")).to_contain_text("1 ")
    nothing_serious(page)
    page.keyboard.press("x")
    expect(page.locator("[data-bulk-bar]")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("[data-rows] a").nth(4).focus()
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile("/customers/C0004/"))
    assert watched.complaints == []


def test_rows_are_changed_together_and_put_back(served: Served, seat: Any) -> None:
    watched, words, _width = seat
    page = watched.page
    page.goto(f"{served.url}/customers/?view=all&f=segment:is:Zuivel&sort=customer")
    before = page.locator("tfoot th").inner_text()
    for place in (0, 1, 2):
        page.locator("[data-pick]").nth(place).check()
    page.get_by_role("button", name=words["segment"]).click()
    nothing_serious(page)
    page.fill("[name=value]", "Anders")
    page.click("main .button--filled")
    toast = page.locator(".is-floating")
    expect(toast).to_contain_text("3 ")
    toast.hover()  # who reads it is not hurried
    nothing_serious(page)
    assert page.locator("tfoot th").inner_text() != before
    toast.get_by_role("button", name=words["undo"]).click()
    page.goto(f"{served.url}/customers/?view=all&f=segment:is:Zuivel&sort=customer")
    assert page.locator("tfoot th").inner_text() == before
    page.goto(f"{served.url}/changes/")
    nothing_serious(page)
    assert watched.complaints == []


def test_a_filter_is_made_in_the_form_and_kept_as_a_view(served: Served, seat: Any) -> None:
    watched, words, _width = seat
    page = watched.page
    page.goto(f"{served.url}/customers/?view=all&panel=filter")
    nothing_serious(page)
    no_sideways(page)
    page.fill("[name='q.silent.low']", "30")
    page.check("[name='q.country'][value=DE]")
    page.click(".list-panel .button--filled")
    expect(page).to_have_url(re.compile(r"f=silent:min:30&f=country:is:DE"))
    expect(page.locator(".chip")).to_have_count(2)
    page.get_by_role("link", name=words["save"]).click()
    nothing_serious(page)
    page.get_by_label(words["name"]).fill("Stille Duitsers")
    page.click(".list-panel .button--filled")
    expect(page.locator(".views__view[aria-current]")).to_contain_text("Stille Duitsers")
    page.goto(f"{served.url}/lists/customers/views/")
    nothing_serious(page)
    page.locator("button[value=remove]").click()
    page.goto(f"{served.url}/customers/?view=all&panel=columns")
    nothing_serious(page)
    assert watched.complaints == []


def test_the_list_works_without_a_script(served: Served, chromium: Any, leader: dict[str, Any]) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="en-GB", storage_state=leader)
    page = context.new_page()
    page.goto(f"{served.url}/customers/?view=all&sort=customer")
    page.locator("[name=row]").nth(1).check()
    page.get_by_role("button", name="Territory").click()
    page.select_option("[name=value]", label="Oost")
    page.click("main .button--filled")
    expect(page.locator(".messages")).to_contain_text("Nothing changed")
    page.locator("thead a").first.click()
    expect(page.locator("tbody th a").first).to_have_text("Klant 0119")
    context.close()

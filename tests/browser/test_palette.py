"""The palette: Ctrl K, actions before anything is typed, then every record; by keyboard, at any width, in both themes.

`BEKWAAM_PHOTOS=folder` keeps pictures of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from serving_home import Served, serve, stop
from watching import Watched

pytestmark = pytest.mark.browser

PASSWORD = "a quiet river in spring"
SERIOUS = {"serious", "critical"}
CUSTOMERS = (
    "number,name,city\n1001,Hoogwerve Machinebouw B.V.,Almelo\n1002,Hoogland Pompen,Zwolle\n1003,De Pompkoning,Almelo\n"
)
WORDS = {
    "nl": {"do": "Doen", "customers": "Klanten", "recent": "Laatst geopend", "file": "Bestand inlezen"},
    "en": {"do": "Actions", "customers": "Customers", "recent": "Opened last", "file": "Read in a file"},
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = serve(tmp_path_factory.mktemp("palette") / "home")
    yield running
    stop(running)


@pytest.fixture(scope="module")
def state(served: Served, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A signed-in leader in a company with three customers, as a file that other browsers take up."""
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(served.first_admin_link)
    for name, value in (("email", "leader@example.test"), ("name", "Sales leader")):
        page.fill(f"[name={name}]", value)
    for name in ("password", "again"):
        page.fill(f"[name={name}]", PASSWORD)
    page.check("[name=leads_sales]")
    page.click("main button[type=submit]")
    bring_customers(page, served, tmp_path_factory.mktemp("file") / "customers.csv")
    kept = tmp_path_factory.mktemp("state") / "state.json"
    context.storage_state(path=kept)
    context.close()
    return str(kept)


def bring_customers(page: Page, served: Served, file: Path) -> None:
    file.write_text(CUSTOMERS, encoding="utf-8")
    page.goto(f"{served.url}/data/import/")
    page.set_input_files("[name=file]", file)
    page.select_option("[name=kind]", "customers")
    page.click("main form[enctype] button[type=submit]")
    for _ in range(40):
        button = page.locator("main button.button--filled")
        if button.count():
            button.first.click()
            break
        page.wait_for_timeout(500)
        page.reload()
    for _ in range(40):
        page.goto(f"{served.url}/search/?q=hoogwerve")
        if page.locator("main .found__line").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError("the customers did not come in")


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def at(visitor: Callable[..., Watched], served: Served, state: str) -> Callable[..., Watched]:
    """The leader on a page."""

    def open_page(path: str, language: str, **look: object) -> Watched:
        watched = visitor(language, **look)
        watched.page.context.add_cookies(json.loads(Path(state).read_text())["cookies"])
        watched.page.goto(served.url + path)
        return watched

    return open_page


def nothing_serious(page: Page) -> None:
    found = Axe().run(page, options={"preload": False}).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found if rule["impact"] in SERIOUS] == []


def photograph(page: Page, name: str) -> None:
    if folder := os.environ.get("BEKWAAM_PHOTOS"):
        page.screenshot(path=Path(folder) / f"palette-{name}.png")


def chosen(page: Page) -> str:
    return page.locator(".palette [aria-selected=true] [data-found-name]").inner_text()


@pytest.mark.parametrize(("theme", "width"), [("light", 1360), ("dark", 1360), ("light", 390), ("dark", 390)])
def test_actions_first_then_records_and_back_where_one_was(
    at: Callable[..., Watched], language: str, theme: str, width: int
) -> None:
    words = WORDS[language]
    watched = at("/data/", language, theme=theme, width=width)
    page, palette = watched.page, watched.page.locator("dialog.palette")
    page.locator("main a").first.focus()
    before = page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press("Control+k")
    expect(palette).to_be_visible()
    expect(palette.get_by_role("group", name=words["do"], exact=True)).to_be_visible()
    expect(palette.get_by_role("option", name=words["file"]).first).to_be_visible()
    nothing_serious(page)
    photograph(page, f"start-{language}-{theme}-{width}")
    page.keyboard.type("hoog")
    expect(palette.get_by_role("group", name=words["customers"])).to_be_visible()
    assert chosen(page).startswith("Hoogland")
    page.keyboard.press("ArrowDown")
    assert chosen(page).startswith("Hoogwerve")
    field = palette.get_by_role("combobox")
    assert field.get_attribute("aria-activedescendant") == palette.locator("[aria-selected=true]").get_attribute("id")
    nothing_serious(page)
    photograph(page, f"found-{language}-{theme}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    assert page.evaluate("document.activeElement.outerHTML") == before
    assert watched.complaints == []


def test_enter_opens_the_record_and_it_is_remembered(at: Callable[..., Watched], language: str) -> None:
    watched = at("/data/", language)
    page, words = watched.page, WORDS[language]
    page.keyboard.press("Control+k")
    page.keyboard.type("pompkoning")
    page.keyboard.press("Enter")  # before the answer is there: it waits for it
    page.wait_for_url("**/customers/1003/")
    page.goto(page.url.replace("customers/1003", "data"))
    page.keyboard.press("Control+k")
    group = page.locator("dialog.palette").get_by_role("group", name=words["recent"])
    expect(group.get_by_role("option")).to_have_count(1)
    expect(group).to_contain_text("De Pompkoning")
    assert watched.complaints == []


def test_what_stands_in_the_search_field_goes_along(at: Callable[..., Watched]) -> None:
    watched = at("/data/", "en")
    page = watched.page
    page.keyboard.press("/")
    page.keyboard.type("pompen")
    expect(page.locator("dialog.palette").get_by_role("combobox")).to_have_value("pompen")
    expect(page.locator("#palette-found .found__line").first).to_contain_text("Hoogland Pompen")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "search"
    assert watched.complaints == []


def test_on_a_phone_a_button_opens_it(at: Callable[..., Watched]) -> None:
    watched = at("/data/", "nl", width=390)
    page = watched.page
    page.get_by_role("link", name="Zoeken", exact=True).click()
    expect(page.locator("dialog.palette").get_by_role("combobox")).to_be_focused()
    photograph(page, "phone-nl-light-390")
    page.keyboard.press("Escape")
    photograph(page, "phone-closed-nl-light-390")
    assert watched.complaints == []


def test_nothing_found_is_said_and_emptying_brings_the_actions_back(at: Callable[..., Watched]) -> None:
    watched = at("/data/", "nl")
    page = watched.page
    page.keyboard.press("Control+k")
    page.keyboard.type("zzzzzz")
    expect(page.locator(".palette .found__nothing")).to_contain_text("Voor ‘zzzzzz’ is niets gevonden.")
    nothing_serious(page)
    page.locator(".palette__field").fill("")
    expect(page.locator(".palette [data-palette-start]")).to_be_visible()
    expect(page.locator(".palette .found__nothing")).to_have_count(0)
    assert watched.complaints == []


def test_the_letter_of_an_action_works_without_the_palette(at: Callable[..., Watched]) -> None:
    page = at("/search/?q=x", "en").page
    page.locator("main h1").click()
    page.keyboard.press("i")
    page.wait_for_url("**/data/import/")


def test_actions_of_the_page_itself_come_first(at: Callable[..., Watched]) -> None:
    page = at("/data/", "nl").page
    page.evaluate("""() => {
        const button = document.createElement('button');
        button.textContent = 'Bezoek voorbereiden';
        button.dataset.paletteAction = '';
        button.dataset.paletteKey = 'b';
        button.addEventListener('click', () => { document.title = 'prepared'; });
        document.querySelector('main').append(button);
    }""")
    page.keyboard.press("Control+k")
    assert chosen(page) == "Bezoek voorbereiden"
    photograph(page, "here-nl-light-1360")
    page.keyboard.press("Enter")
    expect(page).to_have_title("prepared")


def test_a_visitor_without_a_script_searches_with_the_form(served: Served, chromium: Browser, state: str) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="nl-NL", storage_state=state)
    page = context.new_page()
    page.goto(f"{served.url}/data/")
    page.fill("#search", "machinebouw")
    page.press("#search", "Enter")
    expect(page.locator("main .found__line")).to_have_attribute("href", "/customers/1001/")
    context.close()


@pytest.mark.parametrize(("theme", "width"), [("light", 1360), ("dark", 390)])
def test_the_page_of_the_search(at: Callable[..., Watched], language: str, theme: str, width: int) -> None:
    watched = at("/search/?q=hoog", language, theme=theme, width=width)
    nothing_serious(watched.page)
    photograph(watched.page, f"page-{language}-{theme}-{width}")
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watched.complaints == []

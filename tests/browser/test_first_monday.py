"""First run → a file through the page → this week → a customer → why, in Dutch and in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from serving_home import Served, serve, stop
from watching import Watched

pytestmark = pytest.mark.browser

SLICE = Path(__file__).resolve().parents[1] / "data" / "online_retail_slice.csv"
PASSWORD = "a quiet river in spring"
SERIOUS = {"serious", "critical"}

WORDS = {
    "nl": {
        "week": "Wat vraagt deze week aandacht?",
        "look": "Bekijk het bestand",
        "read_in": re.compile("regels inlezen"),
        "fresh": "Alle cijfers zijn bij.",
        "to_week": "Naar deze week",
        "lines": "open de regels",
        "sign_out": "Afmelden",
    },
    "en": {
        "week": "What needs attention this week?",
        "look": "Look at the file",
        "read_in": re.compile("Read in .* rows"),
        "fresh": "All figures are up to date.",
        "to_week": "To this week",
        "lines": "open the lines",
        "sign_out": "Sign out",
    },
}


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    running = serve(tmp_path / "home")
    yield running
    stop(running)


def nothing_serious(page: Page) -> None:
    """The accessibility checker finds nothing serious; told not to fetch style sheets itself, it breaks no policy."""
    found = Axe().run(page, options={"preload": False}).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:160]) for rule in found if rule["impact"] in SERIOUS] == []


def become_first_admin(watched: Watched, served: Served) -> None:
    page = watched.page
    page.goto(served.first_admin_link)
    nothing_serious(page)
    page.fill("[name=email]", "leader@example.test")
    page.fill("[name=name]", "Sales leader")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.check("[name=leads_sales]")
    page.click("main button[type=submit]")


def give_the_order_file(watched: Watched, served: Served, words: dict[str, Any]) -> None:
    page = watched.page
    page.goto(f"{served.url}/data/import/")
    nothing_serious(page)
    page.set_input_files("[name=file]", SLICE)
    page.get_by_role("button", name=words["look"]).click()
    button = page.get_by_role("button", name=words["read_in"])
    for _ in range(30):
        if button.count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    nothing_serious(page)
    button.click()


def wait_for_figures(page: Page, served: Served, words: dict[str, str]) -> None:
    for _ in range(60):
        page.goto(served.url + "/")
        if page.locator(".sentence").count():
            return
        page.wait_for_timeout(1_000)
    raise AssertionError("no figures came into force")


def test_from_the_first_start_to_the_why_of_a_figure(
    served: Served, visitor: Callable[[str], Watched], language: str
) -> None:
    words = WORDS[language]
    watched = visitor(language)
    page = watched.page
    become_first_admin(watched, served)
    expect(page.get_by_role("heading", name=words["week"])).to_be_visible()
    give_the_order_file(watched, served, words)
    wait_for_figures(page, served, words)
    nothing_serious(page)
    page.goto(f"{served.url}/customers/")
    nothing_serious(page)
    page.locator("tbody th a").first.click()
    nothing_serious(page)
    shown = page.locator(".facts__value a").first.inner_text()
    page.get_by_role("link", name=words["lines"]).click()
    nothing_serious(page)
    total = page.locator("tfoot .number").first.inner_text()
    assert close(total, shown, language)
    for path in ("/half-year-ago/", "/forecasts/", "/data/", "/data/jobs/", "/users/", "/settings/company/"):
        page.goto(served.url + path)
        nothing_serious(page)
    assert watched.complaints == []


def figure(text: str) -> str:
    return re.sub(r"[^\d.,]", "", text)


def close(exact: str, whole: str, language: str) -> bool:
    """Whether an amount with cents rounds to the one without."""
    point = "," if language == "nl" else "."
    group = "." if language == "nl" else ","
    number = float(figure(exact).replace(group, "").replace(point, "."))
    return abs(number - float(figure(whole).replace(group, ""))) <= 0.5


def test_a_visitor_without_a_script_reads_everything(served: Served, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(served.first_admin_link)
    page.fill("[name=email]", "leader@example.test")
    page.fill("[name=name]", "Sales leader")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.check("[name=leads_sales]")
    page.click("main button[type=submit]")
    page.goto(f"{served.url}/data/import/")
    expect(page.locator("input[type=file]")).to_be_visible()
    context.close()

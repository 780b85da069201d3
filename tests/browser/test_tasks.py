"""A task of a customer: recorded by a letter, overdue, ticked off and taken back; and an opportunity moved on.

`BEKWAAM_PHOTOS=folder` keeps pictures of the pages.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from serving_home import Served, serve, stop
from watching import Watched

pytestmark = pytest.mark.browser

PASSWORD = "a quiet river in spring"
SERIOUS = {"serious", "critical"}
CUSTOMERS = "number,name,city\n1001,Hoogwerve Machinebouw B.V.,Almelo\n1002,Hoogland Pompen,Zwolle\n"
OPPORTUNITIES = (
    "Verkoopkans,Klant,Onderwerp,Fase,Bedrag,Geopend op,Verwacht op,Verkoper\n"
    "VK1,1001,Pompen voor de nieuwe lijn,Offerte,18500,2026-01-13,2026-02-28,AM Oost\n"
    "VK2,1002,Filters,Lead,2500,2026-01-14,2030-05-31,AM West\n"
    "VK3,1002,Kleppen,Gewonnen,4200,2026-01-15,2026-03-31,AM West\n"
)
WORDS = {
    "nl": {
        "late": "3 dagen over tijd",
        "answer": "toezegging is over tijd.",
        "tick": "Vink af",
        "undo": "Ongedaan maken",
        "good": "over tijd",
        "move": "Naar een andere fase",
        "save": "Bewaar",
        "won": "Gewonnen",
        "quoted": "Offerte uit",
    },
    "en": {
        "late": "3 days overdue",
        "answer": "task is overdue.",
        "tick": "Tick off",
        "undo": "Undo",
        "good": "overdue",
        "move": "To another stage",
        "save": "Save",
        "won": "Won",
        "quoted": "Quotation is out",
    },
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("tasks")
    for kind, text in (("customers", CUSTOMERS), ("opportunities", OPPORTUNITIES)):
        file = folder / f"{kind}.csv"
        file.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "bekwaam.faces.cli.main", "--home", str(folder / "home"), "import", kind]
        done = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    running = serve(folder / "home")
    yield running
    stop(running)


@pytest.fixture(scope="module")
def state(served: Served, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A signed-in leader, as a file that other browsers take up."""
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(served.first_admin_link)
    for name, value in (("email", "leader@example.test"), ("name", "Sales leader")):
        page.fill(f"[name={name}]", value)
    for name in ("password", "again"):
        page.fill(f"[name={name}]", PASSWORD)
    page.check("[name=leads_sales]")
    page.click("main button[type=submit]")
    kept = tmp_path_factory.mktemp("state") / "state.json"
    context.storage_state(path=kept)
    context.close()
    return str(kept)


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
        page.screenshot(path=Path(folder) / f"tasks-{name}.png", full_page=True)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_task_on_a_customer_is_overdue_ticked_off_and_back_again(at: Callable[..., Watched], language: str) -> None:
    words, title = WORDS[language], f"Offerte nabellen {language}"
    watched = at("/customers/1001/", language)
    page = watched.page
    page.keyboard.press("n")
    page.wait_for_url("**/tasks/new/?customer=1001")
    page.fill("[name=title]", title)
    page.fill("[name=due_on]", (date.today() - timedelta(days=3)).isoformat())
    nothing_serious(page)
    photograph(page, f"new-{language}")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/customers/1001/")
    task = page.locator("#tasks .files__file").filter(has_text=title)
    expect(task).to_contain_text(words["late"])
    nothing_serious(page)
    photograph(page, f"customer-{language}")

    page.goto(page.url.replace("customers/1001", "tasks"))
    expect(page.locator("main")).to_contain_text(words["answer"])
    row = page.locator("tbody tr").filter(has_text=title)
    expect(row.locator(".is-late")).to_have_text(words["late"])
    nothing_serious(page)
    photograph(page, f"list-{language}")
    row.get_by_role("button", name=words["tick"]).click()
    expect(page.locator("#messages")).to_contain_text(title)
    expect(page.locator("tbody tr").filter(has_text=title)).to_have_count(0)
    page.locator("#messages").get_by_role("button", name=words["undo"]).click()
    expect(page.locator("tbody tr").filter(has_text=title)).to_have_count(1)
    page.locator("tbody tr").filter(has_text=title).get_by_role("button", name=words["tick"]).click()
    expect(page.locator("#messages")).to_contain_text(title)
    assert watched.complaints == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_opportunity_is_moved_and_moved_back(at: Callable[..., Watched], language: str) -> None:
    words = WORDS[language]
    watched = at("/opportunities/", language)
    page = watched.page
    expect(page.locator("tbody tr")).to_have_count(2)
    nothing_serious(page)
    photograph(page, f"opportunities-{language}")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/opportunities/VK1/")
    expect(page.locator(".steps [aria-current=step]")).to_contain_text(words["quoted"])
    nothing_serious(page)
    photograph(page, f"opportunity-{language}")
    page.get_by_text(words["move"]).click()
    page.select_option("[name=stage]", "won")
    page.locator("details[open] button[type=submit]").click()
    expect(page.locator(".steps [aria-current=step]")).to_contain_text(words["won"])
    page.locator("#messages").get_by_role("button", name=words["undo"]).click()
    expect(page.locator(".steps [aria-current=step]")).to_contain_text(words["quoted"])
    assert watched.complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/tasks/?view=all", "/opportunities/", "/opportunities/VK1/", "/customers/1001/"])
def test_it_fits_on_a_phone(at: Callable[..., Watched], path: str, theme: str) -> None:
    watched = at(path, "nl", theme=theme, width=390)
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    nothing_serious(watched.page)
    photograph(watched.page, f"phone-{path.strip('/').replace('/', '-').split('?')[0]}-{theme}")
    assert watched.complaints == []

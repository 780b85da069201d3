"""A record in the browser: changed where it stands, a clash between two people, files, and the way back from the trash.

`BEKWAAM_PHOTOS=folder` keeps pictures of it.
"""

from __future__ import annotations

import json
import os
import random
import re
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
CUSTOMERS = "number,name,city,segment\n" + "\n".join(
    f"{1001 + place},{name},{city},Machinebouw"
    for place, (name, city) in enumerate(
        [("Hoogwerve Machinebouw B.V.", "Almelo"), ("Terwoude Verpakkingslijnen", "Hoogeveen"), ("Oostbrink", "Zwolle")]
    )
)
WORDS = {
    "nl": {
        "saved": "Bewaard",
        "keep": "laat",
        "trash": "Naar de prullenbak",
        "undo": "Ongedaan maken",
        "city": "Plaats",
    },
    "en": {"saved": "Saved", "keep": "keep", "trash": "To the trash", "undo": "Undo", "city": "City"},
}


def orders() -> str:
    """Forty weeks of orders of thirty customers; the first went silent."""
    chance, lines, number = random.Random(7), ["order,customer,date,product,quantity,revenue"], 60_000
    for customer in range(30):
        day = date(2024, 1, 8) + timedelta(days=chance.randrange(28))
        last = date(2025, 6, 1) if customer == 0 else date(2025, 10, 15)
        while day < last:
            number += 1
            pieces = chance.randint(5, 15)
            lines.append(f"{number},{1001 + customer},{day},FP-{12 + customer % 3},{pieces},{pieces * 320}")
            day += timedelta(days=28 + chance.randint(-4, 4))
    return "\n".join(lines)


def run(home: Path, *words: str) -> None:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("BEKWAAM_", "LC_"))}
    command = [sys.executable, "-m", "bekwaam.faces.cli.main", "--home", str(home), *words]
    done = subprocess.run(command, capture_output=True, text=True, env=surroundings | {"LANG": "en_GB.UTF-8"})
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("record")
    for kind, text in (("customers", CUSTOMERS), ("sales", orders())):
        (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
        run(folder / "home", "import", kind, str(folder / f"{kind}.csv"))
    run(folder / "home", "refresh")
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
        page.screenshot(path=Path(folder) / f"record-{name}.png", full_page=True, caret="initial")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("theme", "width"), [("light", 1360), ("light", 1280), ("dark", 1280), ("light", 390)])
def test_the_page_of_a_record(at: Callable[..., Watched], language: str, theme: str, width: int) -> None:
    for path, name in (("/customers/1001/", "customer"), ("/products/FP-12/", "product"), ("/trash/", "trash")):
        watched = at(path, language, theme=theme, width=width)
        nothing_serious(watched.page)
        photograph(watched.page, f"{name}-{language}-{theme}-{width}")
        assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert watched.complaints == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_the_list_by_j_and_k(at: Callable[..., Watched], language: str) -> None:
    watched = at("/customers/?view=all", language)
    page = watched.page
    page.locator("tbody a").first.evaluate("link => link.removeAttribute('data-preview')")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/customers/10*/")
    first = page.url
    photograph(page, f"place-{language}")
    page.keyboard.press("j")
    page.wait_for_url("**/customers/10*/?list=*")
    page.keyboard.press("k")
    page.wait_for_url(f"{first}?list=*")
    assert watched.complaints == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_enter_saves_and_escape_leaves_it(at: Callable[..., Watched], language: str) -> None:
    watched = at("/customers/1002/", language)
    page, field = watched.page, watched.page.locator("#field-city")
    field.locator("summary").click()
    field.locator("input:not([type=hidden])").fill(f"Meppel {language}")
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_contain_text(WORDS[language]["saved"])
    expect(field.locator("summary")).to_contain_text(f"Meppel {language}")
    field.locator("summary").click()
    field.locator("input:not([type=hidden])").fill("elsewhere")
    page.keyboard.press("Escape")
    expect(field.locator("summary")).to_contain_text(f"Meppel {language}")
    market = page.locator("#field-market_type")
    market.locator("a").click()
    expect(market.locator("select")).to_be_focused()
    market.locator("select").select_option("B2G")
    photograph(page, f"edit-{language}")
    nothing_serious(page)
    market.locator("button").click()
    expect(market.locator("a")).to_contain_text("B2G")
    assert watched.complaints == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_two_people_at_one_field(at: Callable[..., Watched], language: str) -> None:
    first, second = (at("/customers/1003/", language) for _ in range(2))
    for watched, value in ((first, f"Raalte {language}"), (second, f"Ommen {language}")):
        field = watched.page.locator("#field-city")
        field.locator("summary").click()
        field.locator("input:not([type=hidden])").fill(value)
        watched.page.keyboard.press("Enter")
        expect(watched.page.locator("#saved, #field-city .clash").filter(has_text=re.compile("."))).to_be_visible()
    page, field = second.page, second.page.locator("#field-city")
    expect(field.locator(".clash")).to_contain_text(f"Raalte {language}")
    expect(field.locator("button[value=take]")).to_be_focused()
    nothing_serious(page)
    photograph(page, f"clash-{language}")
    field.locator("button[value=keep]").click()
    expect(field.locator("summary")).to_contain_text(f"Ommen {language}")
    assert (first.complaints, second.complaints) == ([], [])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_file_is_kept_and_a_page_dressed_up_as_one_is_refused(at: Callable[..., Watched], language: str) -> None:
    watched = at("/customers/1001/", language)
    page = watched.page
    page.set_input_files("#file-input", {"name": "offerte.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n"})
    page.locator("#files form[enctype] button").click()
    expect(page.locator(".files__file").first).to_contain_text("offerte.pdf")
    photograph(page, f"files-{language}")
    with page.expect_download() as coming:
        page.locator(".files__file a").first.click()
    assert coming.value.suggested_filename == "offerte.pdf"
    page.set_input_files("#file-input", {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"<html><script>"})
    page.locator("#files form[enctype] button").click()
    expect(page.locator(".message--attention")).to_contain_text("x.pdf")
    photograph(page, f"refused-{language}")
    nothing_serious(page)
    assert watched.complaints == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_into_the_trash_and_back(at: Callable[..., Watched], language: str) -> None:
    words = WORDS[language]
    watched = at("/customers/1004/", language)
    page = watched.page
    page.locator("main .record-head").get_by_role("button", name=words["trash"]).click()
    page.wait_for_url("**/customers/")
    photograph(page, f"thrown-away-{language}")
    page.get_by_role("button", name=words["undo"]).click()
    page.wait_for_url("**/customers/1004/")
    assert watched.complaints == []


def test_without_a_script_a_field_is_a_page(served: Served, chromium: Browser, state: str) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="nl-NL", storage_state=state)
    page = context.new_page()
    page.goto(f"{served.url}/customers/1005/")
    page.locator("#field-segment summary").click()
    page.locator("#field-segment input:not([type=hidden])").fill("Zuivel")
    page.locator("#field-segment button").click()
    expect(page.locator("main")).to_contain_text("Zuivel")
    context.close()

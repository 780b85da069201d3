"""A questionnaire on a phone: in two languages and themes, without a script, by thumb and by keyboard.

Every look is kept as a photograph in the test's own folder, or in BEKWAAM_PHOTOS, to be held beside the design.
"""

from __future__ import annotations

import os
import re
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
QUESTIONS = (
    {
        "kind": "scale",
        "wording_nl": "Hoe tevreden bent u over onze levertijd?",
        "wording_en": "How satisfied are you with our delivery time?",
        "low_nl": "helemaal niet",
        "low_en": "not at all",
        "high_nl": "zeer tevreden",
        "high_en": "very satisfied",
    },
    {
        "kind": "ten",
        "wording_nl": "Hoe waarschijnlijk is het dat u ons aanbeveelt?",
        "wording_en": "Would you recommend us?",
    },
    {
        "kind": "one",
        "wording_nl": "Wat geeft bij u de doorslag?",
        "wording_en": "What tips the balance for you?",
        "choices": "De prijs | The price\nDe levertijd, ook met spoed | Delivery time\nHet advies | The advice",
    },
    {
        "kind": "several",
        "wording_nl": "Waarvoor belt u ons?",
        "wording_en": "What do you call us for?",
        "choices": "Onderdelen | Parts\nEen storing | A breakdown",
        "is_required": "",
    },
    {"kind": "yes_no", "wording_nl": "Kent u onze servicedienst?", "wording_en": "Do you know our service desk?"},
    {
        "kind": "number",
        "wording_nl": "Hoeveel machines draaien er bij u?",
        "wording_en": "How many machines do you run?",
        "unit": "machines",
        "lowest": "0",
        "highest": "500",
    },
    {
        "kind": "amount",
        "wording_nl": "Wat kost een uur stilstand?",
        "wording_en": "What does an hour of downtime cost?",
    },
    {"kind": "text", "wording_nl": "Wat wilt u nog kwijt?", "wording_en": "Anything else?", "is_required": ""},
)
TARGETS = """
() => [...document.querySelectorAll('a, button, label.asked__option, textarea, input:not([type=hidden])')]
  .filter(one => !one.closest('.asked__option') || one.matches('label'))
  .filter(one => !one.ariaHidden && getComputedStyle(one).visibility !== 'hidden')
  .map(one => [one.textContent.trim().slice(0, 30), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44)
  .map(([text, box]) => `${text} ${Math.round(box.width)}x${Math.round(box.height)}`)
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = serve(tmp_path_factory.mktemp("asked") / "home")
    yield running
    stop(running)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = os.environ.get("BEKWAAM_PHOTOS")
    folder = Path(named) if named else tmp_path_factory.mktemp("photos")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def leader(chromium: Browser, served: Served) -> Iterator[Page]:
    """A leader who has made a questionnaire and planned a wave of it."""
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(served.first_admin_link)
    for name, value in {"email": "leader@example.test", "name": "Sales leader", "password": PASSWORD}.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=again]", PASSWORD)
    page.check("[name=leads_sales]")
    page.click("main button[type=submit]")
    page.goto(served.url + "/settings/company/")
    page.fill("[name=name]", "Example Machine Parts")
    page.click("main button[type=submit]")
    make(page, served.url)
    yield page
    context.close()


def make(page: Page, url: str) -> None:
    page.goto(url + "/questionnaires/new/")
    page.fill("[name=title_nl]", "Wat vindt u van onze service?")
    page.fill("[name=title_en]", "What do you think of our service?")
    page.fill("[name=intro_nl]", "Acht vragen, drie minuten. Met uw antwoorden maken wij onze service beter.")
    page.fill("[name=intro_en]", "Eight questions, three minutes. Your answers make our service better.")
    page.click("main button[type=submit]")
    for question in QUESTIONS:
        page.get_by_role("link", name="Add a question").click()
        page.select_option("[name=kind]", question["kind"])
        page.set_checked("[name=is_required]", question.get("is_required", "on") == "on")
        for name, value in question.items():
            if name not in ("kind", "is_required"):
                page.fill(f"[name={name}]", value)
        page.click("main .button--filled")
    page.get_by_role("link", name="Plan a wave").click()
    page.fill("[name=closes_on]", page.input_value("[name=opens_on]"))
    page.click("main button[type=submit]")


def link_for(page: Page, url: str, line: str) -> str:
    """Invite somebody, and take his link."""
    page.goto(url + "/questionnaires/waves/1/invite/")
    page.fill("[name=people]", line)
    page.click("main button[type=submit]")
    page.get_by_role("button", name="Show links, once").click()
    return str(page.locator("tr", has_text=line.split(";")[0]).locator("code").text_content())


def nothing_serious(page: Page) -> None:
    found = Axe().run(page, options={"preload": False}).response["violations"]
    told = [(rule["id"], node["html"][:160]) for rule in found if rule["impact"] in SERIOUS for node in rule["nodes"]]
    assert told == []


def choose(page: Page, question: int, *labels: str) -> None:
    for label in labels:
        page.locator(".asked__question").nth(question).locator("label").filter(
            has_text=re.compile(f"^{label}$")
        ).click()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_fits_a_phone_and_every_target_a_thumb(
    visitor: Callable[..., Watched], leader: Page, served: Served, photos: Path, language: str, theme: str, width: int
) -> None:
    guest = f"Guest {language} {theme} {width}"
    address = link_for(leader, served.url, f"{guest}; {guest.replace(' ', '-')}@example.test; {language}")
    watched = visitor(language, theme, width)
    page = watched.page
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TARGETS) == []
    nothing_serious(page)
    page.screenshot(path=photos / f"asked-{language}-{theme}-{width}.png")
    page.screenshot(path=photos / f"asked-{language}-{theme}-{width}-whole.png", full_page=True)
    assert watched.complaints == []
    page.locator(".asked__bar .button").click()
    expect(page.locator(".asked__mend")).to_be_visible()
    nothing_serious(page)
    page.screenshot(path=photos / f"asked-mend-{language}-{theme}-{width}.png")
    assert [said for said in watched.complaints if "422" not in said] == []


def test_it_is_answered_without_a_script_and_shows_how_far_one_is(
    chromium: Browser, leader: Page, served: Served, photos: Path
) -> None:
    address = link_for(leader, served.url, "Plant manager; plant@example.test; nl")
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="en-GB")
    page = context.new_page()
    page.goto(address)
    choose(page, 0, "4")
    choose(page, 2, "Het advies")
    choose(page, 3, "Onderdelen", "Een storing")
    choose(page, 4, "Ja")
    page.locator(".asked__question").nth(6).get_by_role("textbox").fill("1.250,50")
    page.screenshot(path=photos / "asked-half.png")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you think of our service?")
    expect(page.get_by_label("The advice")).to_be_checked()
    page.locator(".asked__bar .button").click()
    expect(page.get_by_role("alert")).to_contain_text("Two answers still need your attention")
    page.get_by_role("link", name="Question 2").click()
    choose(page, 1, "9")
    page.locator(".asked__question").nth(5).get_by_role("textbox").fill("12")
    expect(page.locator(".asked__question").nth(6).get_by_role("textbox")).to_have_value("1250.5")
    page.locator(".asked__bar .button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, your answers have arrived")
    page.screenshot(path=photos / "asked-thanks.png")
    assert "/q/thanks/" in page.url
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("takes no answers"))
    page.screenshot(path=photos / "asked-dead.png")
    assert context.cookies() == []
    context.close()


def test_the_count_of_answers_follows_without_a_script(
    visitor: Callable[..., Watched], leader: Page, served: Served
) -> None:
    page = visitor("nl", "light", 390).page
    page.goto(link_for(leader, served.url, "Head of maintenance; maintenance@example.test; nl"))
    counted = (
        "() => document.querySelectorAll('.asked__question:has(:checked, textarea:not(:placeholder-shown))').length"
    )
    choose(page, 0, "4")
    page.locator("textarea").fill("Blijf bellen")
    assert page.evaluate(counted) == 2
    page.keyboard.press("Shift+Tab")
    page.locator(".asked__question").nth(5).get_by_role("textbox").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "nl")


def test_who_wants_nothing_more_says_so_in_two_presses(
    visitor: Callable[..., Watched], leader: Page, served: Served, photos: Path
) -> None:
    page = visitor("nl", "light", 390).page
    page.goto(link_for(leader, served.url, "Head of purchasing; purchasing@example.test; nl"))
    page.get_by_role("link", name="Stuur mij hierover niets meer").click()
    page.screenshot(path=photos / "asked-stop.png")
    nothing_serious(page)
    page.get_by_role("button", name="Stuur mij niets meer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U hoort hierover niets meer")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_of_the_leader_are_clean(
    visitor: Callable[..., Watched], leader: Page, served: Served, photos: Path, language: str, width: int
) -> None:
    watched = visitor(language, "dark" if width == 390 else "light", width)
    page = watched.page
    page.context.add_cookies(leader.context.cookies())  # type: ignore[arg-type]
    addresses = ("", "1/", "1/waves/", "waves/1/", "waves/1/invite/", "new/")
    for place, address in enumerate(addresses):
        page.goto(f"{served.url}/questionnaires/{address}")
        page.wait_for_load_state()
        nothing_serious(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.screenshot(path=photos / f"manage-{place}-{language}-{width}.png", full_page=True)
    assert watched.complaints == []

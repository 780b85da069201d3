"""The living page in both themes, in both languages, at a desk and on a phone; and what its parts do when used.

Every look is kept as a photograph in the test's own folder, or in BEKWAAM_PHOTOS, to be held beside the design.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving_home import Served, serve, stop
from watching import Watched

from bekwaam.frame.living.parts import GROUPS

pytestmark = pytest.mark.browser

PASSWORD = "a quiet river in spring"
SERIOUS = {"serious", "critical"}
PARTS = [part.code for group in GROUPS for part in group.parts]
CHARTS = ("fan", "waterfall", "whale", "matrix", "lines", "bars", "multiples")
MOST_SHIFT = 0.05
MOST_BYTES = 100_000
SHIFTS = """
window.shifted = 0;
new PerformanceObserver(seen => {
  for (const shift of seen.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value;
}).observe({type: 'layout-shift', buffered: true});
"""
GAPS = """
async () => {
  const echarts = await import(document.querySelector('#lines [data-chart]').dataset.echarts);
  const chart = echarts.getInstanceByDom(document.querySelector('#lines [data-canvas]'));
  const { lines, rest } = JSON.parse(document.querySelector('#lines script').textContent);
  const names = [...lines, rest].map(line => line.name);
  const tops = chart.getZr().storage.getDisplayList()
    .filter(shown => names.includes(shown.style.text?.trim()))
    .map(shown => shown.parent.getComputedTransform()[5])
    .sort((one, other) => one - other);
  return tops.slice(1).map((top, place) => top - tops[place]);
}
"""
DRAWN = """
() => [...document.querySelectorAll('[data-chart]')].every(figure => figure.querySelector('canvas'))
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = serve(tmp_path_factory.mktemp("frame") / "home")
    yield running
    stop(running)


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, served: Served) -> list[dict[str, object]]:
    """The cookies of a leader who has just begun."""
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(served.first_admin_link)
    for name, value in {"email": "leader@example.test", "name": "Sales leader", "password": PASSWORD}.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=again]", PASSWORD)
    page.check("[name=leads_sales]")
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    cookies = context.cookies()
    context.close()
    return list(cookies)  # type: ignore[arg-type]


@pytest.fixture
def look(visitor: Callable[..., Watched], served: Served, signed_in: list[dict[str, object]]) -> Callable[..., Watched]:
    """Open the living page as the leader."""

    def open_page(language: str = "en", theme: str = "light", width: int = 1280, address: str = "/frame/") -> Watched:
        watched = visitor(language, theme, width)
        context: BrowserContext = watched.page.context
        context.add_cookies(signed_in)  # type: ignore[arg-type]
        context.add_init_script(SHIFTS)
        watched.page.goto(served.url + address)
        return watched

    return open_page


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = os.environ.get("BEKWAAM_PHOTOS")
    folder = Path(named) if named else tmp_path_factory.mktemp("photos")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def nothing_serious(page: Page) -> None:
    found = Axe().run(page, options={"preload": False}).response["violations"]
    told = [(rule["id"], node["html"][:160]) for rule in found if rule["impact"] in SERIOUS for node in rule["nodes"]]
    assert told == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_part_is_shown_and_nothing_moves_or_sticks_out(
    look: Callable[..., Watched], photos: Path, language: str, theme: str, width: int
) -> None:
    watched = look(language, theme, width)
    page = watched.page
    page.wait_for_function(DRAWN)
    page.wait_for_timeout(300)
    assert page.locator("[data-part]").evaluate_all("parts => parts.map(part => part.dataset.part)") == PARTS
    assert page.locator(".chart.is-plain").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("window.shifted") < MOST_SHIFT
    page.screenshot(path=photos / f"frame-{language}-{theme}-{width}.png", full_page=True)
    nothing_serious(page)
    assert watched.complaints == []


def test_the_page_is_small_and_readable_before_any_script(
    chromium: Browser, served: Served, signed_in: list[dict[str, object]]
) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="nl-NL")
    context.add_cookies(signed_in)  # type: ignore[arg-type]
    page = context.new_page()
    answer = page.goto(f"{served.url}/frame/")
    assert answer is not None
    assert len(answer.body()) <= MOST_BYTES
    for code in CHARTS:
        expect(page.locator(f"#{code} table")).to_be_visible()
        expect(page.locator(f"#{code} .chart__canvas")).to_be_hidden()
    page.locator("#board-b-on").click()
    assert re.search(r"at-b=quote#kanban$", page.url)
    expect(page.locator("[data-column=quote] [data-card=b]")).to_be_visible()
    context.close()


def test_a_forced_theme_wins_over_that_of_the_system(look: Callable[..., Watched]) -> None:
    page = look("en", "light").page
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate(ground) == "rgb(19, 24, 23)"


def test_a_preview_opens_with_enter_turns_with_j_and_closes_with_esc(
    look: Callable[..., Watched], photos: Path
) -> None:
    watched = look("en")
    page, panel = watched.page, watched.page.locator("[data-preview-panel]")
    page.locator("#list [data-preview]").first.focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", name="Hoogwerve")).to_be_visible()
    assert panel.bounding_box()["width"] == 296  # type: ignore[index]
    page.keyboard.press("j")
    expect(panel.get_by_role("heading", name="Veldrik")).to_be_visible()
    page.locator("#list").screenshot(path=photos / "preview.png")
    nothing_serious(page)
    page.keyboard.press("k")
    expect(panel.get_by_role("heading", name="Hoogwerve")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.preview") is not None
    assert watched.complaints == []


def test_a_preview_on_a_phone_stays_within_the_window(look: Callable[..., Watched], photos: Path) -> None:
    page = look("nl", "light", 390).page
    page.locator("#list [data-preview]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-preview-panel] h2")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=photos / "preview-390.png")
    page.locator("[data-preview-close]").click()
    expect(page.locator("[data-preview-panel]")).to_be_hidden()


def test_choosing_rows_puts_the_bar_in_the_place_of_the_filter_line(look: Callable[..., Watched], photos: Path) -> None:
    page = look("en").page
    bar, filters = page.locator("[data-bulk-bar]"), page.locator("#list .filter-line")
    expect(bar).to_be_hidden()
    place = (
        "document.querySelector('#list table').getBoundingClientRect().top"
        " - document.querySelector('#list').getBoundingClientRect().top"
    )
    before = page.evaluate(place)
    page.locator("[data-pick]").nth(1).check()
    expect(filters).to_be_hidden()
    expect(bar).to_contain_text("1 chosen")
    assert page.evaluate(place) == before
    page.locator("[data-pick-all]").check()
    expect(bar).to_contain_text("4 chosen")
    page.locator("#list").screenshot(path=photos / "bulk.png")


def test_a_card_moves_by_its_button_and_by_dragging(look: Callable[..., Watched], photos: Path) -> None:
    watched = look("en")
    page = watched.page
    page.locator("#board-b-on").click()
    expect(page.locator("[data-column=quote] [data-card=b]")).to_be_visible()
    expect(page.locator(".message.is-floating")).to_contain_text("Hoogwerve")
    page.screenshot(path=photos / "toast.png")
    page.locator("[data-card=d]").drag_to(page.locator("[data-column=lead]"))
    expect(page.locator("[data-column=lead] [data-card=d]")).to_be_visible()
    expect(page.locator("[data-column=quote] [data-card=b]")).to_be_visible()
    assert watched.complaints == []


def test_the_last_move_takes_the_focus_to_the_card_when_its_button_is_gone(look: Callable[..., Watched]) -> None:
    page = look("en").page
    page.locator("#board-d-on").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-column=won] [data-card=d]")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('[data-card]')?.dataset.card") == "d"


def test_a_value_is_saved_by_enter_and_left_by_esc(look: Callable[..., Watched]) -> None:
    watched = look("en")
    page, part = watched.page, watched.page.locator("#saving")
    part.locator("summary").click()
    page.keyboard.type("14 days")
    page.keyboard.press("Escape")
    expect(part.locator("summary")).to_contain_text("45 days")
    part.locator("summary").press("Enter")
    page.keyboard.type("60 days")
    page.keyboard.press("Enter")
    expect(part.locator("summary")).to_contain_text("60 days")
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert watched.complaints == []


def test_a_clash_shows_the_value_of_the_other_and_lets_one_choose(look: Callable[..., Watched], photos: Path) -> None:
    page = look("en").page
    part = page.locator("#clashing")
    part.locator("summary").click()
    page.keyboard.type("60 days")
    page.keyboard.press("Enter")
    expect(part.get_by_role("alert")).to_contain_text("30 days")
    page.locator("#editable").screenshot(path=photos / "clash.png")
    part.get_by_role("button", name="keep 60 days").click()
    expect(part.locator("summary")).to_contain_text("60 days")


def test_the_chosen_reason_replaces_the_dots(look: Callable[..., Watched], photos: Path) -> None:
    page = look("nl").page
    bar = page.locator("#alert")
    bar.locator("summary").first.click()
    page.locator("#answers").screenshot(path=photos / "answers.png")
    bar.get_by_role("button", name="concurrent").click()
    expect(bar.locator(".is-pressed")).to_contain_text("klopt, want: concurrent")


def test_a_menu_closes_by_esc_and_by_a_click_elsewhere(look: Callable[..., Watched]) -> None:
    page = look("en").page
    menus = page.locator("#alert details")
    menus.first.locator("summary").click()
    page.keyboard.press("Escape")
    expect(menus.first).not_to_have_attribute("open", "")
    menus.first.locator("summary").click()
    page.locator("h1").click()
    expect(menus.first).not_to_have_attribute("open", "")


def test_esc_closes_the_innermost_only(look: Callable[..., Watched]) -> None:
    page = look("en").page
    page.locator("#list [data-preview]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-preview-panel] h2")).to_be_visible()
    page.locator("#alert summary").first.click()
    page.keyboard.press("Escape")
    expect(page.locator("#alert details").first).not_to_have_attribute("open", "")
    page.locator("#saving summary").click()
    page.keyboard.press("Escape")
    expect(page.locator("#saving input[name=terms]")).to_be_hidden()
    expect(page.locator("[data-preview-panel]")).to_be_visible()


def test_what_is_on_its_way_shows_nothing_for_three_tenths_of_a_second(look: Callable[..., Watched]) -> None:
    page = look("en").page
    lines = page.locator("#skeleton .skeleton")
    lines.evaluate("lines => lines.classList.add('htmx-indicator')")
    expect(lines).to_be_hidden()
    seen = lines.evaluate("""async lines => {
      const look = () => getComputedStyle(lines).visibility;
      lines.classList.add('htmx-request');
      await new Promise(done => setTimeout(done, 150));
      const early = look();
      await new Promise(done => setTimeout(done, 400));
      return [early, look()];
    }""")
    assert seen == ["hidden", "visible"]


def test_a_file_that_is_let_fall_is_named(look: Callable[..., Watched]) -> None:
    page = look("en").page
    page.set_input_files("#drop input", {"name": "orders.csv", "mimeType": "text/csv", "buffer": b"x" * 2_400_000})
    expect(page.locator("[data-drop-chosen]")).to_have_text("orders.csv · 2.4 MB")


def test_paper_has_no_navigation_and_says_from_which_data(look: Callable[..., Watched], photos: Path) -> None:
    page = look("nl").page
    page.wait_for_function(DRAWN)
    page.emulate_media(media="print")
    expect(page.locator(".side")).to_be_hidden()
    expect(page.locator(".print-foot")).to_be_visible()
    for control in (".answer-bar", ".kanban__moves", ".views", ".button"):
        expect(page.locator(control).first).to_be_hidden()
    link = page.locator("#answer .answer a").first
    assert link.evaluate("link => getComputedStyle(link).textDecorationLine") == "none"
    band = page.locator(".range__band--80").first
    assert "hatch" in band.evaluate("band => getComputedStyle(band).fill")
    page.pdf(path=photos / "print.pdf", format="A4")


def test_a_chart_fits_on_paper_and_comes_back_to_the_window(look: Callable[..., Watched]) -> None:
    page = look("en").page
    page.wait_for_function(DRAWN)
    width = "document.querySelector('#fan canvas').clientWidth"
    before = page.evaluate(width)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(width) == 680
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(width) == before > 680


def test_the_names_at_the_end_of_lines_do_not_touch(look: Callable[..., Watched]) -> None:
    page = look("en").page
    page.wait_for_function(DRAWN)
    assert page.locator("#lines [data-canvas]").get_attribute("aria-label") is not None
    gaps = page.evaluate(GAPS)
    assert len(gaps) == 6
    assert min(gaps) >= 13

"""A served home and Debian's Chromium. Absent, the tests say so; they never pass unseen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from watching import Watched

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser; it ends with its module, because its event loop would forbid Django's database to later tests."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


WATCH = """
document.addEventListener('securitypolicyviolation', event => {
  console.error('CSP ' + event.violatedDirective + ' ' + event.blockedURI);
});
"""


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Callable[[str, str], Watched]]:
    """Open a browser in a language and a theme; console errors and refusals of the policy are kept."""
    contexts: list[BrowserContext] = []

    def open_browser(language: str, theme: str = "light", width: int = 1360) -> Watched:
        context = chromium.new_context(
            locale={"nl": "nl-NL", "en": "en-GB"}[language],
            color_scheme=theme,  # type: ignore[arg-type]
            viewport={"width": width, "height": 900},
        )
        context.add_init_script(WATCH)
        contexts.append(context)
        page = context.new_page()
        watched = Watched(page)
        page.on("console", lambda said: watched.complaints.append(said.text) if said.type == "error" else None)
        page.on(
            "response",
            lambda came: watched.complaints.append(f"{came.status} {came.url}") if came.status >= 400 else None,
        )
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.set_default_timeout(15_000)
        return watched

    yield open_browser
    for context in contexts:
        context.close()

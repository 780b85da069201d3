"""Every page of the demo company, as a reader meets it: in two languages, two themes and two widths.

The pages are found by following links; one page of each address stands for all like it. Photographs are kept where
BEKWAAM_PHOTOS names a folder.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Page
from watching import Watched

pytestmark = pytest.mark.browser

SERIOUS = {"serious", "critical"}
LARGEST_KB = 100
MOST_SHIFT = 0.05
START_SECONDS = 150
LEFT_OUT = {"account_logout", "account_login", "healthz", "api_schema", "frame", "frame_preview", "frame_attempt"}
"""Signing out ends the walk; the living page has a test of its own."""

SHIFT = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""


@dataclass
class Demo:
    """A served demo company."""

    url: str
    password: str
    process: subprocess.Popen[str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("BEKWAAM_", "LC_"))}
    home = tmp_path_factory.mktemp("demo") / "home"
    command = [sys.executable, "-m", "bekwaam.faces.cli.main", "--home", str(home), "demo", "--port", "8200"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=surroundings | {"LANG": "en_GB.UTF-8"},
        start_new_session=True,
    )
    said, until = "", time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None and not re.search(r"at http://\S+", said):
        said += process.stdout.readline() if process.stdout else ""
    password, address = re.search(r"password (\S+)", said), re.search(r"at (http://[\d.]+:\d+)", said)
    assert password, said
    assert address, said
    yield Demo(address.group(1), password.group(1), process)
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def sign_in(page: Page, demo: Demo, who: str) -> None:
    page.goto(f"{demo.url}/sign-in/")
    page.fill("[name=login]", f"{who}@demo.example")
    page.fill("[name=password]", demo.password)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "sign-in" not in url)


def pages_of(page: Page, demo: Demo) -> dict[str, str]:
    """Route → the first address of it that a link leads to; what is no page (a file, say) is left out."""
    found: dict[str, str] = {}
    waiting = [urlsplit(page.url).path, "/me/"]
    while waiting:
        path = waiting.pop(0)
        try:
            route = resolve(urlsplit(path).path).url_name
        except Resolver404:
            continue
        if route in found or route in LEFT_OUT:
            continue
        answer = page.request.get(demo.url + path)
        found[route] = path if answer.headers["content-type"].startswith("text/html") else ""
        if found[route]:
            assert answer.status == 200, f"{path}: {answer.status}"
            assert len(answer.body()) <= LARGEST_KB * 1000, f"{path}: {len(answer.body())} bytes"
            links = re.findall(r'href="([^"#]+)"', answer.text())
            waiting += [link for link in (_local(link, path, demo) for link in links) if link]
    return {route: path for route, path in found.items() if path}


def _local(link: str, path: str, demo: Demo) -> str:
    whole = urlsplit(urljoin(demo.url + path, link.replace("&amp;", "&")))
    is_ours = f"{whole.scheme}://{whole.netloc}" == demo.url and not whole.path.startswith("/static/")
    return whole._replace(scheme="", netloc="").geturl() if is_ours else ""


@pytest.mark.parametrize(
    ("who", "language", "theme", "width"),
    [
        ("leader", "nl", "light", 1280),
        ("leader", "en", "dark", 390),
        ("admin", "nl", "dark", 1280),
        ("account-manager", "en", "light", 390),
    ],
)
def test_every_page_is_whole(
    demo: Demo, visitor: Callable[..., Watched], who: str, language: str, theme: str, width: int
) -> None:
    watched = visitor(language, theme, width)
    page = watched.page
    page.add_init_script(SHIFT)
    sign_in(page, demo, who)
    found = pages_of(page, demo)
    assert len(found) > 10, found
    faults = []
    for route, path in sorted(found.items()):
        page.goto(demo.url + path)
        page.wait_for_load_state("networkidle")
        faults += [f"{route} ({path}): {fault}" for fault in faults_of(page, width)]
        _photograph(page, f"{who}-{language}-{theme}-{width}-{route}")
    assert faults == []
    assert watched.complaints == []


def faults_of(page: Page, width: int) -> list[str]:
    """What is wrong with the page that is open."""
    found = []
    widest = page.evaluate("document.documentElement.scrollWidth")
    if widest > width + 1:
        found.append(f"{widest} px wide")
    if (shifted := page.evaluate("window.shifted")) > MOST_SHIFT:
        found.append(f"shifted by {shifted:.3f}")
    violations = Axe().run(page, options={"preload": False}).response["violations"]
    found += [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in violations if rule["impact"] in SERIOUS]
    return found


def _photograph(page: Page, name: str) -> None:
    if folder := os.environ.get("BEKWAAM_PHOTOS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

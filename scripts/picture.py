"""Photograph this week of the demo company, for the README.

    python scripts/picture.py

Writes docs/pictures/this-week.png. The firm, its last day, the window and the language are fixed, so that the picture
changes only when the program does; the hour of the stand is that of the making. Needs what `make test` installs.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bekwaam.demo.firm import company, files

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "this-week.png"
SEED, UNTIL = 1, date(2026, 9, 18)
SIGN_IN, FILES = "demo-sign-in.json", "demo-files"
"""As in `demo.people`, which cannot be read without a home."""
LEADER = "leader@demo.example"
WINDOW = {"width": 1080, "height": 664}
MOST_BYTES = 150_000
QUIET = ("--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--disable-lcd-text")


def main() -> None:
    """Load the firm of the fixed day, serve it, and take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        files.write(company(SEED, UNTIL), home / FILES)
        with _served(home) as url:
            _photograph(url, json.loads((home / SIGN_IN).read_text(encoding="utf-8"))["password"])
    if PICTURE.stat().st_size > MOST_BYTES:
        sys.exit(f"{PICTURE.name} is larger than {MOST_BYTES:,} bytes")


@contextmanager
def _served(home: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "bekwaam.faces.cli.main", "--home", str(home), "demo", "--port", "8140"]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("BEKWAAM_", "LC_"))}
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=surroundings | {"LANG": "en_GB.UTF-8"}, start_new_session=True
    )
    try:
        yield _address(process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _address(process: subprocess.Popen[str]) -> str:
    """Where it says it is, once it is ready."""
    said = ""
    for line in process.stderr or ():
        said += line
        if found := re.search(r"Bekwaam is at (http://\S+?)\. ", line):
            return found.group(1)
    sys.exit(f"the demo did not start: {said}")


def _photograph(url: str, password: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        page = browser.new_context(locale="en-GB", color_scheme="light", viewport=WINDOW).new_page()
        _sign_in(page, url, password)
        page.goto(url, wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE, animations="disabled")
        browser.close()


def _sign_in(page: Page, url: str, password: str) -> None:
    page.goto(f"{url}/sign-in/")
    page.fill("[name=login]", LEADER)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_load_state()


if __name__ == "__main__":
    main()

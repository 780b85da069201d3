"""A first day, in Dutch: own file, a colleague, a view of one's own, many rows changed and put back, a mail."""

from __future__ import annotations

import email
import re
import socket
from collections.abc import Callable, Iterator
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect
from serving_home import Served, serve, stop
from watching import Watched

pytestmark = pytest.mark.browser

SLICE = Path(__file__).resolve().parents[1] / "data" / "online_retail_slice.csv"
PASSWORD = "a quiet river in spring"


class Mailbox:
    """What the mail server took."""

    def __init__(self) -> None:
        self.mails: list[Message] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  the server's name
        """Take a mail."""
        self.mails.append(email.message_from_bytes(envelope.content))
        return "250 taken"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    server.stop()


@pytest.fixture
def served(tmp_path: Path, mailbox: tuple[Mailbox, int]) -> Iterator[Served]:
    running = serve(
        tmp_path / "home",
        BEKWAAM_SMTP=f"smtp://127.0.0.1:{mailbox[1]}",
        BEKWAAM_MAIL_FROM="bekwaam@example.test",
    )
    yield running
    stop(running)


def start(page: Page, link: str, **fields: str) -> None:
    """Follow a one-time link and choose a password."""
    page.goto(link)
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)


def read_in(page: Page, served: Served) -> None:
    """Offer the order file and wait until its figures are in force."""
    page.goto(f"{served.url}/data/import/")
    page.set_input_files("[name=file]", SLICE)
    page.get_by_role("button", name="Bekijk het bestand").click()
    button = page.get_by_role("button", name=re.compile("regels inlezen"))
    for _ in range(60):
        if button.count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    button.click()
    for _ in range(90):
        page.goto(served.url + "/")
        if page.locator(".sentence").count():
            return
        page.wait_for_timeout(1_000)
    raise AssertionError("no figures came into force")


def test_the_first_day(
    served: Served, mailbox: tuple[Mailbox, int], visitor: Callable[..., Watched], tmp_path: Path
) -> None:
    leader = visitor("nl")
    page = leader.page
    start(page, served.first_admin_link, email="leader@example.test", name="Verkoopleider")
    page.check("[name=leads_sales]")
    page.click("main button[type=submit]")
    read_in(page, served)
    invite(page, served, visitor)
    save_a_view(page, served)
    change_many_and_put_back(page, served)
    get_a_mail(page, served, mailbox[0])
    assert leader.complaints == []


def invite(page: Page, served: Served, visitor: Callable[..., Watched]) -> None:
    """A colleague gets a link, chooses a password, and sees customers but no settings."""
    page.goto(f"{served.url}/users/invite/")
    page.fill("[name=email]", "colleague@example.test")
    page.fill("[name=name]", "Accountmanager")
    page.check("[name=roles][value=account_manager]")
    page.click("main button[type=submit]")
    link = re.search(r"http://\S+/link/[\w-]+/", page.content()).group()
    colleague = visitor("nl", "dark", 390)
    start(colleague.page, link)
    colleague.page.click("main button[type=submit]")
    colleague.page.goto(f"{served.url}/customers/")
    expect(colleague.page.locator("h1")).to_contain_text("klanten")
    assert colleague.complaints == []
    assert colleague.page.request.get(f"{served.url}/users/").status == 403


def save_a_view(page: Page, served: Served) -> None:
    """A filter gets a name, and is a tab from now on, also from its own address."""
    page.goto(f"{served.url}/customers/?view=all&f=country:is:DE")
    page.get_by_text("Weergave bewaren", exact=True).first.click()
    page.locator("form:visible [name=name]").fill("Duitse klanten")
    page.locator("form:visible:has([name=name]) button[type=submit]").first.click()
    page.goto(f"{served.url}/customers/")
    expect(page.get_by_role("link", name=re.compile("Duitse klanten"))).to_be_visible()


def change_many_and_put_back(page: Page, served: Served) -> None:
    """Two customers get a segment, and lose it again."""
    page.goto(f"{served.url}/customers/?view=all")
    for place in (0, 1):
        page.locator("[data-pick]").nth(place).check()
    page.get_by_role("button", name="Segment").click()
    page.fill("[name=value]", "Cadeauwinkels")
    page.click("main .button--filled")
    page.get_by_role("button", name="Ongedaan maken").first.click()
    page.goto(f"{served.url}/customers/?view=all&f=segment:is:Cadeauwinkels")
    expect(page.locator("[data-pick]")).to_have_count(0)


def get_a_mail(page: Page, served: Served, box: Mailbox) -> None:
    """The settings page sends one, and it arrives."""
    page.goto(f"{served.url}/settings/mail/")
    page.get_by_role("button", name="Stuur mij een mail").click()
    expect(page.locator("body")).to_contain_text("De mail is verstuurd")
    assert [str(make_header(decode_header(mail["Subject"]))) for mail in box.mails] == ["Mail van Bekwaam werkt"]

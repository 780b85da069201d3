"""A home that is being served, and a visitor with a cookie jar."""

from __future__ import annotations

import http.client
import re
import subprocess
import threading
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from homes_on_disk import descendants, wait_for

START_SECONDS = 40


class Served:
    """A process that serves, once it said where."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.told: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()
        self.url = wait_for(self._address, seconds=START_SECONDS)

    def _listen(self) -> None:
        for line in self.process.stderr or []:
            self.told.append(line.rstrip("\n"))

    def _address(self) -> str | None:
        assert self.process.poll() is None, "\n".join(self.told)
        found = re.search(r"Bekwaam is at (http\S+?)\. ", "\n".join(self.told))
        return found.group(1) if found else None

    def process_named(self, name: str) -> int | None:
        """The process of ours that runs this module."""
        for pid in descendants(self.process.pid):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if name.encode() in words and str(self.process.pid).encode() in words:
                return pid
        return None


class Visitor:
    """Someone with a browser: keeps cookies, follows where he is sent."""

    def __init__(self, url: str) -> None:
        self._place = urlsplit(url)
        self._cookies: dict[str, str] = {}
        self.kind = ""

    def get(self, path: str) -> tuple[int, str]:
        """Status and content of a page."""
        return self._ask("GET", path)

    def post(self, path: str, **values: str) -> tuple[int, str]:
        """Send a form, with the token of the cookie."""
        values["csrfmiddlewaretoken"] = self._cookies.get(f"csrf-{self._place.port}", "")
        return self._ask("POST", path, urlencode(values))

    def sign_in(self, email: str, password: str) -> tuple[int, str]:
        """Through the sign-in page to wherever that leads."""
        self.get("/sign-in/")
        return self.post("/sign-in/", login=email, password=password)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self._place.hostname or "", self._place.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read().decode("utf-8", "replace")
            self._keep(answer.headers.get_all("Set-Cookie") or [])
        finally:
            connection.close()
        self.kind = answer.headers.get_content_type()
        if answer.status in (301, 302):
            return self._ask("GET", answer.headers["Location"])
        return answer.status, content

    def _keep(self, headers: list[str]) -> None:
        for header in headers:
            for name, morsel in SimpleCookie(header).items():
                self._cookies[name] = morsel.value

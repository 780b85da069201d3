"""Serving as people do it: real processes on a free port, and nothing left behind."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

from homes_on_disk import HomeOnDisk, descendants, is_alive, wait_for
from served import Served, Visitor


def serving(home: HomeOnDisk, *words: str) -> AbstractContextManager[subprocess.Popen[str]]:
    return home.process("bekwaam.faces.cli.main", "--home", str(home.path), "serve", *(words or ("--port", "0")))


def test_pages_and_styles_answer_and_a_stop_leaves_nothing_behind(disk_home: HomeOnDisk) -> None:
    with serving(disk_home) as process:
        served = Served(process)
        visitor = Visitor(served.url)
        status, page = visitor.get("/sign-in/")
        assert status == 200
        style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
        assert style, page
        assert visitor.get(style.group(1))[0] == 200
        assert visitor.kind == "text/css"
        link = wait_for(lambda: next((line.strip() for line in served.told if "/link/" in line), None))
        assert link.startswith(served.url)
        assert visitor.get(urlsplit(link).path)[0] == 200

        second = disk_home.command("serve", "--port", "0")
        assert second.returncode == 1
        assert served.url in second.stderr

        family = descendants(process.pid)
        assert len(family) >= 3
        process.terminate()
        assert process.wait(20) == 0
        assert not any(is_alive(pid) for pid in family)


def test_a_worker_that_died_is_started_again_and_no_child_outlives_a_kill(disk_home: HomeOnDisk) -> None:
    with serving(disk_home) as process:
        served = Served(process)
        worker = served.process_named("bekwaam.faces.jobs.worker")
        assert worker
        os.kill(worker, signal.SIGKILL)
        again = wait_for(lambda: (now := served.process_named("bekwaam.faces.jobs.worker")) != worker and now)
        assert Visitor(served.url).get("/healthz")[0] == 200

        family = descendants(process.pid)
        assert again in family
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        wait_for(lambda: not any(is_alive(pid) for pid in family), seconds=15)


def test_a_busy_port_is_passed_over(disk_home_with_lines: HomeOnDisk) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        with serving(disk_home_with_lines, "--port", str(busy)) as process:
            served = Served(process)
            assert urlsplit(served.url).port != busy
            assert Visitor(served.url).get("/sign-in/")[0] == 200
            assert not any("/link/" in line for line in served.told), "there is an administrator already"


def test_with_a_certificate_everything_is_encrypted(
    disk_home_with_lines: HomeOnDisk, certificate: tuple[Path, Path]
) -> None:
    words = ("--port", "0", "--tls-cert", str(certificate[0]), "--tls-key", str(certificate[1]))
    with serving(disk_home_with_lines, *words) as process:
        place = urlsplit(Served(process).url)
        trusted = ssl.create_default_context(cafile=str(certificate[0]))
        trusted.check_hostname = False
        connection = http.client.HTTPSConnection(place.hostname or "", place.port, context=trusted, timeout=20)
        connection.request("GET", "/sign-in/")
        answer = connection.getresponse()
        assert (place.scheme, answer.status) == ("https", 200)
        cookie = answer.getheader("Set-Cookie") or ""
        connection.close()
    assert cookie.startswith("__Host-")
    assert "Secure" in cookie


def test_serving_to_others_without_tls_is_a_wrong_call(tmp_path: Path) -> None:
    home = HomeOnDisk(tmp_path / "never-made")
    refused = home.command("serve", "--host", "0.0.0.0")
    assert refused.returncode == 2
    assert "--tls-cert" in refused.stderr
    assert not home.path.exists()


def test_two_homes_that_start_at_once_are_served_apart(disk_home: HomeOnDisk, tmp_path: Path) -> None:
    shutil.copytree(disk_home.path, tmp_path / "other")
    other = HomeOnDisk(tmp_path / "other")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with serving(disk_home, "--port", port) as one, serving(other, "--port", port) as two:
        places = {urlsplit(Served(process).url).port for process in (one, two)}
    assert len(places) == 2

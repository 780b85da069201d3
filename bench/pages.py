"""Pages and the start of the web process, with their budgets: CPU, questions to the database, size.

    python bench/pages.py [--customers 4372]

Builds a home with the whole wholesaler (../shared), signs a leader in, and reads each page twenty times after a
warm-up. CPU seconds are of this process alone; the start is a fresh process that imports the web application.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WHOLE = ROOT.parent / "shared" / "data" / "retention" / "online_retail.parquet"
PAGES = ("/", "/customers/?view=all", "/customers/?view=all&page=40", "/customers/14911/", "/forecasts/", "/data/")
READINGS = 20


def command(home: Path, *words: str) -> None:
    """Run one command of Bekwaam."""
    subprocess.run([sys.executable, "-m", "bekwaam.faces.cli.main", "--home", str(home), *words], check=True)


def start_seconds(home: Path) -> float:
    """CPU seconds that a fresh web process needs before its first answer."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = "import bekwaam.config.wsgi as w; from django.urls import get_resolver; get_resolver().url_patterns"
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"BEKWAAM_HOME": str(home)})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def signed_in() -> Any:
    """A client in which a leader is signed in."""
    from django.test import Client

    from bekwaam.access import actions

    user = actions.create_user(actions.Person(email="leader@example.test", name="leader"), roles=["leader"])
    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-language": "nl"})
    client.force_login(user)
    return client


def main() -> None:
    """Measure and print."""
    if not WHOLE.exists():
        raise SystemExit("The public data beside the checkout is absent.")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        command(home, "import", "sales", str(WHOLE))
        command(home, "refresh", "--as-of", "2011-12-10")
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {READINGS} readings, medians")
        starts = [start_seconds(home) for _ in range(5)]
        print(f"start of the web process: {statistics.median(starts):.2f} CPU s (budget 1.5)")
        os.environ |= {"BEKWAAM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "bekwaam.config.settings"}
        import django

        django.setup()
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client = signed_in()
        print(f"{'page':34} {'CPU ms':>8} {'questions':>10} {'kB':>7}   budget of the list: 30 ms, 8, 80 kB")
        for page in PAGES:
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                size = len(client.get(page).content)
            times = []
            for _ in range(READINGS):
                begin = time.process_time()
                client.get(page)
                times.append(time.process_time() - begin)
            print(f"{page:34} {statistics.median(times) * 1000:8.1f} {len(asked):10} {size / 1000:7.1f}")


if __name__ == "__main__":
    main()

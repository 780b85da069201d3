"""The list of customers at 10,000 and 100,000 of them: CPU, questions to the database, size, and what grows.

    python bench/lists.py [--small 10000] [--large 100000]

Builds a home with customers and readings of one run, signs a leader in and reads each page twenty times. `first` is
the first reading after a change of a record, when everything must be counted anew; `again` is the lower quartile of
the others, because what else the machine does only adds. CPU seconds are of this process alone. The goals: again at
most 30 ms, 8 questions, 80 kB, and at most 1.5 times as much with ten times the customers. At the end: both sheets of
the whole list, with their peak of memory.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

PAGES = (
    "/customers/",
    "/customers/?view=all",
    "/customers/?view=all&sort=customer",
    "/customers/?view=all&sort=-silent",
    "/customers/?view=all&sort=seller",
    "/customers/?view=all&sort=-chance",
    "/customers/?view=all&f=city:contains:stad 9",
    "/customers/?view=all&f=customer:contains:4242",
    "/customers/?view=all&f=seller:is:S3&f=revenue:min:9000",
    "/customers/?view=all&f=country:is:DE,BE&sort=-profit",
    "/customers/?view=all&page=20",
    "/customers/?view=all&page=150",
    "/products/",
)
READINGS = 20
AS_OF = date(2026, 9, 21)
PART = 2_000


@dataclass(frozen=True)
class Measured:
    """One page."""

    first: float
    again: float
    questions_first: int
    questions: int
    kilobytes: float


def open_home(folder: str) -> None:
    """An empty home in this folder."""
    os.environ |= {"BEKWAAM_HOME": folder, "DJANGO_SETTINGS_MODULE": "bekwaam.config.settings"}
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.BEKWAAM_HOME.prepare()
    call_command("migrate", verbosity=0)


def fill(count: int) -> None:
    """Customers with readings of one run in force, 250 products; the same for the same count."""
    from django.utils import timezone

    from bekwaam.records.models import Customer, Product, Run, Seller, Territory
    from bekwaam.workspaces.customers.models import CustomerReading

    chance = random.Random(11)
    territories = Territory.objects.bulk_create([Territory(code=f"R{n}", name=f"Rayon {n}") for n in range(6)])
    sellers = Seller.objects.bulk_create([Seller(code=f"S{n}", name=f"Verkoper {chr(77 - n)}") for n in range(12)])
    Product.objects.bulk_create([Product(code=f"P{n}", description=f"Artikel {n}") for n in range(250)])
    Customer.objects.bulk_create(
        (
            Customer(
                number=f"{100_000 + n}",
                name=f"Klant {chance.randrange(10**6)} {chance.choice(['B.V.', 'GmbH', 'NV'])}",
                city=f"Stad {chance.randrange(400)}",
                country=chance.choice(["NL", "NL", "DE", "BE", "FR"]),
                segment=chance.choice(["Machinebouw", "Zuivel", "Papier"]),
                customer_group=chance.choice("ABC"),
                seller=chance.choice(sellers),
                territory=chance.choice(territories),
            )
            for n in range(count)
        ),
        batch_size=PART,
    )
    run = Run.objects.create(state="done", is_current=True, as_of=AS_OF, facts_version=3, ended_at=timezone.now())
    CustomerReading.objects.bulk_create((_reading(run, n, chance) for n in range(count)), batch_size=PART)


def _reading(run: Any, n: int, chance: random.Random) -> Any:
    from bekwaam.workspaces.customers.models import CustomerReading

    revenue = Decimal(round(chance.lognormvariate(9, 1.5) * 100)) / 100
    silent = chance.randrange(400)
    return CustomerReading(
        run=run,
        customer_number=f"{100_000 + n}",
        revenue_year=revenue,
        gross_profit_year=revenue * Decimal("0.3"),
        chance_of_order_90d=chance.random(),
        usual_chance_90d=0.7,
        own_rhythm_days=chance.randrange(10, 90),
        usual_low_days=30,
        usual_high_days=60,
        days_silent=silent,
        order_days=chance.randrange(1, 40),
        first_order=date(2020, 1, 1),
        last_order=AS_OF - timedelta(days=silent),
        expected_loss=revenue,
        is_slipping=n < 20,
        rank=n + 1 if n < 20 else None,
        recent_order_days=[str(AS_OF - timedelta(days=30 * step + n % 20)) for step in range(1, 13)],
        has_seller=True,
    )


def signed_in() -> Any:
    """A client in which a leader with margins is signed in."""
    from django.test import Client

    from bekwaam.access import actions
    from bekwaam.access.models import User

    person = actions.Person(email="leader@example.test", name="leader")
    known = User.objects.filter(email=person.email).first()
    user = known or actions.create_user(person, roles=["leader"], rights=["margins"])
    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-language": "nl"})
    client.force_login(user)
    return client


def measure(client: Any, page: str) -> Measured:
    """One page, right after a change and then again and again."""
    from django.utils import timezone

    from bekwaam.records.models import Customer, Product

    client.get(page)
    for table in (Customer, Product):
        table.objects.filter(pk=table.objects.first().pk).update(touched_at=timezone.now())
    first, asked_first, _size = timed(client, page)
    others = [timed(client, page) for _ in range(READINGS)]
    return Measured(
        first * 1000,
        statistics.quantiles((seconds for seconds, _asked, _size in others), n=4)[0] * 1000,
        asked_first,
        others[-1][1],
        others[-1][2] / 1000,
    )


def timed(client: Any, page: str) -> tuple[float, int, int]:
    """CPU seconds, questions and size of one reading."""
    from django.db import connection

    asked = []
    with connection.execute_wrapper(lambda execute, *rest: asked.append(1) or execute(*rest)):
        begin = time.process_time()
        response = client.get(page)
        seconds = time.process_time() - begin
    if response.status_code != 200:
        raise SystemExit(f"{page}: {response.status_code}")
    return seconds, len(asked), len(response.content)


def sheet(folder: str, kind: str) -> None:
    """A sheet of the whole list, read as a browser does, after one page has loaded what pages need."""
    open_home(folder)
    client = signed_in()
    client.get("/customers/?view=all")
    list(client.get(f"/lists/customers/export/?view=slipping&format={kind}").streaming_content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    response = client.get(f"/lists/customers/export/?view=all&format={kind}")
    size = sum(len(part) for part in response.streaming_content)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = time.process_time() - begin
    print(f"  {kind:4} {seconds:6.1f} CPU s, {size / 1e6:5.1f} MB, memory +{(after - before) / 1000:.0f} MB")


def run(count: int) -> None:
    """Measure one home and print one line per page, for the parent to read."""
    with tempfile.TemporaryDirectory() as folder:
        open_home(folder)
        fill(count)
        client = signed_in()
        for page in PAGES:
            found = measure(client, page)
            print(
                f"page\t{page}\t{found.first}\t{found.again}\t{found.questions_first}\t{found.questions}\t{found.kilobytes}"
            )
        for kind in ("csv", "xlsx"):
            print(itself("--sheet", kind, "--home", folder), end="")


def itself(*words: str) -> str:
    """What this program says in a process of its own, which has the memory of nothing else."""
    command = [sys.executable, __file__, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ).stdout


def measured(count: int) -> tuple[dict[str, Measured], list[str]]:
    """The pages of one size, and what else was told."""
    pages, rest = {}, []
    for line in itself("--only", str(count)).splitlines():
        if not line.startswith("page\t"):
            rest.append(line)
            continue
        _, page, first, again, asked_first, asked, size = line.split("\t")
        pages[page] = Measured(float(first), float(again), int(asked_first), int(asked), float(size))
    return pages, rest


def main() -> None:
    """Measure both sizes and print them beside each other."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--only", type=int)
    parser.add_argument("--sheet")
    parser.add_argument("--home")
    options = parser.parse_args()
    if options.sheet:
        sheet(options.home, options.sheet)
        return
    if options.only:
        run(options.only)
        return
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {READINGS} readings; CPU ms")
    (small, _), (large, told) = measured(options.small), measured(options.large)
    sizes = f"{options.small:,} customers".rjust(17), f"{options.large:,} customers".rjust(31)
    print(f"{'':52}{sizes[0]}{sizes[1]}")
    print(f"{'page':52}{'first':>8} {'again':>8} {'first':>9} {'again':>7} {'questions':>10} {'kB':>5} {'ratio':>6}")
    for page, now in large.items():
        before = small[page]
        asked = f"{now.questions}/{now.questions_first}"
        print(
            f"{page:52}{before.first:8.1f} {before.again:8.1f} {now.first:9.1f} {now.again:7.1f} {asked:>10} "
            f"{now.kilobytes:5.0f} {now.again / before.again:6.2f}"
        )
    print(f"Sheets of {options.large:,} customers:", *told, sep="\n")


if __name__ == "__main__":
    main()

"""A process that reads batches in and undoes them, for ever, and says so; made to be killed.

Started with the folder of a store, it has everything imported and waits. Each line that it is sent is a seed: it
forks a child that works until it is killed. Forking before DuckDB or Delta did anything saves 0.5 s per child.
"""

from __future__ import annotations

import os
import random
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
from facts_ledger_of_batches import LINES, TAKEN, amount, line_id, target_of

from bekwaam.facts.store import Store, Writer

SCHEMA = pa.schema(
    [
        ("line_id", pa.int64()),
        ("order_number", pa.string()),
        ("line_number", pa.string()),
        ("order_date", pa.date32()),
        ("customer_number", pa.string()),
        ("product_code", pa.string()),
        ("seller_code", pa.string()),
        ("territory_code", pa.string()),
        ("country", pa.string()),
        ("country_as_written", pa.string()),
        ("quantity", pa.decimal128(18, 3)),
        ("unit", pa.string()),
        ("revenue", pa.decimal128(18, 2)),
        ("cost", pa.decimal128(18, 2)),
        ("currency", pa.string()),
        ("kind", pa.string()),
        ("batch_id", pa.string()),
    ]
)
pa.array([0])  # the first of these imports pandas, where it is installed: before the fork, not in every child
RETRACTED = pa.schema([("line_id", pa.int64()), ("batch_id", pa.string())])


def rows_of(number: int) -> pa.Table:
    usual = {"order_date": date(2025, 1, 1), "quantity": Decimal(1), "currency": "EUR", "kind": "sale"}
    rows = [
        {
            **usual,
            "line_id": line_id(number, place),
            "order_number": f"{number}-{place}",
            "revenue": amount(number, place),
            "batch_id": f"B{number:04d}",
        }
        for place in range(LINES)
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def taken_by(number: int, live: list[int]) -> pa.Table | None:
    target = target_of(number, live)
    if target is None:
        return None
    rows = [{"line_id": line_id(target, place), "batch_id": f"B{number:04d}"} for place in range(TAKEN)]
    return pa.Table.from_pylist(rows, schema=RETRACTED)


def one_batch(writer: Writer, live: list[int]) -> int:
    number = writer.next_batch_number()
    target = target_of(number, live)
    writer.import_lines(
        f"B{number:04d}",
        lines=rows_of(number),
        retracted=taken_by(number, live),
        file_sha256="",
        kind="sales",
        counts={"target": target or 0},
    )
    return number


def work(root: Path, seed: int, *, batches: int | None = None) -> None:
    """Read in and undo; every line that is printed is acknowledged."""
    chance, store, done = random.Random(seed), Store(root), 0
    while batches is None or done < batches:
        with store.writing() as writer:
            live = [int(entry.batch_id[1:]) for entry in store.batches() if entry.undone_in is None]
            if batches is None and live and chance.random() < 0.3:
                number = chance.choice(live)
                writer.undo(f"B{number:04d}")
                tell("undone", number)
            else:
                tell("in", one_batch(writer, live))
                done += 1


def tell(word: str, number: int) -> None:
    os.write(1, f"{word} {number}\n".encode())


def fork_on_request(root: Path) -> None:
    for seed in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(root, int(seed))
            finally:
                os._exit(3)  # only a kill ends it well
        tell("child", child)
        _, status = os.waitpid(child, 0)
        tell("ended", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    if len(sys.argv) > 2:
        work(folder, seed=int(sys.argv[2]), batches=int(sys.argv[3]))
    else:
        fork_on_request(folder)

"""Batches come in, replace, and are undone; every data version keeps its answer."""

from __future__ import annotations

import os
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from facts_cast import (
    LINES_PER_BATCH,
    batch_id,
    dimension,
    line_ids,
    lines,
    read_in,
    retractions,
    totals,
    undo,
    write_dimensions,
)

from bekwaam.facts.read import Facts
from bekwaam.facts.store import Store
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.errors import Failed, Refused, WrongCall


def test_a_new_store_is_version_0_and_answers_with_nothing(store: Store, root: Path) -> None:
    assert store.version == 0
    assert totals(root) == (0, Decimal(0))
    assert Facts(root).ask("revenue_by_month", SYSTEM, as_of=date(2030, 1, 1)).rows == []
    assert store.check() == []


def test_a_store_that_was_never_made_is_version_0_too(root: Path) -> None:
    assert Store(root).version == 0
    assert totals(root) == (0, Decimal(0))


def test_creating_twice_keeps_what_is_in(store: Store, root: Path) -> None:
    read_in(store, lines(1, {}))
    store.create()
    assert totals(root) == (1, Decimal("10.00"))


def test_creation_that_was_cut_off_is_done_again(store: Store, root: Path) -> None:
    (root / "ledger.sqlite3").unlink()
    (root / "sales/_delta_log/00000000000000000000.json").write_text("")
    Store(root).create()
    read_in(store, lines(1, {}))
    assert totals(root) == (1, Decimal("10.00"))


def test_rows_without_their_ledger_are_not_wiped(store: Store, root: Path) -> None:
    read_in(store, lines(1, {}))
    (root / "ledger.sqlite3").unlink()
    with pytest.raises(Failed, match="facts_damaged"):
        Store(root).create()
    assert list((root / "sales").glob("*.parquet"))


@pytest.mark.parametrize("name", ["twenty%20", "a[1]", "back\\slash"])
def test_a_folder_that_the_delta_library_cannot_use_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongCall, match="folder_unusable"):
        Store(tmp_path / name).create()


def test_every_batch_is_one_version(store: Store, root: Path) -> None:
    assert read_in(store, lines(1, {}, {"revenue": Decimal("2.50")})) == 1
    assert read_in(store, lines(2, {"revenue": Decimal("-1.00"), "kind": "return"})) == 2
    assert (totals(root, 1), totals(root, 2)) == ((2, Decimal("12.50")), (3, Decimal("11.50")))
    assert store.version == 2


def test_the_ledger_tells_what_came_in(store: Store) -> None:
    read_in(store, lines(1, {}), sha256="abc")
    (entry,) = store.batches()
    assert (entry.batch_id, entry.action, entry.state, entry.facts_version) == ("B0001", "import", "committed", 1)
    assert (entry.file_sha256, entry.kind, dict(entry.counts)) == ("abc", "sales", {"rows": 1})
    assert entry.table_versions == {"sales": 1, "retracted": 0, "customers": 0, "products": 0, "sellers": 0}
    assert entry.made_at.tzinfo is not None


def test_lines_that_are_replaced_no_longer_count_but_old_versions_keep_them(store: Store, root: Path) -> None:
    old = lines(1, {"order_number": "O1"}, {"order_number": "O2"})
    read_in(store, old)
    new = lines(2, {"order_number": "O1", "revenue": Decimal("12.00")})
    assert read_in(store, new, taken=retractions(2, [old["line_id"][0]])) == 2
    assert line_ids(root) == [old["line_id"][1], new["line_id"][0]]
    assert totals(root, 2) == (2, Decimal("22.00"))
    assert totals(root, 1) == (2, Decimal("20.00"))


def test_undo_takes_exactly_its_lines_and_gives_back_what_they_replaced(store: Store, root: Path) -> None:
    old = lines(1, {}, {})
    read_in(store, old)
    read_in(store, lines(2, {"revenue": Decimal("12.00")}), taken=retractions(2, [old["line_id"][0]]))
    assert undo(store, 2) == 3
    assert line_ids(root) == list(old["line_id"])
    assert [totals(root, version)[1] for version in (1, 2, 3)] == [Decimal(20), Decimal(22), Decimal(20)]
    assert [entry.undone_in for entry in store.batches()] == [None, 3]


def test_undo_of_what_never_came_in_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="batch_unknown"):
        undo(store, 7)


def test_undo_of_what_was_undone_is_refused_and_changes_nothing(store: Store) -> None:
    read_in(store, lines(1, {}))
    undo(store, 1)
    with pytest.raises(Refused, match="batch_undone"):
        undo(store, 1)
    assert store.version == 2


def test_a_batch_comes_in_once(store: Store, root: Path) -> None:
    read_in(store, lines(1, {}))
    with pytest.raises(Refused, match="batch_exists"):
        read_in(store, lines(1, {}))
    undo(store, 1)
    with pytest.raises(Refused, match="batch_exists"):
        read_in(store, lines(1, {}))
    assert totals(root) == (0, Decimal(0))


def test_the_same_file_is_found_until_it_is_undone(store: Store) -> None:
    read_in(store, lines(1, {}), sha256="abc")
    found = store.find_file("abc", "sales")
    assert found is not None
    assert found.batch_id == "B0001"
    assert store.find_file("abc", "customers") is None
    undo(store, 1)
    assert store.find_file("abc", "sales") is None


def test_batch_numbers_are_never_used_again(store: Store) -> None:
    with store.writing() as writer:
        assert writer.next_batch_number() == 1
    read_in(store, lines(41, {}))
    undo(store, 41)
    with store.writing() as writer:
        assert writer.next_batch_number() == 42


def test_entry_of_a_batch_is_its_import_never_its_undo(store: Store) -> None:
    read_in(store, lines(1, {}))
    undo(store, 1)
    entry = store.entry_of("B0001")
    assert entry is not None
    assert (entry.action, entry.state, entry.facts_version, entry.undone_in) == ("import", "committed", 1, 2)
    assert store.entry_of("B0002") is None


@pytest.mark.parametrize(
    ("column", "kind"), [("revenue", pl.Float64), ("quantity", pl.Decimal(18, 4)), ("order_date", pl.Datetime)]
)
def test_a_type_that_could_lose_something_is_not_taken(store: Store, column: str, kind: pl.DataType) -> None:
    rows = lines(1, {}).with_columns(pl.col(column).cast(kind))
    with pytest.raises(TypeError, match=column):
        read_in(store, rows)
    assert (store.version, store.entry_of("B0001")) == (0, None)


def test_a_wider_decimal_and_a_column_of_nulls_are_taken(store: Store, root: Path) -> None:
    rows = lines(1, {}).with_columns(pl.col("revenue").cast(pl.Decimal(38, 2)), line_number=pl.lit(None))
    read_in(store, rows)
    assert totals(root) == (1, Decimal("10.00"))


def test_a_missing_column_is_named(store: Store) -> None:
    with pytest.raises(TypeError, match="country_as_written"):
        read_in(store, lines(1, {}).drop("country_as_written"))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (lines(1, {"order_date": None}), "lack"),
        (lines(1, {"line_id": 5}, {"line_id": 5}), "repeat"),
        (lines(1, {}, {"batch_id": "B0002"}), "not of batch"),
        (lines(1, {}).with_columns(revenue=pl.lit(10**17, pl.Int64)), "sales"),
    ],
)
def test_rows_that_cannot_be_right_change_nothing(store: Store, root: Path, rows: pl.DataFrame, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_in(store, rows)
    assert totals(root) == (0, Decimal(0))
    assert store.check() == []
    entry = store.entry_of("B0001")
    assert entry is not None
    assert entry.state == "abandoned"
    assert list((root / "sales").glob("*.parquet")) == []


def test_an_abandoned_batch_may_come_in_later(store: Store, root: Path) -> None:
    with pytest.raises(ValueError, match="lack"):
        read_in(store, lines(1, {"order_date": None}))
    read_in(store, lines(1, {}))
    assert totals(root) == (1, Decimal("10.00"))


def test_a_batch_without_lines_may_still_take_lines_away(store: Store, root: Path) -> None:
    old = lines(1, {}, {})
    read_in(store, old)
    with store.writing() as writer:
        writer.import_lines(
            "B0002",
            lines=lines(2, {}).clear(),
            retracted=retractions(2, [old["line_id"][0]]),
            file_sha256="",
            kind="sales",
            counts={},
        )
    assert line_ids(root) == [old["line_id"][1]]
    undo(store, 2)
    assert line_ids(root) == list(old["line_id"])


def test_dimensions_are_kept_per_version(store: Store, root: Path) -> None:
    read_in(store, lines(1, {}))
    write_dimensions(store, 2, customers=dimension("customers", ("C1", "S1", None, None, None, None, None)))
    write_dimensions(store, 3, customers=dimension("customers", ("C1", None, "T1", None, None, None, None)))
    owned = [
        Facts(root, version).ask("customers_with_seller", SYSTEM, as_of=date(2026, 1, 1)).rows for version in (1, 2, 3)
    ]
    assert owned == [[], [("C1",)], []]


def test_undo_of_dimensions_gives_back_the_snapshot_before(store: Store, root: Path) -> None:
    for number, seller in ((1, "S1"), (2, "S2"), (3, None)):
        rows = [("C1", seller, None, None, None, None, None)] if seller else []
        write_dimensions(store, number, customers=dimension("customers", *rows))
    sellers = []
    for number in (3, 1, 2):
        undo(store, number)
        rows = Facts(root).ask("customers_with_seller", SYSTEM, as_of=date(2026, 1, 1)).rows
        sellers.append(len(rows))
    assert sellers == [1, 1, 0]


def test_a_key_stands_once_in_a_dimension(store: Store) -> None:
    with pytest.raises(ValueError, match="repeat"):
        write_dimensions(store, 1, sellers=dimension("sellers", ("S1", None, None), ("S1", "T", None)))
    with pytest.raises(TypeError, match="dimension tables"):
        write_dimensions(store, 1, sales=lines(1, {}))


def test_replaced_lines_never_stand_twice_in_whatever_order_batches_are_undone(store: Store, root: Path) -> None:
    """Each batch writes some orders anew, and takes away all that ever was in them.

    An order must stand as the newest batch that is not undone has it.
    """
    chance = random.Random(7)
    written: dict[int, list[str]] = {}
    for number in range(1, 19):
        orders = chance.sample(["O1", "O2", "O3", "O4"], k=chance.randint(1, 3))
        standing = Facts(root).ask("lines_on_hand", SYSTEM, first=date(1990, 1, 1), last=date(2090, 1, 1)).dicts()
        away = Facts(root).ask("lines_taken_away", SYSTEM).dicts()
        taken = [row["line_id"] for row in [*standing, *away] if row["order_number"] in orders]
        read_in(store, lines(number, *({"order_number": order} for order in orders)), taken=retractions(number, taken))
        written[number] = orders
        if chance.random() < 0.6:
            gone = chance.choice(list(written))
            undo(store, gone)
            del written[gone]
        newest = {order: number for number, orders in sorted(written.items()) for order in orders}
        expected = sorted(n * LINES_PER_BATCH + written[n].index(order) + 1 for order, n in newest.items())
        assert line_ids(root) == expected, f"after batch {number}"


def test_a_batch_id_that_could_be_code_is_not_taken(store: Store) -> None:
    rows = lines(1, {}).with_columns(batch_id=pl.lit("B' OR '1'='1"))
    with pytest.raises(ValueError, match="batch id"):
        read_in(store, rows)


def test_a_second_writer_waits_and_then_says_so(store: Store) -> None:
    with store.writing(), pytest.raises(Failed, match="store_locked"), store.writing(wait_seconds=0.05):
        pass


def test_the_log_forgets_nothing_however_old(store: Store, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default a summary would remove log entries older than 30 days, and with them the old versions."""
    monkeypatch.setattr("bekwaam.facts.fact_table.CHECKPOINT_EVERY", 2)
    for number in range(1, 6):
        read_in(store, lines(number, {}))
        for path in (root / "sales/_delta_log").iterdir():
            os.utime(path, (0, 0))
    assert [totals(root, version)[0] for version in range(1, 6)] == [1, 2, 3, 4, 5]
    assert len(list((root / "sales/_delta_log").glob("0*.json"))) == 6


def test_the_log_is_summarised_now_and_then_and_old_versions_still_answer(
    store: Store, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bekwaam.facts.fact_table.CHECKPOINT_EVERY", 3)
    for number in range(1, 8):
        read_in(store, lines(number, {}))
    undo(store, 2)
    assert sorted(path.name[18:20] for path in (root / "sales/_delta_log").glob("*.checkpoint.parquet")) == ["03", "06"]
    assert [totals(root, version)[0] for version in range(1, 9)] == [1, 2, 3, 4, 5, 6, 7, 6]
    (root / "sales/_delta_log/00000000000000000006.checkpoint.parquet").write_bytes(b"PAR1")
    read_in(store, lines(8, {}))
    assert totals(root) == (7, Decimal("70.00"))
    assert batch_id(8) == store.batches()[-1].batch_id

"""Parquet: typed columns as they are, and nothing of a damaged file."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from workbooks import headings

from bekwaam.intake.limits import Limits
from bekwaam.intake.raw_table import RawTable
from bekwaam.intake.reader import read_table
from bekwaam.terms.errors import Refused


def from_columns(tmp_path: Path, **columns: Any) -> RawTable:
    pl.DataFrame(columns).write_parquet(tmp_path / "orders.parquet")
    return read_table(tmp_path / "orders.parquet")


def test_every_kind_of_column_goes_where_it_belongs(tmp_path: Path) -> None:
    table = from_columns(
        tmp_path,
        order=["  61870 ", "", None],
        group=pl.Series(["a", "b", "a"], dtype=pl.Categorical),
        pieces=pl.Series([1, None, -3], dtype=pl.Int16),
        big=pl.Series([2**63, 1, None], dtype=pl.UInt64),
        price=[1.5, float("nan"), None],
        short=pl.Series([2.55, None, 0.1], dtype=pl.Float32),
        exact=[Decimal("12.345"), None, Decimal("0.100")],
        day=[date(2026, 9, 14), None, None],
        moment=[datetime(2026, 9, 14, 23, 59), None, None],
        zoned=[datetime(2026, 9, 14, 23, 59, tzinfo=UTC), None, None],
        clock=[time(13, 30), None, None],
        paid=[True, False, None],
        nothing=pl.Series([None, None, None], dtype=pl.Null),
    )
    assert table.rows.to_list() == [1, 2, 3]
    assert table.column("order").texts.to_list() == ["61870", None, None]
    assert table.column("group").texts.to_list() == ["a", "b", "a"]
    assert table.column("pieces").numbers.to_list() == [1, None, -3]
    assert table.column("big").numbers.to_list() == [float(2**63), 1.0, None]
    assert table.column("price").numbers.to_list() == [1.5, None, None]
    assert table.column("short").numbers.to_list() == [2.55, None, 0.1]
    assert table.column("exact").numbers.to_list() == [Decimal("12.345"), None, Decimal("0.100")]
    assert table.column("day").days.to_list() == [date(2026, 9, 14), None, None]
    for heading in ("moment", "zoned"):
        assert table.column(heading).days.to_list() == [datetime(2026, 9, 14, 23, 59), None, None], heading
    assert table.column("clock").texts[0].startswith("13:30:00")
    assert table.column("paid").texts.to_list() == ["true", "false", None]
    assert table.column("nothing").texts.to_list() == [None, None, None]
    assert not table.details


def test_a_day_is_that_of_the_columns_own_time_zone(tmp_path: Path) -> None:
    moment = pl.Series([datetime(2026, 9, 13, 22, 30)]).dt.replace_time_zone("UTC")
    table = from_columns(tmp_path, day=moment.dt.convert_time_zone("Europe/Amsterdam"))
    assert table.column("day").days.to_list() == [datetime(2026, 9, 14, 0, 30)]


def test_nested_and_binary_columns_are_left_out_by_name(tmp_path: Path) -> None:
    table = from_columns(tmp_path, order=["1"], lines=[[1, 2]], raw=[b"\x00"], part=[{"a": 1}])
    assert headings(table) == ["order"]
    assert table.details == {"columns_left_out": "lines, raw, part"}


def test_columns_of_the_same_name_are_all_kept(tmp_path: Path) -> None:
    table = pa.table([pa.array(["a"]), pa.array(["b"]), pa.array([3])], names=["name", "name", "n"])
    pq.write_table(table, tmp_path / "orders.parquet")
    read = read_table(tmp_path / "orders.parquet")
    assert headings(read) == ["name", "name", "n"]
    assert [column.texts[0] for column in read.columns[:2]] == ["a", "b"]


def test_durations_are_told_in_full(tmp_path: Path) -> None:
    table = from_columns(tmp_path, order=["1"], took=[timedelta(hours=1)])
    assert table.column("took").texts is not None or "took" in table.details["columns_left_out"]


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        from_columns(tmp_path, order=pl.Series([], dtype=pl.String))
    assert caught.value.code == "file_header_only"


def test_more_cells_than_allowed_are_refused_before_they_are_read(tmp_path: Path) -> None:
    pl.DataFrame({"order": pl.repeat("1", 100_000, eager=True)}).write_parquet(tmp_path / "orders.parquet")
    with pytest.raises(Refused) as caught:
        read_table(tmp_path / "orders.parquet", limits=Limits(table_cells=1_000))
    assert caught.value.values == {"file": "orders.parquet", "rows": 100_000, "columns": 1, "limit": 1_000}


def test_one_long_text_named_a_million_times_is_refused(tmp_path: Path) -> None:
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int32()), pa.array(["x" * 100_000]))
    pq.write_table(pa.table({"order": texts}), tmp_path / "orders.parquet")
    assert (tmp_path / "orders.parquet").stat().st_size < 1_000_000
    with pytest.raises(Refused) as caught:
        read_table(tmp_path / "orders.parquet")
    assert caught.value.code == "parquet_damaged"


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    pl.DataFrame({"order": ["1", "2"]}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(Refused) as caught:
        read_table(path)
    assert caught.value.code == "parquet_damaged"

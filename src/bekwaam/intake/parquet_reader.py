"""Parquet files: typed columns as they are.

Arrow reads them, because a damaged file makes it raise: of 2,500 mutated files it read or refused all, while the
reader of Polars brought the process down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bekwaam.intake.limits import MB
from bekwaam.intake.raw_table import RawColumn, RawTable
from bekwaam.intake.source import Source
from bekwaam.terms.errors import Refused

_FAULTS: Final = (pa.ArrowException, OSError, ValueError, NotImplementedError, MemoryError, OverflowError)
_TEXT_MB: Final = 1024
"""What the texts of one column may come to; a dictionary can name one long text millions of times."""

_LOCKED: Final = b"PARE"


def read_parquet(source: Source) -> RawTable:
    """The table of a Parquet file. Nested and binary columns are left out and named in the details.

    A time of day is dropped from dates, as it is shown in the column's own time zone. Yes and no become "true" and
    "false"; a float that is no number is empty.

    Raises:
        Refused: `parquet_damaged`, `parquet_locked`, `file_header_only`, `too_many_cells`.
    """
    if _is_locked(source):
        raise Refused("parquet_locked", file=source.name)
    try:
        with pq.ParquetFile(source.path) as file:
            _check_size(file.metadata, source)
            rows, texts = file.metadata.num_rows, _text_columns(file.schema_arrow)
        with pq.ParquetFile(source.path, read_dictionary=texts) as file:
            columns = list(_columns(file))
    except _FAULTS as error:
        raise Refused("parquet_damaged", file=source.name) from error
    left_out = [heading for heading, column in columns if column is None]
    return RawTable(
        file=source.name,
        format="parquet",
        columns=tuple(column for _, column in columns if column is not None),
        rows=pl.int_range(1, rows + 1, eager=True, dtype=pl.UInt32).alias("row"),
        details={"columns_left_out": ", ".join(left_out)} if left_out else {},
    )


def _is_locked(source: Source) -> bool:
    """Whether the file is encrypted: then it ends with another mark than it would."""
    with source.path.open("rb") as file:
        file.seek(-min(4, source.path.stat().st_size), 2)
        return file.read(4) == _LOCKED


def _check_size(metadata: pq.FileMetaData, source: Source) -> None:
    rows, width, limit = metadata.num_rows, metadata.num_columns, source.limits.table_cells
    if not rows or not width:
        raise Refused("file_header_only", file=source.name)
    unpacked = sum(metadata.row_group(place).total_byte_size for place in range(metadata.num_row_groups))
    if rows * width > limit or unpacked > _TEXT_MB * MB * 2:
        raise Refused("too_many_cells", file=source.name, rows=rows, columns=width, limit=limit)


def _text_columns(schema: pa.Schema) -> list[str]:
    """Texts are read as dictionaries: so their size is known before they are written out."""
    return [field.name for field in schema if _is_text(field.type)]


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _columns(file: pq.ParquetFile) -> Iterator[tuple[str, RawColumn | None]]:
    """Heading and column, None in place of those that are left out."""
    table = file.read(use_threads=True)
    table.validate(full=True)
    for place, field in enumerate(table.schema):
        heading = field.name.strip()
        yield heading, _column(heading, table.column(place))


def _column(heading: str, cells: pa.ChunkedArray) -> RawColumn | None:
    if pa.types.is_dictionary(cells.type):
        _check_text(cells)
        cells = cells.cast(cells.type.value_type)
    for is_kind, read in _READERS:
        if is_kind(cells.type):
            return read(heading, cells)
    return None


def _check_text(cells: pa.ChunkedArray) -> None:
    """A dictionary of texts may name a long one millions of times.

    Raises:
        ValueError: written out, the texts would not fit into memory.
    """
    if not _is_text(cells.type.value_type):
        return
    sizes = (pc.sum(pc.take(pc.binary_length(chunk.dictionary), chunk.indices)).as_py() for chunk in cells.chunks)
    if sum(size or 0 for size in sizes) > _TEXT_MB * MB:
        raise ValueError("more text than fits into memory")


def _series(heading: str, cells: pa.ChunkedArray) -> pl.Series:
    series = pl.from_arrow(cells)
    if not isinstance(series, pl.Series):
        raise TypeError(f"{type(series)} is no series")
    return series.alias(heading)


def _texts(heading: str, cells: pa.ChunkedArray) -> RawColumn:
    texts = _series(heading, cells).cast(pl.String).str.strip_chars()
    return RawColumn(heading, texts=pl.select(pl.when(pl.lit(texts) != "").then(pl.lit(texts))).to_series())


def _as_text(heading: str, cells: pa.ChunkedArray) -> RawColumn:
    return _texts(heading, cells.cast(pa.large_string()))


def _numbers(heading: str, cells: pa.ChunkedArray) -> RawColumn:
    series = _series(heading, cells)
    if series.dtype == pl.Float32:
        series = series.cast(pl.String).cast(pl.Float64)  # 2.55 stays 2.55 instead of 2.549999952
    if series.dtype.is_float():
        return RawColumn(heading, numbers=series.fill_nan(None))
    return RawColumn(heading, numbers=series if series.dtype.is_decimal() else _whole(series))


def _whole(series: pl.Series) -> pl.Series:
    fits = series.cast(pl.Int64, strict=False)
    return fits if fits.null_count() == series.null_count() else series.cast(pl.Float64)


def _days(heading: str, cells: pa.ChunkedArray) -> RawColumn:
    """Days as they are; a moment keeps its time of day, so that two lines an hour apart are no repeats."""
    series = _series(heading, cells)
    zoned = series.dtype.time_zone is not None if isinstance(series.dtype, pl.Datetime) else False
    return RawColumn(heading, days=series.dt.replace_time_zone(None) if zoned else series)


def _empty(heading: str, cells: pa.ChunkedArray) -> RawColumn:
    return RawColumn(heading, texts=pl.Series(heading, [None] * len(cells), dtype=pl.String))


_READERS: Final[tuple[tuple[Callable[[pa.DataType], bool], Callable[[str, pa.ChunkedArray], RawColumn]], ...]] = (
    (_is_text, _texts),
    (lambda kind: pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind), _numbers),
    (lambda kind: pa.types.is_date(kind) or pa.types.is_timestamp(kind), _days),
    (lambda kind: pa.types.is_boolean(kind) or pa.types.is_time(kind) or pa.types.is_duration(kind), _as_text),
    (pa.types.is_null, _empty),
)

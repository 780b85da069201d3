"""Answers to named questions about what was sold, at one data version, for one actor."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from deltalake.exceptions import DeltaError

from bekwaam.facts import database, ledger, question, views
from bekwaam.facts.fact_table import FactTable
from bekwaam.facts.folder import StoreFolder
from bekwaam.facts.ledger import TableState
from bekwaam.facts.question import Question
from bekwaam.facts.recovery import is_intact
from bekwaam.facts.schema import TABLES
from bekwaam.facts.store import Store
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Failed, Refused

if TYPE_CHECKING:
    import polars
    import pyarrow

MENDING_SECONDS = 60.0


class Facts:
    """The facts in the folder `root` as they were at one data version. For one thread; make one per request.

    Attributes:
        version: the data version, 0 for a store into which nothing came yet.

    Raises:
        Refused: `version_unknown` when there is no such data version.
    """

    version: int

    def __init__(self, root: Path, version: int | None = None) -> None:
        self._folder = StoreFolder(root.absolute())
        self._store_id, self.version, self._tables = self._look_up(version)
        self._connection = database.connection(self._folder.root)
        self._viewed: set[str] = set()

    def _look_up(self, version: int | None) -> tuple[str, int, dict[str, TableState]]:
        empty = dict.fromkeys(TABLES, TableState(0))
        if not ledger.is_made(self._folder.ledger):
            if version:
                raise Refused("version_unknown", version=version)
            return "", 0, empty
        with ledger.opened(self._folder.ledger) as book:
            entry = book.last_committed() if version is None else book.at(version)
            if entry is None and version:
                raise Refused("version_unknown", version=version)
            if entry is None or entry.facts_version is None:
                return book.store_id(), 0, empty
            return book.store_id(), entry.facts_version, dict(entry.tables)

    def ask(self, name: str, actor: Actor, /, **parameters: Any) -> Answer:
        """The answer to a question, as far as the actor may see it.

        Args:
            name: the name of a file in `facts/sql`, without its ending.
            actor: who asks. Without the question's reach the answer has its columns and no rows; without the
                right to see cost it has no cost columns.
            parameters: the question's parameters. Days named `until` and `as_of` are exclusive.

        Raises:
            WrongCall: `question_unknown`.
            TypeError: a parameter is missing or unknown.
            Failed: `facts_damaged` when the files of this data version are gone.
        """
        asked = question.named(name)
        values = asked.values(parameters)
        self._view(asked)
        sql = asked.sql if asked.is_open_to(actor) else f"SELECT * FROM ({asked.sql}) AS unseen LIMIT 0"  # noqa: S608
        relation = self._connection.sql(sql, params=values)
        return Answer(relation, hidden=asked.hidden_from(actor))

    def _view(self, asked: Question) -> None:
        """Make the views that a question needs and that are not there yet."""
        for table in sorted(asked.tables - self._viewed):
            self._connection.execute(self._view_of(table))
            self._viewed.add(table)

    def _view_of(self, table: str) -> str:
        if table in ("sales", "retracted"):
            view = views.sales_view if table == "sales" else views.retracted_view
            return view(self._files("sales"), self._files("retracted"))
        return views.dimension_view(table, self._files(table))

    def _files(self, name: str) -> tuple[str, ...]:
        """The data files of a table; once again after mending, when a power cut tore what the ledger names."""
        state = self._tables[name]
        if state.version == 0:
            return ()
        files = self._intact_files(name, state)
        if files is None:
            with Store(self._folder.root).writing(wait_seconds=MENDING_SECONDS):
                state = self._look_up(self.version)[2][name]
            files = self._intact_files(name, state)
        if files is None:
            raise Failed("facts_damaged", table=name, version=state.version)
        return files

    def _intact_files(self, name: str, state: TableState) -> tuple[str, ...] | None:
        """None when the log entry is not the one in the ledger, or the log no longer adds up to its rows.

        An empty log entry would not show: the library reads it as a version without changes.
        """
        table = FactTable(self._folder.table(name), name)
        if not is_intact(table, state):
            return None
        try:
            paths, rows = views.files_of(self._store_id, self._folder.root, name, state.version, state.log_sha256)
        except DeltaError:
            return None
        return paths if rows == state.rows else None


class Answer:
    """The answer to a question: worked out when its rows are first read, and once per form.

    Attributes:
        columns: the names of the columns that the actor may see.
    """

    def __init__(self, relation: duckdb.DuckDBPyRelation, *, hidden: frozenset[str]) -> None:
        self._relation = relation
        self._shown = [place for place, name in enumerate(relation.columns) if name not in hidden]
        self.columns: list[str] = [relation.columns[place] for place in self._shown]

    @cached_property
    def rows(self) -> list[tuple[Any, ...]]:
        """The rows: amounts as `Decimal`, days as `date`, counts as `int`."""
        found = self._relation.fetchall()
        if len(self._shown) == len(self._relation.columns):
            return found
        return [tuple(row[place] for place in self._shown) for row in found]

    def dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table, without a Python object per value."""
        table: pyarrow.Table = self._relation.to_arrow_table().select(self.columns)
        return table

    def polars(self) -> polars.DataFrame:
        """The rows as a polars frame, without a Python object per value.

        By way of pyarrow: polars' own reading of the stream leaves DuckDB's types alive at exit, and the
        library then prints a page of warnings.
        """
        frame: polars.DataFrame = self._relation.pl().select(self.columns)
        return frame

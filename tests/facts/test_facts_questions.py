"""Every SQL file: its head, its layout, and that it stays in what DuckDB and Spark share."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bekwaam.facts import question
from bekwaam.facts.read import Facts
from bekwaam.facts.schema import SALES_COLUMNS
from bekwaam.facts.store import Store
from bekwaam.terms.actor import SYSTEM

NOT_SHARED = re.compile(
    r"::|\b(QUALIFY|PIVOT|ILIKE|GLOB|LIST|STRUCT|UNNEST|EXCLUDE|SAMPLE|ASOF|READ_PARQUET|BY ALL|ANY_VALUE|ARG_MAX)\b"
)
KEYWORDS = re.compile(r"\b(select|from|where|group by|order by|union|join|case|when|sum|count|and|or|as)\b")
DAY = date(2025, 6, 1)
VALUES: dict[str, Any] = dict.fromkeys(("as_of", "first", "until", "middle", "last"), DAY)
VALUES |= {"customer": "C1", "product": "P1", "order": "O1", "batch": "B0001", "limit": 10, "offset": 0}


@pytest.mark.parametrize("name", question.names())
def test_the_head_says_what_a_row_is_and_who_may_see_it(name: str) -> None:
    first, second, *_ = (question.FOLDER / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    assert first.startswith("-- one row per ")
    assert second in ("-- reach: lines", "-- reach: totals")
    assert max(map(len, (first, second))) <= 120


@pytest.mark.parametrize("name", question.names())
def test_the_code_is_shared_by_duckdb_and_spark(name: str) -> None:
    code = question.named(name).sql
    assert not NOT_SHARED.search(code.upper())
    assert not KEYWORDS.search(re.sub(r"'[^']*'", "", code)), "keywords are capitals"
    assert "SELECT *" not in code, "columns are listed"
    assert "\t" not in code
    assert max(map(len, code.splitlines())) <= 120


@pytest.mark.parametrize("name", question.names())
def test_it_runs_and_its_cost_columns_exist(name: str, store: Store, root: Path) -> None:
    asked = question.named(name)
    values = {key: VALUES[key] for key in asked.parameters - asked.optional}
    answer = Facts(root).ask(name, SYSTEM, **values)
    assert asked.cost_columns <= set(answer.columns)
    assert {"cost", "gross_profit", "lines_with_cost"} & set(answer.columns) <= asked.cost_columns
    assert len(answer.rows) <= 1


@pytest.mark.parametrize("name", question.names())
def test_what_names_a_customer_or_an_order_needs_the_reach_of_lines(name: str, store: Store, root: Path) -> None:
    asked = question.named(name)
    values = {key: VALUES[key] for key in asked.parameters - asked.optional}
    columns = set(Facts(root).ask(name, SYSTEM, **values).columns)
    names_someone = {"customer_number", "order_number", "line_id"} & columns or "customer" in asked.parameters
    assert asked.reach == "lines" or not names_someone


def test_optional_parameters_are_parameters() -> None:
    for name in question.names():
        asked = question.named(name)
        assert asked.optional <= asked.parameters, name
        assert asked.tables, name


def test_the_lines_behind_a_figure_have_every_column_of_a_line(store: Store, root: Path) -> None:
    answer = Facts(root).ask("lines_between", SYSTEM, first=DAY, until=DAY, limit=1, offset=0)
    assert answer.columns == list(SALES_COLUMNS)

"""Refusals as people read them: row, column, value, and the reason in the active language."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from bekwaam.frame.sentences import sentence_of


def worded(refusals: pl.DataFrame) -> list[dict[str, Any]]:
    """One object per refusal: `row, column, value, reason`, and its `code`, `values` and `revenue` beside it."""
    return [_worded(refusal) for refusal in refusals.iter_rows(named=True)]


def _worded(refusal: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(refusal["values"])
    return {
        "row": refusal["row"],
        "column": refusal["column"],
        "value": refusal["value"],
        "reason": sentence_of(refusal["code"], values),
        "code": refusal["code"],
        "values": values,
        "revenue": refusal["revenue"],
    }

"""Answers to questions about a file, in the form of `intake.mapping.Mapping.to_json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PLACES = {
    "date_order": "date_order",
    "date_swapped": "date_order",
    "decimal_sign": "decimal",
    "cost_basis": "cost_basis",
    "which_sheet": "sheet",
}
"""Questions that are not about which column: where their answer belongs in a mapping."""


def answered(question: Mapping[str, Any], value: str | int) -> dict[str, Any]:
    """The mapping that gives this answer to a question."""
    place = PLACES.get(question["code"], "fields")
    return {place: {question["values"]["field"]: value} if place in ("fields", "date_order") else value}

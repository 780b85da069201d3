"""Questions as people read them: with the labels of the fields, amounts in the company's currency, and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bekwaam.access.models import Company
from bekwaam.frame.formats import money
from bekwaam.frame.sentences import sentence_of
from bekwaam.workspaces.data.field_labels import field_label

AMOUNTS = ("total_file", "total_on_hand")
OF_A_CELL = ("value", "example", "whole", "small", "product", "mended")


def question(kind: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """A question (`code, values, choices`) with its `sentence` in the active language."""
    return {**told, "sentence": words_of(kind, told["code"], told["values"])}


def words_of(kind: str, code: str, values: Mapping[str, Any]) -> str:
    """The sentence of a question or refusal about a whole file."""
    shown = dict(values)
    if "field" in shown:
        shown["field"] = field_label(kind, shown["field"])
    for name in AMOUNTS:
        if name in shown:
            shown[name] = money(Decimal(shown[name]), Company.current().currency)
    return sentence_of(code, shown)


def without_cells(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a question or refusal, with dots for what stands in a cell: for who may not see its column."""
    return {name: "…" if name in OF_A_CELL else value for name, value in values.items()}

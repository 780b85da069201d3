"""Questions as people read them: with the labels of the fields, amounts in the company's currency, and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from bekwaam.access.models import Company
from bekwaam.frame.formats import money
from bekwaam.frame.sentences import day_in_words, sentence_of
from bekwaam.workspaces.data.field_labels import field_label

AMOUNTS = ("total_file", "total_on_hand")
ANSWERS = {
    "cost_basis": {"line": _("of the whole line"), "unit": _("of one piece")},
    "decimal_sign": {"comma": _("the comma"), "point": _("the point")},
    "which_sheet": {"*": _("all of them together")},
    "overlap": {
        "new": _("add only the new lines"),
        "replace": _("replace what changed and take away what is gone"),
        "refuse": _("refuse the file"),
    },
}
"""The answers that do not stand in the file itself: question → value → words."""
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


def answer_in_words(code: str, choice: Mapping[str, Any]) -> str:
    """One possible answer (`value, label`) as a person reads it."""
    return str(ANSWERS.get(code, {}).get(choice["value"]) or day_in_words(choice["label"]))


def without_cells(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a question or refusal, with dots for what stands in a cell: for who may not see its column."""
    return {name: "…" if name in OF_A_CELL else value for name, value in values.items()}

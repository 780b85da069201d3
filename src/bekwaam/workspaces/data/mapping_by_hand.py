"""A mapping that a person wrote by hand, looked over before it is used."""

from __future__ import annotations

from typing import Any

from bekwaam.intake.synonyms import KINDS

ALLOWED = {"decimal": ("comma", "point"), "cost_basis": ("line", "unit")}
DATE_ORDERS = ("dmy", "mdy", "swapped", "kept")


def wrong_part(told: Any, kind: str) -> str | None:
    """The first part of a mapping written by hand that cannot be; None when it is right."""
    if not isinstance(told, dict):
        return "{"
    return next((name for name in told if not _is_right(name, told[name], kind)), None)


def _is_right(name: str, value: Any, kind: str) -> bool:
    if value is None:
        return True
    if name == "fields":
        return isinstance(value, dict) and all(field in KINDS[kind] and _is_place(at) for field, at in value.items())
    if name == "date_order":
        return isinstance(value, dict) and all(order in DATE_ORDERS for order in value.values())
    if name in ALLOWED:
        return value in ALLOWED[name]
    if name == "sheet":
        return isinstance(value, str)
    if name == "currency":
        return isinstance(value, str) and len(value) == 3 and value.isalpha()
    return name in ("kind", "questions")


def _is_place(at: Any) -> bool:
    return at is None or (isinstance(at, str | int) and not isinstance(at, bool))

"""Which line of a file is which line on hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

PLACE = "place"
LINE_ID = "line_id"


@dataclass(frozen=True)
class Pairs:
    """Pairs place, line_id of lines that are equal and of lines that changed, and the lines on hand without a pair."""

    equal: pl.DataFrame
    changed: pl.DataFrame
    left_on_hand: pl.DataFrame


@dataclass(frozen=True)
class _Round:
    """Lines that agree in `key` are the same line; None lets every line take part, else those with a number or not."""

    key: Sequence[str]
    file_has_number: bool | None = None
    hand_has_number: bool | None = None


def pair_lines(file: pl.DataFrame, hand: pl.DataFrame, compared: Sequence[str]) -> Pairs:
    """Pair each line of the file (place, …) with at most one on hand (line_id, is_within, …), surest pairs first.

    Lines are equal when they agree in all `compared` columns, and the same but changed when they agree in order and
    line number. Where one of the two has no line number it is left out of account, and the product stands in for it.
    Of several candidates on hand those within the file's days (is_within) go first.
    """
    content = [name for name in compared if name != "line_number"]
    by_product = ["order_number", "product_code"]
    if not (_is_numbered(file) and _is_numbered(hand)):
        rounds_equal, rounds_changed = [_Round(content)], [_Round(by_product)]
    else:
        by_number = _Round(["order_number", "line_number"], file_has_number=True, hand_has_number=True)
        rounds_equal = [_Round(compared), *_with_one_unnumbered(content)]
        rounds_changed = [by_number, *_with_one_unnumbered(by_product)]
    numbers = [name for name in ("line_number",) if name in compared]
    equal, file, hand = _paired(_sorted(file, numbers), _sorted(hand, numbers), rounds_equal)
    hand = _sorted(hand, [*compared, LINE_ID]).sort("is_within", descending=True, maintain_order=True)
    changed, _, hand = _paired(_sorted(file, compared), hand, rounds_changed)
    return Pairs(equal, changed, hand)


def _sorted(lines: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """In an order that does not depend on how the rows happened to come."""
    return lines.sort(columns, maintain_order=True) if columns else lines


def _with_one_unnumbered(key: Sequence[str]) -> list[_Round]:
    return [_Round(key, hand_has_number=False), _Round(key, file_has_number=False)]


def _is_numbered(lines: pl.DataFrame) -> bool:
    return "line_number" in lines.columns and lines["line_number"].null_count() < lines.height


def _paired(
    file: pl.DataFrame, hand: pl.DataFrame, rounds: Sequence[_Round]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The pairs of all rounds, and what is left on both sides."""
    found = []
    for one in rounds:
        of_file = _nth(_taking_part(file, has_number=one.file_has_number), one.key)
        of_hand = _nth(_taking_part(hand, has_number=one.hand_has_number), one.key).select(*one.key, "nth", LINE_ID)
        both = of_file.join(of_hand, on=[*one.key, "nth"], how="inner", nulls_equal=True).select(PLACE, LINE_ID)
        file, hand = file.join(both, on=PLACE, how="anti"), hand.join(both, on=LINE_ID, how="anti")
        found.append(both)
    return pl.concat(found), file, hand


def _taking_part(lines: pl.DataFrame, *, has_number: bool | None) -> pl.DataFrame:
    if has_number is None:
        return lines
    return lines.filter(pl.col("line_number").is_not_null() == has_number)


def _nth(lines: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The lines with `nth`: the how manieth line with this key it is, from 0."""
    return lines.with_columns(nth=pl.int_range(pl.len()).over(key))

"""A row of strokes, one per link of the chain: thick, thin, dashed or double, as the verdict is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from bekwaam.frame.formats import whole_number

TOGETHER: Final = (("shown", "likely"), ("not_yet",), ("contradicted",))
"""Verdicts that are counted in one breath."""


@dataclass(frozen=True)
class Stroke:
    """One link: its place in per cent and its verdict."""

    x: str
    verdict: str


@dataclass(frozen=True)
class Strokes:
    """A drawn row, and the count of each verdict in words."""

    strokes: list[Stroke]
    words: list[str]


def strokes(counts: Mapping[str, int]) -> Strokes:
    """A stroke per link, the best established first. `counts` by code: shown, likely, not_yet, contradicted."""
    said = _said()
    every = [verdict for verdict in said for _link in range(counts.get(verdict, 0))]
    gaps = max(len(every) - 1, 1)
    drawn = [Stroke(f"{place / gaps:.2%}", verdict) for place, verdict in enumerate(every)]
    return Strokes(drawn, [words for words in (_counted(counts, codes) for codes in TOGETHER) if words])


def _counted(counts: Mapping[str, int], codes: Sequence[str]) -> str:
    said = _said()
    return ", ".join(f"{whole_number(counts[code])} {said[code]}" for code in codes if counts.get(code))


def _said() -> dict[str, str]:
    return {
        "shown": _("shown"),
        "likely": _("likely"),
        "not_yet": _("not yet to be said"),
        "contradicted": _("points the other way"),
    }

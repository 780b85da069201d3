"""What a check found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """In order or not, in one sentence; when not, the sentence says what to do."""

    is_well: bool
    words: str


def well(words: str) -> Finding:
    """In order."""
    return Finding(is_well=True, words=words)


def ill(words: str) -> Finding:
    """Something needs attention."""
    return Finding(is_well=False, words=words)


Check = Callable[[], Finding]

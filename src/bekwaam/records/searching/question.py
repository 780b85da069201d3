"""A question to the index, in the words of no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bekwaam.records.searching.words import Typed, slips

SHORTEST_SLIP: Final = 5
"""With fewer letters nearly every word is one slip away from another."""


@dataclass(frozen=True)
class Token:
    """A token that must be in the entry, or only its beginning."""

    text: str
    is_beginning: bool = False


Alternative = tuple[Token, ...]
Group = tuple[Alternative, ...]
"""Any of these alternatives; an alternative needs all of its tokens."""


def of_kind(kind: str) -> Group:
    """Only entries of this kind; nobody can type an underscore into a token."""
    return ((Token(kind_token(kind)),),)


def kind_token(kind: str) -> str:
    """The token that every entry of a kind has."""
    return f"_{kind}"


def exactly(words: Sequence[Typed]) -> list[Group]:
    """Every word as it was typed, stemmed, or in parts; the last one may still be growing."""
    return [as_typed(word) for word in words]


def as_typed(word: Typed) -> Group:
    """What one word may be in an entry."""
    found = [(Token(word.whole, is_beginning=word.is_last),)]
    found += [(Token(stem),) for stem in word.stems if stem != word.whole]
    if len(word.parts) > 1:
        *first, last = word.parts
        found.append((*(Token(part) for part in first), Token(last, is_beginning=word.is_last)))
    return tuple(found)


def mended(word: Typed) -> Group | None:
    """What may have been meant by a word that stands nowhere; None when it is too short to tell."""
    if len(word.whole) < SHORTEST_SLIP or not word.whole.isalpha():
        return None
    return tuple((Token(one),) for one in slips(word.whole))

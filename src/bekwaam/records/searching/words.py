"""The words of a text as the index keeps them, and what may stand for a word that someone types.

Neither SQLite nor PostgreSQL knows how Dutch words change, or both know it differently. So text and question are
stemmed here, and the database compares bare tokens: letters and digits in lower case, without accents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Final

import snowballstemmer

LONGEST_TYPED: Final = 200
MOST_TYPED_WORDS: Final = 8
SHORTEST_STEM: Final = 3
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_NOT_ACCENTS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_RUN = re.compile(r"[^\W_]+")
_PART = re.compile(r"\d+|[^\W\d_]+")
_DUTCH, _ENGLISH = snowballstemmer.stemmer("dutch"), snowballstemmer.stemmer("english")


def plain(text: str) -> str:
    """Lower case without accents: what is typed and what is found are compared like this.

    >>> plain("Coöperatie Zuivel")
    'cooperatie zuivel'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_NOT_ACCENTS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def squeezed(text: str) -> str:
    """A key without what people leave out or add: FP-12, fp 12 and FP.12 are one.

    >>> squeezed("FP-12")
    'fp12'
    """
    return "".join(_RUN.findall(plain(text)))


@dataclass(frozen=True)
class Typed:
    """One word that someone typed: what it may be in the index, any of these.

    Attributes:
        whole: the word without its hyphens and dots.
        parts: its runs of letters and of digits, which may stand apart in the text.
        stems: what Dutch and English make of it, the word itself included.
        is_last: whether it may still be growing, so that its beginning is enough.
    """

    whole: str
    parts: tuple[str, ...]
    stems: tuple[str, ...]
    is_last: bool


def typed(text: str) -> list[Typed]:
    """The words of a question, at most eight.

    >>> [word.stems for word in typed("FP-12 pompen")]
    [('fp12',), ('pompen', 'pomp')]
    """
    found = [(squeezed(word), _parts(plain(word))) for word in text[:LONGEST_TYPED].split()]
    kept = [(whole, parts) for whole, parts in found if whole][:MOST_TYPED_WORDS]
    return [
        Typed(whole, tuple(parts), _stems(whole), is_last=place == len(kept))
        for place, (whole, parts) in enumerate(kept, start=1)
    ]


def tokens(text: str) -> list[str]:
    """Every token under which a text is found, each once, in order.

    >>> tokens("Pompen FP-12")
    ['pompen', 'pomp', 'fp12', 'fp', '12']
    """
    found: dict[str, None] = {}
    for word in text.split():
        for shape in dict.fromkeys((plain(word), plain(word.lower().translate(_UMLAUTS)))):
            parts = _parts(shape)
            whole = "".join(_RUN.findall(shape))
            found |= dict.fromkeys(token for token in (whole, *parts) for token in _stems(token))
    found.pop("", None)
    return list(found)


def _parts(word: str) -> list[str]:
    return _PART.findall(word)


@lru_cache(maxsize=100_000)
def _stems(word: str) -> tuple[str, ...]:
    if len(word) < SHORTEST_STEM or not word.isalpha():
        return (word,)
    return tuple(dict.fromkeys((word, _DUTCH.stemWord(word), _ENGLISH.stemWord(word))))


def slips(word: str) -> list[str]:
    """What the typist may have meant who made one slip: a letter too many, too few, another one, or two swapped.

    >>> "pomp" in slips("pmop")
    True
    """
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    too_many = [left + right[1:] for left, right in cuts if right]
    swapped = [left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1]
    too_few = [left + letter + right for left, right in cuts for letter in _LETTERS]
    another = [left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS]
    return sorted({*too_many, *swapped, *too_few, *another} - {word, ""})


def marked(text: str, words: Sequence[Typed]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is the beginning of a word that was typed.

    >>> marked("Hoogwerve Machinebouw", typed("hoog"))
    [('Hoog', True), ('werve Machinebouw', False)]
    """
    cuts, hits = {0, len(text)}, set()
    for word in _RUN.finditer(text):
        end = word.start() + _length_typed(word.group(), words)
        cuts |= {word.start(), end}
        hits |= {word.start()} if end > word.start() else set()
    return _joined([(text[start:end], start in hits) for start, end in pairwise(sorted(cuts))])


def _length_typed(word: str, words: Sequence[Typed]) -> int:
    """How many letters of a word were typed: none when an accent makes the lengths differ."""
    bare = plain(word)
    length = next((len(one.whole) for one in words if bare.startswith(one.whole)), 0)
    return min(length, len(word)) if plain(word[:length]) == bare[:length] else 0


def _joined(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    return [("".join(piece for piece, _ in some), is_hit) for is_hit, some in groupby(pieces, key=itemgetter(1))]

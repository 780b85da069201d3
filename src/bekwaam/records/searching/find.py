"""Finding records by what someone types, as far as he may see them.

The best come first: whose key begins with the text, whose name does, then those in which every word stands, stemmed or
begun; when there are few, also those with the text inside a word (a *slangenpomp* for "pomp"), and when there is
nothing at all, those that are one slip away. Never more than `limit` of a kind are read, so the work does not grow
with what there is to find; nothing is counted beyond that, so no number tells of what one may not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet, Value

from bekwaam.records.models import SearchEntry
from bekwaam.records.models.search import SEARCHED
from bekwaam.records.searching import question
from bekwaam.records.searching.index import vendor
from bekwaam.records.searching.words import SHORTEST_STEM, Typed, marked, plain, squeezed, typed
from bekwaam.terms.actor import Actor

BY_CODE, BY_NAME, BY_WORDS, INSIDE, SLIP = range(5)
"""How well an entry answers; the lowest comes first."""

FEW: Final = 8
Found = tuple[int, str, str, str]
"""How well it answers, its code or plain name, key, kind: sorts as it is shown."""


@dataclass(frozen=True)
class Hit:
    """A record that was found.

    Attributes:
        label: its name in pieces, each with whether it was typed.
        remark: what tells it from a namesake, such as its town.
    """

    kind: str
    key: str
    label: list[tuple[str, bool]]
    remark: str


@dataclass(frozen=True)
class Hits:
    """What was found of one kind, best first; with `has_more` there is more than is shown."""

    kind: str
    hits: list[Hit]
    has_more: bool


def find(text: str, actor: Actor, *, limit: int = 20, kinds: Sequence[str] = tuple(SEARCHED)) -> list[Hits]:
    """Records that answer what was typed, per kind; a kind without any is left out.

    Two questions to the index, four when nothing is found, and one per kind for the records themselves.
    """
    words = typed(text)
    within = [kind for kind in kinds if kind in SEARCHED and SEARCHED[kind].model.reach(actor) is not None]
    if not words or not within:
        return []
    look = Look(text, words, actor, within, limit + 1)
    found = _asked(look.first())
    scarce = [kind for kind in within if sum(one[3] == kind for one in found) < min(limit, FEW)]
    found += _asked(look.inside(scarce))
    found += [] if found else _mended(look)
    return [hits for kind in within if (hits := _hits(kind, found, look)).hits]


@dataclass(frozen=True)
class Look:
    """What was typed, by whom, where to look, and how many at most."""

    text: str
    words: list[Typed]
    actor: Actor
    kinds: Sequence[str]
    most: int

    def first(self) -> Iterator[QuerySet[Any]]:
        """By key, by name and by words, per kind."""
        code, name, begins = squeezed(self.text), " ".join(plain(self.text).split()), vendor().beginning
        for kind in self.kinds:
            of_kind = Q(object_type=kind)
            yield self.rows(of_kind & begins("code", code), BY_CODE, by="code").order_by(vendor().in_order("code"))[
                : self.most
            ]
            yield self.rows(of_kind & begins("name", name), BY_NAME).order_by(vendor().in_order("name"))[: self.most]
            if len(self.text) > 1:
                groups = [question.of_kind(kind), *question.exactly(self.words)]
                yield self.rows(vendor().matching(groups), BY_WORDS)[: self.most]

    def inside(self, kinds: Sequence[str]) -> Iterator[QuerySet[Any]]:
        """Inside words."""
        if not kinds or min(len(word.whole) for word in self.words) < SHORTEST_STEM:
            return
        texts = [word.whole for word in self.words]
        for kind in kinds:
            yield self.rows(vendor().inside(kind, texts), INSIDE)[: self.most]

    def known(self) -> Iterator[QuerySet[Any]]:
        """One entry for each word that stands anywhere, marked with the place of the word."""
        for place, word in enumerate(self.words):
            yield self.rows(vendor().matching([question.as_typed(word)]), place)[:1]

    def rows(self, condition: Q, how_well: int, *, by: str = "name") -> QuerySet[Any]:
        """Entries within reach, as `Found`."""
        rows = SearchEntry.scoped(self.actor).filter(condition)
        return rows.annotate(how_well=Value(how_well)).values_list("how_well", by, "object_key", "object_type")


def _mended(look: Look) -> list[Found]:
    """With one slip mended, when exactly one word stands nowhere."""
    known = {place for place, *_ in _asked(look.known())}
    unknown = [place for place in range(len(look.words)) if place not in known]
    meant = question.mended(look.words[unknown[0]]) if len(unknown) == 1 else None
    if meant is None:
        return []
    groups = [question.as_typed(word) for place, word in enumerate(look.words) if place in known]
    return _asked([look.rows(vendor().matching([meant, *groups]), SLIP)[: look.most * len(look.kinds)]])


def _asked(parts: Iterable[QuerySet[Any]]) -> list[Found]:
    """The rows of all parts, in one question. Django's own union cannot limit its parts on SQLite."""
    compiled = [part.query.sql_with_params() for part in parts]
    if not compiled:
        return []
    parts_sql = [f"SELECT * FROM ({sql}) AS part_{n}" for n, (sql, _) in enumerate(compiled)]  # noqa: S608  Django's
    statement = " UNION ALL ".join(parts_sql)
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for _, values in compiled for value in values])
        return list(cursor.fetchall())


def _hits(kind: str, found: list[Found], look: Look) -> Hits:
    """The records behind the entries, read through their own door: what is gone or closed is not named."""
    keys = list(dict.fromkeys(key for _, _, key, its_kind in sorted(found) if its_kind == kind))[: look.most]
    how = SEARCHED[kind]
    records = how.model.scoped(look.actor).filter(**{f"{how.key}__in": keys}) if keys else []
    known = {getattr(record, how.key): record for record in records}
    hits = [_hit(kind, key, known[key], look.words) for key in keys if key in known]
    return Hits(kind, hits[: look.most - 1], has_more=len(keys) >= look.most)


def _hit(kind: str, key: str, record: Any, words: list[Typed]) -> Hit:
    how = SEARCHED[kind]
    remarks = [key, *(getattr(record, field) for field in how.also[:1])]
    return Hit(kind, key, marked(str(record), words), " · ".join(remark for remark in remarks if remark))

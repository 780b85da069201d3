"""Monday's choice: the sentences worth most, and one step for later, always last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bekwaam.terms.money import ZERO
from bekwaam.workspaces.cockpit.candidates import Candidate, Topic

CHOSEN = 5
ALWAYS = frozenset({"year_end"})


@dataclass(frozen=True)
class Placed:
    """A candidate in its place."""

    candidate: Candidate
    rank: int
    is_chosen: bool


def place(found: Iterable[Candidate]) -> list[Placed]:
    """Put the candidates in order of money; the first four are chosen, and the largest step for later closes.

    Where the year ends is always among the chosen: it is asked every Monday, and neither a quiet week nor a range
    that cannot be checked yet makes it worth less. Without a step for later the fifth place goes to the next in
    money; with places to spare, further steps for later are said too.
    """
    all_found = sorted(found, key=_weight)
    now = [one for one in all_found if one.topic != Topic.LATER]
    later = [one for one in all_found if one.topic == Topic.LATER]
    said = _said(now, CHOSEN - len(later[:1]))
    steps = later[: CHOSEN - len(said)]
    in_order = [*said, *steps, *(one for one in now if one not in said), *later[len(steps) :]]
    return [Placed(one, place + 1, is_chosen=place < len(said) + len(steps)) for place, one in enumerate(in_order)]


def _said(now: list[Candidate], room: int) -> list[Candidate]:
    """As many as there is room for, in order of money; those that are always said take the last places if need be."""
    must = [one for one in now if one.code in ALWAYS]
    others = [one for one in now if one.code not in ALWAYS][: room - len(must)]
    return [one for one in now if one in must or one in others]


def _weight(candidate: Candidate) -> tuple[bool, object, str]:
    amount = candidate.amount if candidate.amount is not None else ZERO
    return (candidate.amount is None, -amount, candidate.code)

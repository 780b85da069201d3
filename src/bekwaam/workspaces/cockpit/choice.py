"""Monday's choice: the sentences worth most, and one step for later, always last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bekwaam.terms.money import ZERO
from bekwaam.workspaces.cockpit.candidates import Candidate, Topic

CHOSEN = 5


@dataclass(frozen=True)
class Placed:
    """A candidate in its place."""

    candidate: Candidate
    rank: int
    is_chosen: bool


def place(found: Iterable[Candidate]) -> list[Placed]:
    """Put the candidates in order of money; the first four are chosen, and the largest step for later closes.

    When there is no step for later, the fifth place goes to the next in money.
    """
    all_found = list(found)
    now = sorted((one for one in all_found if one.topic != Topic.LATER), key=_weight)
    later = sorted((one for one in all_found if one.topic == Topic.LATER), key=_weight)
    room = CHOSEN - len(later[:1])
    in_order = [*now[:room], *later[:1], *now[room:], *later[1:]]
    chosen = len(now[:room]) + len(later[:1])
    return [Placed(one, rank=place + 1, is_chosen=place < chosen) for place, one in enumerate(in_order)]


def _weight(candidate: Candidate) -> tuple[bool, object, str]:
    amount = candidate.amount if candidate.amount is not None else ZERO
    return (candidate.amount is None, -amount, candidate.code)

"""What the batches of the victim hold, so that any state of the store can be worked out from its list of batches."""

from __future__ import annotations

from decimal import Decimal

LINES, TAKEN = 40, 5


def line_id(number: int, place: int) -> int:
    return number * 100_000_000 + place + 1


def amount(number: int, place: int) -> Decimal:
    """An amount that tells which line of which batch it is."""
    return Decimal(number * 1_000 + place) / 100


def target_of(number: int, live: list[int]) -> int | None:
    """Every third batch takes the first lines of the newest batch away."""
    return max(live) if live and number % 3 == 0 else None


def expected(live: dict[int, int]) -> tuple[int, Decimal]:
    """Lines and revenue that stand when these batches are live; each with the batch it takes lines from, or 0."""
    gone = {(target, place) for target in live.values() for place in range(TAKEN)}
    standing = [(number, place) for number in live for place in range(LINES) if (number, place) not in gone]
    return len(standing), sum((amount(number, place) for number, place in standing), Decimal(0))

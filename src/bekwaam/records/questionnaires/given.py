"""What somebody filled in, read: a number in his language, the codes of his choices, or his words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from bekwaam.records.models import Question

Kind = Question.Kind
LONGEST_TEXT: Final = 2_000
LARGEST: Final = Decimal(10) ** 13
RANGES: Final = {Kind.SCALE: (Decimal(1), Decimal(5)), Kind.TEN: (Decimal(0), Decimal(10))}
SIGNS: Final = {"nl": (".", ","), "en": (",", ".")}
"""Per language the sign between groups of three, and the decimal sign."""


@dataclass(frozen=True)
class Given:
    """An answer as it is kept."""

    number: Decimal | None = None
    codes: tuple[str, ...] = ()
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return self.number is None and not self.codes and not self.text


class NotRead(ValueError):  # noqa: N818  named for what happened
    """What was filled in is no answer to the question.

    Attributes:
        why: missing, number, range, choice or long.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read(question: Question, raw: list[str], language: str) -> Given:
    """The answer in what a form sent.

    Raises:
        NotRead: it is required and missing, or no answer to this question.
    """
    filled = [text.replace("\x00", "").strip() for text in raw if text.strip()]
    if not filled:
        if question.is_required:
            raise NotRead("missing")
        return Given()
    return READERS[Kind(question.kind)](question, filled, language)


def _number(question: Question, filled: list[str], language: str) -> Given:
    number = number_in(filled[0], language)
    lowest, highest = bounds(question)
    if (lowest is not None and number < lowest) or (highest is not None and number > highest):
        raise NotRead("range")
    return Given(number=number)


def number_in(text: str, language: str) -> Decimal:
    """The number that somebody who reads this language means.

    >>> number_in("1.250,5", "nl"), number_in("1,250.5", "en"), number_in("2.5", "nl")
    (Decimal('1250.5'), Decimal('1250.5'), Decimal('2.5'))
    """
    clean = re.sub(r"[\s\u00a0€$£]", "", text).replace("\u2212", "-")
    group, decimal = SIGNS[language]
    if re.fullmatch(rf"-?\d{{1,3}}(\{group}\d{{3}})+(\{decimal}\d+)?", clean):
        clean = clean.replace(group, "")
    clean = clean.replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d{1,4})?", clean):
        raise NotRead("number")
    try:
        number = Decimal(clean)
    except InvalidOperation as error:
        raise NotRead("number") from error
    if abs(number) >= LARGEST:
        raise NotRead("range")
    return number


def bounds(question: Question) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and the highest number that answer the question."""
    if question.kind in RANGES:
        return RANGES[Kind(question.kind)]
    return question.lowest, question.highest


def _whole(question: Question, filled: list[str], language: str) -> Given:
    found = _number(question, filled, language)
    if found.number is None or found.number != found.number.to_integral_value():
        raise NotRead("number")
    return found


def _choice(question: Question, filled: list[str], _language: str) -> Given:
    if len(filled) > 1 or filled[0] not in codes_of(question):
        raise NotRead("choice")
    return Given(codes=(filled[0],))


def _choices(question: Question, filled: list[str], _language: str) -> Given:
    if not set(filled) <= set(codes_of(question)):
        raise NotRead("choice")
    return Given(codes=tuple(code for code in codes_of(question) if code in filled))


def codes_of(question: Question) -> list[str]:
    """The codes that answer the question."""
    return ["yes", "no"] if question.kind == Kind.YES_NO else [choice["code"] for choice in question.choices]


def _text(_question: Question, filled: list[str], _language: str) -> Given:
    if len(filled[0]) > LONGEST_TEXT:
        raise NotRead("long")
    return Given(text=filled[0])


READERS: Final[dict[str, Callable[[Question, list[str], str], Given]]] = {
    Kind.SCALE: _whole,
    Kind.TEN: _whole,
    Kind.NUMBER: _number,
    Kind.AMOUNT: _number,
    Kind.ONE: _choice,
    Kind.SEVERAL: _choices,
    Kind.YES_NO: _choice,
    Kind.TEXT: _text,
}

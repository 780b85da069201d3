"""How many rows there are and what they add up to, for all views in one question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, Sum

from bekwaam.frame.lists.definition import ListDefinition
from bekwaam.frame.lists.memo import MEMO


@dataclass(frozen=True)
class Question:
    """Count the rows that meet a condition, and add up these columns.

    Attributes:
        totals: code and path of each column: one code may mean another measure to another reader.
    """

    condition: Q
    is_fixed: bool
    totals: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Summary:
    """A count, and the totals by the code of their column; None where no row has a value."""

    count: int
    totals: dict[str, Decimal | None]


def summaries(definition: ListDefinition, questions: Iterable[Question]) -> dict[Question, Summary]:
    """The answer to each question; what is not known yet is asked in one query."""
    known: dict[Question, Summary] = {}
    open_questions = []
    rows = definition.whose
    for question in dict.fromkeys(questions):
        found = MEMO.get(_name(definition, question, rows))
        if found is None:
            open_questions.append(question)
        else:
            known[question] = found
    if open_questions:
        for question, answer in zip(open_questions, _asked(definition, open_questions), strict=True):
            MEMO.keep(_name(definition, question, rows), answer)
            known[question] = answer
    return known


def _name(definition: ListDefinition, question: Question, rows: str) -> tuple[Any, ...]:
    """Who may see other rows has other SQL, so nobody is told another's count."""
    stamp = definition.stamps.fixed if question.is_fixed else definition.stamps.moving
    return (definition.code, stamp, rows, question)


def _asked(definition: ListDefinition, questions: list[Question]) -> list[Summary]:
    rows = definition.rows
    if all(question.condition for question in questions):
        rows = rows.filter(reduce(or_, (question.condition for question in questions)))
    asked: dict[str, Any] = {}
    for place, question in enumerate(questions):
        asked[f"n{place}"] = Count("pk", filter=question.condition or None)
        for code, _path in question.totals:
            total = Sum(definition.by_code[code].expression, filter=question.condition or None)
            asked[f"t{place}_{code.replace('-', '_')}"] = total
    found = rows.aggregate(**asked)
    return [_summary(found, place, question) for place, question in enumerate(questions)]


def _summary(found: dict[str, Any], place: int, question: Question) -> Summary:
    totals = {code: found[f"t{place}_{code.replace('-', '_')}"] for code, _path in question.totals}
    return Summary(found[f"n{place}"], totals)

"""The named questions: one SQL file each, with a head that says what comes out and who may see it.

    -- one row per country
    -- reach: totals
    -- cost columns: cost, gross_profit
    -- optional: customer, product

The first two lines are always there. The SQL is the part of the language that DuckDB and Spark share; parameters
are written $name, and days called `until` or `as_of` are exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from bekwaam.facts.schema import TABLES
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import WrongCall

FOLDER: Final = Path(__file__).parent / "sql"
NAME = re.compile(r"[a-z_]+")
HEAD = re.compile(r"^-- (reach|cost columns|optional): (.+)$", re.MULTILINE)
PARAMETER = re.compile(r"\$([a-z_]+)")
SOURCE = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_]+)")


@dataclass(frozen=True)
class Question:
    """A named question.

    Attributes:
        name: the name of its file.
        sql: its text.
        one_row_per: what a row of the answer is.
        reach: "lines" or "totals": what an actor must be able to see.
        cost_columns: the columns that only an actor who sees cost gets.
        parameters: all its parameters.
        optional: those that may be left out, and are null then.
        tables: the tables of the store that it reads.
    """

    name: str
    sql: str
    one_row_per: str
    reach: str
    cost_columns: frozenset[str]
    parameters: frozenset[str]
    optional: frozenset[str]
    tables: frozenset[str]

    def is_open_to(self, actor: Actor) -> bool:
        """Whether the actor's reach is enough."""
        return actor.sees_lines if self.reach == "lines" else actor.sees_totals

    def hidden_from(self, actor: Actor) -> frozenset[str]:
        """The columns that the actor does not get."""
        return frozenset() if actor.sees_cost else self.cost_columns

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """All parameters with their values.

        Raises:
            TypeError: one is missing or unknown.
        """
        missing = self.parameters - self.optional - given.keys()
        unknown = given.keys() - self.parameters
        if missing or unknown:
            raise TypeError(f"{self.name}: missing {sorted(missing)}, unknown {sorted(unknown)}")
        return {name: given.get(name) for name in self.parameters}


def names() -> list[str]:
    """Every question there is."""
    return sorted(path.stem for path in FOLDER.glob("*.sql"))


@cache
def named(name: str) -> Question:
    """The question of this name.

    Raises:
        WrongCall: `question_unknown` when there is none.
    """
    path = FOLDER / f"{name}.sql"
    if not NAME.fullmatch(name) or not path.is_file():
        raise WrongCall("question_unknown", question=name)
    return _parsed(name, path.read_text(encoding="utf-8"))


def _parsed(name: str, text: str) -> Question:
    head: dict[str, str] = dict(HEAD.findall(text))
    code = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return Question(
        name=name,
        sql=code,
        one_row_per=text.splitlines()[0].removeprefix("-- one row per "),
        reach=head["reach"],
        cost_columns=_list(head.get("cost columns", "")),
        parameters=frozenset(PARAMETER.findall(code)),
        optional=_list(head.get("optional", "")),
        tables=frozenset(SOURCE.findall(code)) & TABLES.keys(),
    )


def _list(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())

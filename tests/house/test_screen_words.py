"""Words: those we never use, je inside and u outside, and a glossary that is spelled like the code."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import words

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "bekwaam"
NEVER = re.compile(
    r"betrouwbaarheidsinterval|significant|p-waarde|\bscores?\b|ranglijst|beoordeling|360 ?graden|360°"
    r"|wie had gelijk|churn|dode klant|kans dat hij nog leeft|\bzeker\b|gegarandeerd|dankzij|kuddegedrag"
    r"|\bongeldig|\bfout(?:en)?\b",
    re.IGNORECASE,
)
NEVER_ENGLISH = re.compile(
    r"confidence interval|\bsignificant|p-value|\bchurn|dead customer|\bguaranteed|thanks to|\bherd"
    r"|\bturnover\b(?! rate)",
    re.IGNORECASE,
)
JE = re.compile(r"\b(?:je|jij|jou|jouw|jezelf|jullie)\b", re.IGNORECASE)
U = re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE)
OUTSIDE = (
    "faces/web/answering.py",
    "faces/web/asked.py",
    "faces/web/templates/web/answering/",
    "faces/mail/inviting.py",
)
"""What customers, visitors and other outsiders read."""

Place = tuple[str, list[str]]


@pytest.fixture(scope="module")
def dutch() -> dict[object, list[str]]:
    """The Dutch of each message, by its English and context."""
    return {_key(message): _strings(message.string) for message in words._read() if message.id}


def _key(message: object) -> object:
    ident = message.id  # type: ignore[attr-defined]
    return (tuple(ident) if isinstance(ident, tuple | list) else ident, message.context)  # type: ignore[attr-defined]


def _strings(string: object) -> list[str]:
    return list(string) if isinstance(string, tuple | list) else [str(string)]


@pytest.fixture(scope="module")
def places(dutch: dict[object, list[str]]) -> list[Place]:
    """Every message that stands in the source: where, and its Dutch."""
    found = [message for message in words.gathered() if message.id]
    return [(place, dutch.get(_key(one), [])) for one in found for place, _line in one.locations]


def test_no_dutch_word_that_we_never_use(dutch: dict[object, list[str]]) -> None:
    guide = [path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "guide" / "nl").glob("*.md")]
    texts = [text for strings in dutch.values() for text in strings]
    assert [text for text in [*texts, *guide] if NEVER.search(text)] == []


def test_no_english_word_that_we_never_use(dutch: dict[object, list[str]]) -> None:
    texts = [text for ident, _context in dutch for text in _strings(ident)]  # type: ignore[misc]
    assert [text for text in texts if NEVER_ENGLISH.search(text)] == []


@pytest.mark.parametrize("text", ["Dit is zeker.", "Ongeldige datum.", "Een 360 graden oordeel."])
def test_the_rule_sees_such_a_word(text: str) -> None:
    assert NEVER.search(text)


@pytest.mark.parametrize("text", ["Order 60512, € 38.360.", "De verzekering.", "Foutloos."])
def test_the_rule_leaves_other_words(text: str) -> None:
    assert not NEVER.search(text)


def test_je_inside_and_u_outside(places: list[Place]) -> None:
    wrong = [
        f"{place}: {text}"
        for place, strings in places
        for text in strings
        if (JE if _is_outside(place) else U).search(text)
    ]
    assert wrong == []


def _is_outside(place: str) -> bool:
    return place.removeprefix("src/bekwaam/").startswith(OUTSIDE)


ROW = re.compile(r"^\| (.+?) \| (.+?) \| (.+?) \|(.*)\|$", re.MULTILINE)
CODE = re.compile(r"`([A-Za-z_0-9]+)`")
NOT_IN_CODE = {
    "turnover": "revenue",
    "sales_amount": "revenue",
    "salesperson": "seller",
    "sales_rep": "seller",
    "gross_margin": "gross_profit",
    "quotation": "quote",
    "todo": "task",
    "prediction": "forecast",
    "exhibition": "fair",
    "trade_fair": "fair",
    "questionary": "questionnaire",
    "recycle_bin": "trash",
}
"""Other names for what the glossary names; whoever types one of them finds two words for one thing."""


def tables() -> list[list[tuple[str, str, str]]]:
    """The rows of the glossary: Dutch, English and code, per table."""
    parts = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").split("\n## ")[1:]
    return [[match.groups()[:3] for match in ROW.finditer(part) if "---" not in match[1]][1:] for part in parts]


def test_every_row_has_both_words_and_a_name_in_the_code() -> None:
    rows = [row for table in tables() for row in table]
    assert len(rows) > 60
    assert [row for row in rows if not CODE.search(row[2])] == []


def test_no_word_stands_for_two_things() -> None:
    rows = [row for table in tables() for row in table]
    for column in range(3):
        named = [row[column] for row in rows]
        assert sorted({word for word in named if named.count(word) > 1}) == []


def test_the_words_of_this_house_are_names_in_the_code() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    _field, house = tables()
    missing = [row[2] for row in house for name in CODE.findall(row[2]) if not re.search(rf"\b{name}", written)]
    assert missing == []


def test_the_code_has_no_second_name_for_a_thing() -> None:
    found = {name for path in SOURCE.rglob("*.py") for name in _names(path)}
    assert {name: NOT_IN_CODE[name] for name in found & set(NOT_IN_CODE)} == {}


def _names(path: Path) -> Iterator[str]:
    """What is named in a file: functions, classes, arguments, attributes and variables."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name.lower()
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id.lower()

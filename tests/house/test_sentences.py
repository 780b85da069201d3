"""Every code has its sentence, in English and in Dutch, and uses only the values that the code carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.utils import translation

from bekwaam.frame.sentences import SENTENCES, sentence, sentence_of
from bekwaam.frame.sentences.steps import STEPS, step_in_words
from bekwaam.terms.codes import CODES
from bekwaam.terms.errors import Refused

CATALOGUE = Path(__file__).parents[2] / "src" / "bekwaam" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
PLACE = re.compile(r"%\((\w+)\)s")
COUNTS = (1, 2, 21)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="nl", domain="django")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override(None):
        yield


class Places(dict[str, Any]):
    """Values that remember which were asked for; each is a count, so that a sentence can choose its form."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> int:
        self.asked.add(name)
        return self.count


def english(code: str, count: int = 2) -> str:
    """The sentence as it stands in the source, its places still in it."""
    named = {name: f"%({name})s" for name in CODES[code]}

    class Named(Places):
        def __getitem__(self, name: str) -> Any:
            return _Named(count, named[name])

    return str(SENTENCES[code] % Named(count))


class _Named(int):
    """A count that shows its place instead of its figure."""

    def __new__(cls, count: int, place: str) -> _Named:
        made = super().__new__(cls, count)
        made.place = place
        return made

    place: str

    def __str__(self) -> str:
        return self.place


def dutch(catalogue: Catalog, text: str) -> list[str]:
    """The Dutch forms of an English sentence; empty when there is none."""
    for message in catalogue:
        forms = message.id if isinstance(message.id, tuple | list) else [message.id]
        if text in forms:
            strings = message.string if isinstance(message.string, tuple | list) else [message.string]
            return [] if message.fuzzy else [string for string in strings if string]
    return []


def test_codes_and_sentences_are_the_same_set() -> None:
    assert set(SENTENCES) == set(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_sentence_uses_only_the_values_of_its_code(code: str) -> None:
    for count in COUNTS:
        places = Places(count)
        assert str(SENTENCES[code] % places)
        assert places.asked <= set(CODES[code])


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_sentence_has_its_dutch_with_the_same_places(code: str, catalogue: Catalog) -> None:
    for count in (1, 2):
        text = english(code, count)
        forms = dutch(catalogue, text)
        assert forms, f"no Dutch for {code}: {text}"
        for form in forms:
            assert set(PLACE.findall(form)) == set(PLACE.findall(text))


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_sentence_is_whole_and_speaks_to_the_reader(code: str, catalogue: Catalog) -> None:
    text = english(code)
    assert text[-1] in ".?"
    assert text[0].isupper() or text[0] in "%'"
    for form in dutch(catalogue, text):
        assert form[-1] in ".?"
        assert not re.search(r"\b(u|uw|fout|ongeldig)\b", form, flags=re.IGNORECASE)


@pytest.mark.parametrize("step", sorted(STEPS))
def test_a_step_of_long_work_has_its_dutch(step: str, catalogue: Catalog) -> None:
    assert dutch(catalogue, step_in_words(step))


def test_values_are_shown_as_the_reader_writes_them() -> None:
    told = sentence_of("too_many_cells", {"file": Path("a/b.csv"), "rows": 1234, "columns": 56, "limit": 50_000_000})
    assert told.startswith("a/b.csv has 1,234 rows of 56 columns, more than the 50,000,000 cells")
    bounds = {"value": "1900", "first": date(1990, 1, 1), "last": date(2027, 1, 1)}
    assert "between 1\u00a0January\u00a01990 and 1\u00a0January\u00a02027" in sentence_of("date_implausible", bounds)
    assert "a, b and c" in sentence_of("columns_alike", {"field": "revenue", "headings": ["a", "b", "c"]})
    assert "below 0.50." in sentence_of("number_out_of_range", {"value": "x", "limit": Decimal("0.5")})


def test_a_port_is_a_label_and_not_a_count() -> None:
    assert sentence_of("ports_busy", {"first": 8000, "last": 8019}).startswith("Every port from 8000 to 8019 is")


def test_one_and_many_are_messages_of_their_own() -> None:
    one = sentence_of("orders_amount", {"rows": 1})
    many = sentence_of("orders_amount", {"rows": 1001})
    assert (one.split(" ")[:3], many.split(" ")[:3]) == (["1", "order", "has"], ["1,001", "orders", "have"])


def test_an_error_is_told_with_its_own_values() -> None:
    assert sentence(Refused("file_empty", file="orders.csv")) == ("orders.csv is empty. Export it again from your ERP.")


def test_a_code_from_another_version_is_named() -> None:
    assert "moon_phase" in sentence_of("moon_phase", {"value": 1})


def test_a_step_without_words_stands_for_itself() -> None:
    assert step_in_words("unheard") == "unheard"

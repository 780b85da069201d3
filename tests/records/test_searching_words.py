"""The words that the index compares, and what may stand for a word that someone types."""

from __future__ import annotations

import doctest

import pytest

from bekwaam.records.searching import words
from bekwaam.records.searching.words import marked, plain, slips, squeezed, tokens, typed


def test_the_examples_of_the_module_are_true() -> None:
    assert doctest.testmod(words).failed == 0


@pytest.mark.parametrize(
    ("text", "bare"),
    [("Coöperatie", "cooperatie"), ("STRAßE", "strasse"), ("Ærø", "aero"), ("Łódź", "lodz"), ("Ĳssel", "ijssel")],
)
def test_letters_lose_their_accents(text: str, bare: str) -> None:
    assert plain(text) == bare


@pytest.mark.parametrize(
    ("many", "one"),
    [("pompen", "pomp"), ("kleppen", "klep"), ("schroeven", "schroef"), ("bedrijven", "bedrijf"), ("valves", "valve")],
)
def test_singular_and_plural_share_a_stem(many: str, one: str) -> None:
    stems_of_one, stems_of_many = set(typed(one)[0].stems), set(typed(many)[0].stems)
    assert stems_of_one & stems_of_many


def test_a_key_is_one_however_it_is_written() -> None:
    assert {squeezed(text) for text in ("FP-12", "fp 12", "FP.12", "fp12")} == {"fp12"}


def test_a_part_number_stands_whole_and_in_parts() -> None:
    assert tokens("FP-12") == ["fp12", "fp", "12"]
    assert tokens("B.V.") == ["bv", "b", "v"]


def test_an_umlaut_is_found_in_both_ways_of_writing() -> None:
    assert {"muller", "mueller"} <= set(tokens("Müller"))


def test_numbers_are_not_stemmed() -> None:
    assert tokens("100200") == ["100200"]


def test_only_the_last_word_may_still_be_growing() -> None:
    assert [word.is_last for word in typed("rode pomp")] == [False, True]


def test_a_question_has_an_end() -> None:
    assert len(typed("a " * 500)) == 8
    assert typed(' " - * ') == []


def test_one_slip_is_one_letter() -> None:
    assert {"pomp", "pompem", "pompn", "popmen"} & set(slips("pompen")) == {"pompem", "pompn", "popmen"}


def test_a_mark_stands_on_the_letters_that_were_typed() -> None:
    assert marked("Hoogwerve Hoogbouw B.V.", typed("hoog")) == [
        ("Hoog", True),
        ("werve ", False),
        ("Hoog", True),
        ("bouw B.V.", False),
    ]
    assert marked("Coöperatie", typed("coop")) == [("Coöp", True), ("eratie", False)]
    assert marked("Straße", typed("strasse")) == [("Straße", True)]

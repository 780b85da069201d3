"""Counts in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.frame.numerals import LARGEST, capital, in_words


@pytest.mark.parametrize(
    ("count", "dutch", "english"),
    [(0, "nul", "zero"), (1, "één", "one"), (2, "twee", "two"), (12, "twaalf", "twelve"), (20, "twintig", "twenty")],
)
def test_up_to_twenty_a_count_is_a_word(count: int, dutch: str, english: str) -> None:
    assert in_words(count, language_code="nl") == dutch
    assert in_words(count, language_code="en") == english


def test_beyond_twenty_a_count_is_a_figure() -> None:
    assert [in_words(21, language_code="nl"), in_words(1284, language_code="nl")] == ["21", "1.284"]
    assert in_words(-3, language_code="nl") == "−3"


@pytest.mark.parametrize(
    ("count", "dutch", "english"),
    [
        (1, "Eén", "One"),
        (21, "Eenentwintig", "Twenty-one"),
        (22, "Tweeëntwintig", "Twenty-two"),
        (54, "Vierenvijftig", "Fifty-four"),
        (100, "Honderd", "One hundred"),
        (101, "Honderdeen", "One hundred and one"),
        (214, "Tweehonderdveertien", "Two hundred and fourteen"),
        (1000, "Duizend", "One thousand"),
        (1001, "Duizend een", "One thousand and one"),
        (2114, "Tweeduizend honderdveertien", "Two thousand one hundred and fourteen"),
        (1_000_000, "1.000.000", "1,000,000"),
    ],
)
def test_a_first_word_is_never_a_figure(count: int, dutch: str, english: str) -> None:
    assert in_words(count, first=True, language_code="nl") == dutch
    assert in_words(count, first=True, language_code="en") == english


@given(st.integers(0, LARGEST), st.sampled_from(["nl", "en"]))
def test_words_hold_no_figure_and_begin_with_a_capital(count: int, language: str) -> None:
    words = in_words(count, first=True, language_code=language)
    assert re.fullmatch(r"[A-Z][a-zëé -]+", words)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_counts_share_their_words(language: str) -> None:
    words = {in_words(count, first=True, language_code=language) for count in range(3000)}
    assert len(words) == 3000


@pytest.mark.parametrize(("text", "beginning"), [("één van hen", "Eén van hen"), ("ijs", "IJs"), ("", ""), ("a", "A")])
def test_a_sentence_begins_with_a_capital(text: str, beginning: str) -> None:
    assert capital(text) == beginning

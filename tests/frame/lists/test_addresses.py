"""The state of a list stands in its address: what it says comes back, and what it says in vain does no harm."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from products_list import COLUMNS, small_list

from bekwaam.frame.lists import read_state
from bekwaam.frame.lists.filters import OPERATIONS, Filter, read_filter
from bekwaam.frame.lists.panel import asked_by_form
from bekwaam.frame.lists.typed import typed_day, typed_figure
from bekwaam.frame.lists.words import filter_words

BY_CODE = {column.code: column for column in COLUMNS}

figures = st.decimals(min_value=-(10**11), max_value=10**11, places=4, allow_nan=False, allow_infinity=False)
days = st.dates()
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=60)
VALUES = {"text": texts, "number": figures, "money": figures, "share": figures, "date": days, "choice": texts}


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    """Any filter that this list knows."""
    column = draw(st.sampled_from(COLUMNS))
    operation = draw(st.sampled_from(OPERATIONS[column.kind]))
    if operation in ("empty", "filled"):
        return Filter(column, operation)
    if column.kind == "yes-no":
        return Filter(column, operation, (draw(st.booleans()),))
    values = [draw(VALUES[column.kind]) for _ in range(2 if operation == "between" else 1)]
    if column.kind == "choice":
        values = draw(st.lists(texts, min_size=1, max_size=4))
    if column.kind in ("number", "money", "share"):
        values = [value.quantize(Decimal("0.0001")).normalize() for value in values]
    return Filter(column, operation, tuple(sorted(values) if operation == "between" else values))


@given(filters())
def test_a_filter_comes_back_from_its_address(one: Filter) -> None:
    assert read_filter(one.text, BY_CODE) == one


@given(filters())
@settings(max_examples=40)
def test_every_filter_has_words_and_a_condition(one: Filter) -> None:
    assert one.condition()
    for language in ("nl", "en"):
        with translation.override(language):
            assert filter_words(one, "EUR").strip()


@given(st.lists(filters(), max_size=5), st.sampled_from(["", "-amount", "name,-days"]), st.integers(0, 3))
@settings(max_examples=60)
def test_a_state_comes_back_from_its_address(some: list[Filter], sort: str, shown: int) -> None:
    definition = small_list()
    state = read_state(QueryDict(mutable=False), definition).turned(
        filters=tuple(dict.fromkeys(some)),
        sort=tuple((piece.lstrip("-"), piece.startswith("-")) for piece in sort.split(",") if piece),
        columns=("name", "days", "last")[:shown],
    )
    back = read_state(QueryDict(state.query), definition)
    assert back.left_out == ()
    assert (back.filters, back.shown_sort, back.shown_columns) == (state.filters, state.shown_sort, state.shown_columns)


@given(st.dictionaries(st.sampled_from(["view", "f", "sort", "columns", "page", "saved", "panel"]), st.text()))
def test_no_address_breaks_the_list(asked: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    for name, value in asked.items():
        query.appendlist(name, value)
    state = read_state(query, small_list())
    assert state.view.code in ("late", "all")
    assert state.page >= 1
    assert read_state(QueryDict(state.query), small_list()).filters == state.filters


def test_what_is_unknown_is_left_out_and_named() -> None:
    asked = QueryDict(
        "view=gone&f=secret:min:3&f=amount:min:3&sort=-secret,amount&columns=name,secret&page=9999999999999"
    )
    state = read_state(asked, small_list())
    assert [one.text for one in state.filters] == ["amount:min:3"]
    assert state.sort == (("amount", False),)
    assert state.columns == ("name",)
    assert state.page == 1
    assert state.left_out == ("view=gone", "f=secret:min:3", "sort=-secret,amount", "columns=secret")


def test_a_view_that_loses_its_own_filter_is_that_view_no_longer() -> None:
    state = read_state(QueryDict("view=late&f=group:is:A"), small_list())
    own, added = state.all_filters
    left = state.without(own)
    assert left.view.code == "all"
    assert left.all_filters == (added,)
    assert left.shown_sort == state.shown_sort
    assert state.without(added).view.code == "late"


def test_a_click_on_a_head_sorts_and_a_second_turns_it_round() -> None:
    state = read_state(QueryDict("view=all&page=3"), small_list())
    once = state.sorted_by(BY_CODE["amount"])
    assert (once.sort, once.page) == ((("amount", True),), 1)
    assert once.sorted_by(BY_CODE["amount"]).sort == (("amount", False),)
    assert state.sorted_by(BY_CODE["group"]).sort == (("group", False),)


@pytest.mark.parametrize(
    ("language", "typed", "figure"),
    [
        ("nl", "15.000", "15000"),
        ("nl", "1.234,50", "1234.50"),
        ("nl", "12,5", "12.5"),
        ("nl", "12.5", "12.5"),
        ("en", "15,000.50", "15000.50"),
        ("en", "€ 15,000", "15000"),
        ("nl", "veel", ""),
    ],
)
def test_a_figure_is_read_as_the_reader_writes_it(language: str, typed: str, figure: str) -> None:
    with translation.override(language):
        assert typed_figure(typed) == figure


def test_a_day_is_read_as_the_browser_or_the_reader_writes_it() -> None:
    assert typed_day("2026-02-28") == typed_day("28-02-2026") == str(date(2026, 2, 28))
    assert typed_day("31-02-2026") == ""


def test_the_form_leads_to_an_address_that_can_be_mailed() -> None:
    with translation.override("nl"):
        asked = QueryDict("view=all&apply=filter&q.amount.low=15.000&q.name=pomp&q.group=A&q.group=B&q.late=")
        state = asked_by_form(asked, small_list())
    assert state is not None
    assert [one.text for one in state.filters] == ["name:contains:pomp", "group:is:A,B", "amount:min:15000"]
    assert asked_by_form(QueryDict("view=all"), small_list()) is None


def test_the_form_of_a_view_that_keeps_its_filter_stays_that_view() -> None:
    kept = asked_by_form(QueryDict("view=late&apply=filter&q.late=yes&q.days.high=30"), small_list())
    assert kept is not None
    assert (kept.view.code, [one.text for one in kept.filters]) == ("late", ["days:max:30"])
    dropped = asked_by_form(QueryDict("view=late&apply=filter&q.late=&q.days.high=30"), small_list())
    assert dropped is not None
    assert dropped.view.code == "all"

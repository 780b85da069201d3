"""Dates: day or month first is decided over the whole column; what stays in doubt is asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_tables import TERMS, column, judged, order_table, refused_codes

from bekwaam.intake.dates import DaysRead, read_days
from bekwaam.intake.mapping import propose_mapping

DAY = date(2026, 9, 14)


def read(cells: Sequence[Any], given_order: str | None = None) -> DaysRead:
    return read_days(column("Datum", cells), "order_date", given_order, TERMS)


def faults(cells: Sequence[Any], given_order: str | None = None) -> list[tuple[int, str, dict[str, Any]]]:
    frame = read(cells, given_order).cells.faults
    return [(index, code, json.loads(values)) for index, code, values in frame.rows()]


@pytest.mark.parametrize(
    "written",
    [
        "14-09-2026",
        "14.09.2026",
        "14/9/2026",
        "14-9-26",
        "9/14/2026",
        "2026-09-14",
        "2026/9/14",
        "20260914",
        "14 sep 2026",
        "14 september 2026",
        "14-Sep-2026",
        "14. September 2026",
        "Sep 14, 2026",
        "maandag 14 september 2026",
        "14-09-2026 8:26",
        "14-09-2026 08:26:59",
        "9/14/2026 8:26 PM",
        "2026-09-14T08:26:59.123Z",
        "2026-09-14T08:26:59+02:00",
        "46279",
        46279,
        46279.35,
        20260914,
        20260914.0,
        DAY,
    ],
)
def test_a_day_is_read_however_it_is_written(written: Any) -> None:
    assert read([written]).cells.values.to_list() == [DAY]


@pytest.mark.parametrize(("word", "month"), [("mrt", 3), ("Mär", 3), ("mei", 5), ("okt", 10), ("Dez", 12)])
def test_months_have_dutch_english_and_german_names(word: str, month: int) -> None:
    assert read([f"3 {word} 2026"]).cells.values.to_list() == [date(2026, month, 3)]


def test_two_digits_of_a_year_mean_the_latest_that_can_be() -> None:
    assert read(["31-12-26", "31-12-98"]).cells.values.to_list() == [date(2026, 12, 31), date(1998, 12, 31)]


def test_one_day_above_twelve_decides_for_the_whole_column() -> None:
    assert read(["1/2/2026", "13/2/2026"]).cells.values.to_list() == [date(2026, 2, 1), date(2026, 2, 13)]
    assert read(["1/2/2026", "2/13/2026"]).cells.values.to_list() == [date(2026, 1, 2), date(2026, 2, 13)]


def test_points_are_always_day_first() -> None:
    found = read(["1.2.2026"])
    assert (found.cells.values.to_list(), found.ask) == ([date(2026, 2, 1)], None)


def test_a_date_that_reads_the_same_both_ways_needs_no_answer() -> None:
    assert read(["5/5/2026", "06-06-2026"]).ask is None


@pytest.mark.parametrize("written", ["1/2/2026", "01-02-2026", "1/2/26", "01/02/2026 10:00"])
def test_when_every_date_could_be_read_both_ways_it_is_asked(written: str) -> None:
    ask = read([written, "5/5/2026"]).ask
    assert ask is not None
    assert (ask.code, ask.field, ask.values["as_dmy"], ask.values["as_mdy"]) == (
        "date_order",
        "order_date",
        "2026-02-01",
        "2026-01-02",
    )
    assert [choice.value for choice in ask.choices] == ["dmy", "mdy"]


def test_the_answer_is_used() -> None:
    raw = order_table(Datum=["1/2/2026"])
    mapping = propose_mapping(raw, "sales")
    (ask,) = judged(raw, mapping).asks
    assert judged(raw, mapping.answered(ask, "mdy")).lines["order_date"].to_list() == [date(2026, 1, 2)]
    assert judged(raw, mapping.answered(ask, "dmy")).lines["order_date"].to_list() == [date(2026, 2, 1)]
    assert judged(raw, mapping.answered(ask, "dmy")).asks == ()


def test_proof_goes_before_a_remembered_answer() -> None:
    assert read(["13/2/2026"], "mdy").cells.values.to_list() == [date(2026, 2, 13)]


def test_where_both_orders_are_proved_the_fewer_are_refused_with_what_they_seem_to_mean() -> None:
    cells = ["13-02-2026", "14-02-2026", "02-15-2026", "01-02-2026"]
    assert faults(cells) == [(2, "date_other_order", {"value": "02-15-2026", "mended": "15-02-2026"})]
    assert read(cells).cells.values.to_list()[3] == date(2026, 2, 1)


def test_a_tie_of_proof_is_asked() -> None:
    assert read(["13-02-2026", "02-13-2026", "01-02-2026"]).ask is not None


def test_a_day_that_the_month_does_not_have_names_its_neighbours_as_they_would_be_written() -> None:
    told = {"value": "31-09-2026", "days": 30, "earlier": "30-09-2026", "later": "01-10-2026"}
    assert faults(["31-09-2026", "13-09-2026"]) == [(0, "date_not_in_month", told)]
    assert faults(["2026-02-29"])[0][2]["earlier"] == "2026-02-28"
    assert faults(["2/30/26", "2/13/26"])[0][2]["later"] == "03/01/26"


@pytest.mark.parametrize("written", ["gisteren", "14-13-2026", "32-01-2026", "14-09", "2026", "1e5", -5, 123456.0])
def test_what_is_no_date_is_a_fault(written: Any) -> None:
    assert [code for _, code, _ in faults([written])] == ["date_not_read"]


@pytest.mark.parametrize("written", ["30-12-1899", 0, 1, date(1899, 12, 30), "14-09-2099", "31-12-1979", 73000])
def test_a_day_that_no_order_of_ours_can_have_is_refused(written: Any) -> None:
    ((_, code, told),) = faults([written])
    assert (code, told["first"], told["last"]) == ("date_implausible", "1980-01-01", "2027-09-21")


def test_zeros_and_blanks_are_no_date_rather_than_a_wrong_one() -> None:
    cells = ["00.00.0000", "0000-00-00", "00000000", " ", None]
    assert faults(cells) == []
    assert refused_codes(judged(order_table(Datum=[*cells, DAY]))) == ["date_missing"] * 5


def test_typed_dates_and_texts_stand_side_by_side() -> None:
    found = read([DAY, "15-09-2026", 46281, None])
    assert found.cells.values.to_list() == [DAY, date(2026, 9, 15), date(2026, 9, 16), None]


days = st.dates(min_value=date(1990, 1, 1), max_value=TERMS.today)
MANNERS = {
    "dmy": lambda day: f"{day.day:02d}-{day.month:02d}-{day.year}",
    "slashes": lambda day: f"{day.day}/{day.month}/{day.year}",
    "mdy": lambda day: f"{day.month}/{day.day}/{day.year}",
    "iso": lambda day: day.isoformat(),
    "sap": lambda day: f"{day:%Y%m%d}",
    "serial": lambda day: (day - date(1899, 12, 30)).days,
}


@given(st.lists(days, min_size=1, max_size=30), st.sampled_from(sorted(MANNERS)))
@settings(max_examples=100, deadline=None)
def test_whole_columns_come_back_or_are_asked_about(wanted: list[date], manner: str) -> None:
    found = read([MANNERS[manner](day) for day in wanted])
    certain = manner in {"iso", "sap", "serial"} or any(day.day > 12 for day in wanted)
    same_both_ways = all(day.day == day.month for day in wanted)
    assert (found.ask is None) == (certain or same_both_ways)
    if found.ask is None:
        assert found.cells.values.to_list() == wanted


@given(st.lists(days, min_size=2, max_size=20), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_rows_does_not_matter(wanted: list[date], shuffler: Any) -> None:
    cells = [MANNERS["mdy"](day) for day in wanted]
    shuffled = shuffler.sample(cells, len(cells))
    assert (read(cells).ask is None) == (read(shuffled).ask is None)
    assert sorted(read(cells).cells.values) == sorted(read(shuffled).cells.values)


def test_a_leap_day_today_does_not_break_the_last_day() -> None:
    assert TERMS.last_day - TERMS.today == timedelta(days=365)
    assert type(TERMS)("EUR", "NL", date(2028, 2, 29)).last_day == date(2029, 2, 28)


def contradicting(slips: int) -> list[str]:
    """Twenty dates that prove day first, some that prove month first, and one that could be either."""
    return [
        *(f"{13 + nth % 15}/3/2026" for nth in range(20)),
        *(f"3/{13 + nth}/2026" for nth in range(slips)),
        "1/2/2026",
    ]


def test_proofs_for_both_orders_are_no_matter_of_majority() -> None:
    ask = read(contradicting(9)).ask
    assert ask is not None
    assert ask.code == "date_order"
    assert read(contradicting(9), "mdy").cells.values.to_list()[-1] == date(2026, 1, 2)
    assert read(contradicting(9), "dmy").cells.values.to_list()[-1] == date(2026, 2, 1)


def test_one_slip_among_many_is_refused_and_leaves_no_doubt() -> None:
    found = read(contradicting(1))
    assert found.ask is None
    assert [code for _index, code, _values in faults(contradicting(1))] == ["date_other_order"]


def test_day_and_month_that_a_spreadsheet_exchanged_are_asked_about() -> None:
    cells = [date(2026, 5, 1 + nth) for nth in range(8)]
    ask = read([*cells, "13-02-2026", "14-03-2026", "25-04-2026"]).ask
    assert ask is not None
    assert (ask.code, ask.values["as_kept"], ask.values["as_swapped"]) == ("date_swapped", "2026-05-01", "2026-01-05")


def test_the_answer_exchanges_them_back_or_leaves_them() -> None:
    cells = [*(date(2026, 5, 1 + nth) for nth in range(8)), "13-02-2026", "14-03-2026", "25-04-2026"]
    back = read(cells, "swapped").cells.values.to_list()
    assert back[:2] == [date(2026, 1, 5), date(2026, 2, 5)]
    assert back[-1] == date(2026, 4, 25)
    kept = read(cells, "kept")
    assert (kept.ask, kept.cells.values.to_list()[:2]) == (None, [date(2026, 5, 1), date(2026, 5, 2)])


@pytest.mark.parametrize(
    "cells",
    [
        [*(date(2026, 5, 1 + nth) for nth in range(20)), "13-02-2026", "14-03-2026", "25-04-2026"],
        [*(date(2026, 5, 1 + nth) for nth in range(8)), "13-02-2026", "14-03-2026", "25-04-2026", "03-04-2026"],
        [*(date(2026, 5, 1 + nth) for nth in range(8)), "13-02-2026"],
    ],
    ids=["a real date after the twelfth", "a text before the thirteenth", "too few texts"],
)
def test_a_column_that_only_mixes_dates_and_texts_is_read_as_it_stands(cells: list[Any]) -> None:
    assert read(cells).ask is None

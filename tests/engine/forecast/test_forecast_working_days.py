"""The share of a month's working days still to come."""

from datetime import date

import pytest

from bekwaam.engine.forecast import share_left

SEPTEMBER_21 = date(2026, 9, 21)  # a Monday; September 2026 has 22 weekdays, 14 of them before the 21st


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(date(2026, 9, 1), 1.0), (SEPTEMBER_21, 8 / 22), (date(2026, 9, 19), 8 / 22), (date(2026, 9, 30), 1 / 22)],
)
def test_weekdays_are_counted_from_the_day_itself(as_of, expected):
    assert share_left(as_of, frozenset()) == pytest.approx(expected)


def test_holidays_are_no_working_days():
    king_and_liberation = frozenset({date(2026, 4, 27), date(2026, 4, 6)})
    assert share_left(date(2026, 4, 27), king_and_liberation) == pytest.approx(3 / 20)


def test_holidays_in_a_weekend_change_nothing():
    assert share_left(SEPTEMBER_21, {date(2026, 9, 26)}) == pytest.approx(8 / 22)


def test_another_weekend_is_possible():
    # Friday and Saturday off: 22 working days, of which the 21st to 24th and 27th to 30th are to come
    assert share_left(SEPTEMBER_21, frozenset(), weekend={4, 5}) == pytest.approx(8 / 22)
    assert share_left(date(2026, 9, 27), frozenset(), weekend={4, 5}) == pytest.approx(4 / 22)


def test_nothing_is_left_after_the_last_working_day():
    assert share_left(date(2026, 10, 31), frozenset()) == 0.0


def test_a_month_wholly_off_counts_calendar_days():
    everything = {date(2026, 2, day) for day in range(1, 29)}
    assert share_left(date(2026, 2, 15), everything) == pytest.approx(0.5)

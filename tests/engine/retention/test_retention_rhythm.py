"""A customer's own rhythm: by hand, then properties."""

import pytest
from polars.testing import assert_frame_equal
from retention_cast import day, orders_of

from bekwaam.engine.retention import own_rhythm


def test_rhythm_and_silence_by_hand() -> None:
    row = own_rhythm(orders_of({"A": [0, 10, 20, 40]}), day(50)).row(0, named=True)

    assert row["order_days"] == 4
    assert row["own_rhythm_days"] == 10.0
    assert row["days_silent"] == 10
    assert (row["first_order"], row["last_order"]) == (day(0), day(40))


def test_below_three_order_days_there_is_no_rhythm() -> None:
    rhythm = own_rhythm(orders_of({"one": [0], "two": [0, 0, 10], "three": [0, 10, 20]}), day(50))

    assert rhythm["order_days"].to_list() == [1, 3, 2]
    assert rhythm["own_rhythm_days"].to_list() == [None, 10.0, None]
    assert rhythm["usual_low_days"].is_null().to_list() == [True, False, True]


def test_without_established_customers_the_quantiles_are_his_own() -> None:
    row = own_rhythm(orders_of({"A": [0, 10, 30]}), day(50)).row(0, named=True)

    assert (row["usual_low_days"], row["own_rhythm_days"], row["usual_high_days"]) == (
        pytest.approx(11),
        15,
        pytest.approx(19),
    )


def test_few_gaps_are_drawn_towards_the_common_spread() -> None:
    """Common: 90% gap over median is 2 for all eleven; own gaps of the new one are even, 3 of 13 parts his own."""
    uneven = {f"old {i}": [0, 10, 20, 40, 50, 60, 70, 90, 100, 110, 130] for i in range(11)}
    orders = orders_of({**uneven, "new": [100, 110, 120, 130]})

    rhythm = own_rhythm(orders, day(150))

    new = rhythm.row(0, named=True)
    assert new["customer"] == "new"
    assert new["own_rhythm_days"] == 10
    assert new["usual_high_days"] == pytest.approx(10 * 2 ** (10 / 13))
    assert rhythm["usual_high_days"][1] == pytest.approx(20)


def test_orders_of_the_day_itself_and_later_are_not_looked_at() -> None:
    known, all_ = orders_of({"A": [0, 10, 20]}), orders_of({"A": [0, 10, 20, 40, 41]})

    assert_frame_equal(own_rhythm(all_, day(40)), own_rhythm(known, day(40)))


def test_no_orders_make_an_empty_table() -> None:
    rhythm = own_rhythm(orders_of({"A": [5]}), day(0))

    assert rhythm.height == 0
    assert rhythm.columns[:3] == ["customer", "order_days", "own_rhythm_days"]

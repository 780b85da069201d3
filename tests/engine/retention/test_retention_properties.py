"""Whatever the orders: never NaN, always a status, chances between 0 and 1, and the same answer in any row order."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from retention_cast import START, day, orders_of, summary_of

from bekwaam.engine.retention import BetaGeometric, look_back, own_rhythm, slipping_list, summarise

STATUSES = {"ok", "boundary", "no_dropout", "too_few"}

amounts = st.decimals(-1000, 1_000_000, places=2) | st.just(Decimal("0.00"))
order_rows = st.lists(
    st.tuples(st.sampled_from([f"c{i}" for i in range(14)]), st.integers(0, 500), amounts), max_size=150
)


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[int, float, float]]:
    """Some customers without and some with repeat orders, in one of several shapes of time."""
    longest = draw(st.sampled_from([1e-3, 1.0, 52.0, 1e6]))
    most = draw(st.sampled_from([1, 3, 500]))
    rows = []
    for _ in range(draw(st.integers(0, 40))):
        x, age = draw(st.integers(0, most)), draw(st.floats(0, 1)) * longest
        recency = age * draw(st.sampled_from([1.0, 0.5, 1e-6])) if x else 0.0
        rows.append((x, recency, age) if recency > 0 else (0, 0.0, age))
    return rows


def orders_from(rows: list[tuple[str, int, Decimal]]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "customer": pl.Series([row[0] for row in rows], dtype=pl.String),
            "date": pl.Series([START + timedelta(days=row[1]) for row in rows], dtype=pl.Date),
            "value": pl.Series([row[2] for row in rows], dtype=pl.Decimal(18, 2)),
        }
    )


def has_no_nan(frame: pl.DataFrame) -> bool:
    floats = frame.select(pl.selectors.float())
    return not any(column.is_nan().any() or column.is_infinite().any() for column in floats)


def fits_and_answers(model: BetaGeometric, summary: pl.DataFrame) -> None:
    model.fit(summary)
    assert model.status_ in STATUSES
    if model.status_ != "too_few":
        assert np.isfinite([*model.parameters_.values(), model.log_likelihood_]).all()
    for horizon in (0.0, 1e3):
        chance, expected = model.chance_of_order(summary, horizon), model.expected_orders(summary, horizon)
        assert has_no_nan(chance)
        assert has_no_nan(expected)
        assert chance["chance_of_order"].is_between(0, 1).all()
        assert (expected["expected_orders"] - chance["chance_of_order"] >= -1e-6).all()


@settings(max_examples=40, deadline=None)
@given(histories(), st.sampled_from(["late", "early"]), st.sampled_from([1, 2, 3, "auto"]))
def test_any_histories_get_a_status_and_sound_answers(
    rows: list[tuple[int, float, float]], dropout: str, k: int | str
) -> None:
    summary = summary_of(rows or [(0, 0.0, 1.0)])

    fits_and_answers(BetaGeometric(dropout, k), summary)  # type: ignore[arg-type]


@pytest.mark.parametrize("dropout", ["late", "early"])
@pytest.mark.parametrize(
    "rows",
    [
        [(1, 3.0, 5.0)],
        [(0, 0.0, 0.0)] * 50,
        [(0, 0.0, 30.0)] * 50,
        [(2, 3.0, 5.0)] * 50,
        [(500, 60.0, 60.0)] * 20,
        [(500, 1e-3, 60.0)] * 20,
        [(1, 1e-9, 1e-9)] * 20,
        [(500, 60.0, 60.0)] * 10 + [(0, 0.0, 0.0)] * 100,
        [(x, x / 7, 500 / 7) for x in range(501)],
    ],
)
def test_the_awkward_sets_get_a_status_and_sound_answers(rows: list[tuple[int, float, float]], dropout: str) -> None:
    fits_and_answers(BetaGeometric(dropout), summary_of(rows))  # type: ignore[arg-type]


@settings(max_examples=20, deadline=None)
@given(order_rows, st.integers(1, 520))
def test_any_orders_give_sound_tables_in_any_row_order(rows: list[tuple[str, int, Decimal]], number: int) -> None:
    orders, as_of = orders_from(rows), day(number)
    shuffled = orders.sample(fraction=1.0, shuffle=True, seed=number)

    summary, rhythm, found = summarise(orders, as_of), own_rhythm(orders, as_of), slipping_list(orders, as_of, 3)

    assert all(has_no_nan(frame) for frame in (summary, rhythm, found.frame))
    assert found.status in STATUSES
    assert found.frame["listed"].sum() <= 3
    assert summary["customer"].to_list() == rhythm["customer"].to_list()
    assert (summary["frequency"] + 1).to_list() == rhythm["order_days"].to_list()
    assert (rhythm["usual_low_days"] <= rhythm["own_rhythm_days"] + 1e-9).all()
    assert (rhythm["usual_high_days"] >= rhythm["own_rhythm_days"] - 1e-9).all()
    assert_frame_equal(summarise(shuffled, as_of), summary)
    assert_frame_equal(own_rhythm(shuffled, as_of), rhythm)
    assert_frame_equal(slipping_list(shuffled, as_of, 3).frame, found.frame)


@settings(max_examples=20, deadline=None)
@given(order_rows, st.integers(1, 400), st.integers(1, 250))
def test_looking_back_divides_the_established_into_four(
    rows: list[tuple[str, int, Decimal]], then: int, later: int
) -> None:
    found = look_back(orders_from(rows), day(then), day(then + later), 3)

    assert found.verdict in {"shown", "likely", "not_yet", "contradicted"}
    assert has_no_nan(found.customers)
    if found.status == "ok":
        assert found.called is not None
        assert found.customers.height == found.called.frame.height
        value = found.customers["value_year"].sum()
        apart = found.customers.group_by("outcome").agg(pl.col("value_year").sum())["value_year"].sum()
        assert apart == value
        named, seen, missed, for_nothing = found.rules.row(0)[1:5]
        assert (seen + for_nothing, seen + missed) == (named, found.leavers)


def test_everything_on_one_day_and_one_customer() -> None:
    for orders in (orders_of({f"c{i}": [0] for i in range(30)}), orders_of({"only": range(0, 300, 10)})):
        found = slipping_list(orders, day(301))

        assert found.status == "too_few"
        assert has_no_nan(found.frame)


def test_huge_amounts_keep_their_cents() -> None:
    orders = orders_of({"A": [0, 10, 20, 30, 40]}, Decimal("999999999999.99"))

    assert slipping_list(orders, day(50)).frame["value_year"].item() == Decimal("4999999999999.95")

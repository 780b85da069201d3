"""The call list: a leader's established customers, of whom a few fall silent."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from retention_cast import START, day, orders_of, wholesaler

from bekwaam.engine.retention import BetaGeometric, own_rhythm, slipping_list, summarise
from bekwaam.engine.retention.slipping import COLUMNS
from bekwaam.terms.errors import WrongCall

TODAY = 720


def monthly(until: int, seed: int) -> list[int]:
    """An order every month or so, in a rhythm of his own, until a day."""
    draw = np.random.default_rng(seed)
    rhythm = draw.integers(15, 50)
    moments = seed % 30 + np.cumsum(draw.integers(rhythm // 2, rhythm * 3 // 2, size=120))
    return [int(moment) for moment in moments if moment < until]


def company(silent_since: dict[str, int]) -> dict[str, list[int]]:
    """Sixty customers on rhythm, a quarter lost long ago, and those who fall silent on a day of their own."""
    regular = {f"regular {i:02}": monthly(TODAY, i) for i in range(45)}
    lost = {f"lost {i:02}": monthly(100 + 25 * i, 100 + i) for i in range(15)}
    return regular | lost | {name: monthly(since, 200 + i) for i, (name, since) in enumerate(silent_since.items())}


SILENT = {"big and silent": TODAY - 85, "small and silent": TODAY - 85, "just ordered": TODAY}
DAYS = company(SILENT)
VALUE = dict.fromkeys(DAYS, 100.0) | {"big and silent": 900.0}


def test_who_fell_silent_is_listed_first_by_what_is_at_stake() -> None:
    found = slipping_list(orders_of(DAYS, VALUE), day(TODAY))

    assert (found.method, found.status) == ("order_chance", "ok")
    assert found.frame.columns == list(COLUMNS)
    assert found.frame["customer"].to_list()[0] == "big and silent"
    listed = found.frame.filter("listed")
    assert "small and silent" in listed["customer"].to_list()
    assert "just ordered" not in listed["customer"].to_list()
    assert listed["value_at_stake"].is_sorted(descending=True)
    assert set(listed["reason"]) <= {"silent", "chance", "silent_and_chance"}


def test_the_reason_says_which_of_the_two_signs_was_seen() -> None:
    orders = orders_of(DAYS, VALUE)

    frame = slipping_list(orders, day(TODAY)).frame.join(own_rhythm(orders, day(TODAY)), on="customer")

    lower = frame["chance_of_order_90d"] < 0.75 * frame["usual_chance_90d"]
    silent = frame["days_silent"] > frame["usual_high_days"]
    assert frame["reason"].str.contains("chance").to_list() == lower.to_list()
    assert frame["reason"].str.contains("silent").to_list() == silent.to_list()
    assert frame.filter(customer="big and silent")["reason"].item() == "silent_and_chance"


def test_who_is_long_gone_new_or_without_value_is_not_a_candidate() -> None:
    extra = {"new": [TODAY - 40, TODAY - 20, TODAY - 10], "free": monthly(TODAY, 7)}
    found = slipping_list(orders_of(DAYS | extra, VALUE | {"new": 1e6, "free": 0.0}), day(TODAY))

    names = found.frame["customer"].to_list()
    assert not {"new", "free", "lost 00"} & set(names)
    assert found.frame["order_days"].min() >= 5


def test_value_and_stake_are_exact_decimals_of_the_last_twelve_months() -> None:
    amounts = dict.fromkeys(DAYS, Decimal("100.10"))
    found = slipping_list(orders_of(DAYS, amounts), day(TODAY))

    row = found.frame.row(0, named=True)
    in_year = [number for number in DAYS[row["customer"]] if day(number) >= date(2024, 12, 21)]
    assert found.frame.schema["value_year"] == found.frame.schema["value_at_stake"] == pl.Decimal(18, 2)
    assert row["value_year"] == Decimal("100.10") * len(in_year)
    assert row["value_at_stake"] == pytest.approx(
        row["value_year"] * Decimal(1 - row["chance_of_order_90d"]), abs=Decimal("0.01")
    )


def test_the_usual_chance_is_the_models_own_on_the_day_after_the_last_order() -> None:
    orders = orders_of(DAYS, VALUE)
    found = slipping_list(orders, day(TODAY))
    row = found.frame.row(0, named=True)
    summary = summarise(orders, day(TODAY), "week")
    model = BetaGeometric("early").fit(summary)

    only = summary.filter(customer=row["customer"])
    the_day_after = summarise(orders.filter(customer=row["customer"]), day(DAYS[row["customer"]][-1] + 1), "week")

    assert model.chance_of_order(only, 90 / 7)["chance_of_order"][0] == pytest.approx(row["chance_of_order_90d"])
    assert model.chance_of_order(the_day_after, 90 / 7)["chance_of_order"][0] == pytest.approx(row["usual_chance_90d"])
    assert row["chance_of_order_90d"] < row["usual_chance_90d"]


def test_at_most_the_capacity_is_listed_and_the_rest_keeps_its_reason() -> None:
    orders = orders_of(DAYS, VALUE)

    one, all_ = slipping_list(orders, day(TODAY), 1), slipping_list(orders, day(TODAY), 10_000)

    assert one.frame["listed"].sum() == 1
    assert slipping_list(orders, day(TODAY), 0).frame["listed"].sum() == 0
    assert all_.frame["listed"].to_list() == (all_.frame["reason"] != "on_rhythm").to_list()
    assert_frame_equal(one.frame.drop("listed"), all_.frame.drop("listed"))


def test_nothing_on_or_after_the_day_is_looked_at() -> None:
    past = orders_of(DAYS, VALUE)
    future = orders_of({name: [TODAY, TODAY + 9] for name in DAYS} | {"stranger": [TODAY]}, 5_000.0)

    known, foreseen = slipping_list(past, day(TODAY)), slipping_list(pl.concat([past, future]), day(TODAY))

    assert_frame_equal(foreseen.frame, known.frame)
    assert foreseen.log_likelihood == known.log_likelihood


def test_with_too_few_repeaters_the_plain_rule_lists_who_is_silent_for_three_rhythms() -> None:
    few = {
        "quick": range(0, 600, 20),
        "silent": range(0, 640, 20),
        "slow": range(0, 640, 80),
        "slow and late": range(0, 561, 70),
        "slow and silent": [0, 100, 200, 300, 400],
    }
    orders = orders_of(few, {"quick": 1.0, "silent": 10.0, "slow": 10.0, "slow and late": 9.0, "slow and silent": 3.0})

    found = slipping_list(orders, day(TODAY))

    assert (found.method, found.status, found.log_likelihood) == ("plain_rule", "too_few", None)
    listed = found.frame.filter("listed")
    assert listed["customer"].to_list() == ["silent", "slow and silent"]
    assert found.frame["chance_of_order_90d"].null_count() == found.frame.height
    assert found.frame["value_at_stake"].null_count() == found.frame.height
    assert found.frame.filter(customer="slow")["reason"].item() == "on_rhythm"


def test_a_model_that_sees_nobody_leave_gives_way_to_the_plain_rule() -> None:
    draw = np.random.default_rng(41)
    loyal = {f"loyal {i:02}": np.unique(draw.integers(i % 30, TODAY, size=30)).tolist() for i in range(60)}

    found = slipping_list(orders_of(loyal), day(TODAY))

    assert (found.method, found.status) == ("plain_rule", "no_dropout")
    assert found.frame["chance_of_order_90d"].null_count() == found.frame.height == 60
    late = (found.frame["days_silent"] > 60) & (found.frame["days_silent"] > 3 * found.frame["own_rhythm_days"])
    assert found.frame["listed"].to_list() == late.to_list()


def test_no_orders_make_an_empty_list() -> None:
    found = slipping_list(orders_of({"A": [5]}), START)

    assert (found.status, found.frame.height, found.frame.columns) == ("too_few", 0, list(COLUMNS))


def test_a_leap_day_has_a_year_before_it() -> None:
    assert slipping_list(orders_of({"A": range(0, 59, 5)}), date(2024, 2, 29)).frame["value_year"].item() == 1_200


def test_a_negative_capacity_is_a_wrong_call() -> None:
    with pytest.raises(WrongCall, match="capacity"):
        slipping_list(orders_of({"A": [0]}), day(1), -1)


@pytest.mark.shared
def test_at_the_wholesaler_the_risk_orders_who_lapses_as_measured_in_the_reference() -> None:
    """Section 7: AUC .754 for 1 − P(order) of MBG/CNBD-2 over three origins; one origin here."""
    from retention_cast import area_under_curve

    orders, origin = wholesaler(), date(2011, 9, 9)
    after = orders.filter(pl.col("date").dt.date().is_between(origin, date(2011, 12, 7)))["customer"].unique()

    frame = slipping_list(orders, origin, 50).frame.with_columns(stays=pl.col("customer").is_in(after.implode()))

    risk = 1 - frame["chance_of_order_90d"].to_numpy()
    assert area_under_curve(risk, ~frame["stays"].to_numpy()) == pytest.approx(0.754, abs=0.01)
    assert 1 - frame.filter("listed")["stays"].mean() == pytest.approx(0.24, abs=0.03)


def test_a_silence_that_the_model_shrugs_at_is_no_reason_to_call() -> None:
    slice_file = Path(__file__).parents[2] / "data" / "online_retail_slice.csv"
    lines = pl.read_csv(slice_file, infer_schema=False).filter(~pl.col("Quantity").str.starts_with("-"))
    orders = lines.drop_nulls("CustomerID").select(
        customer="CustomerID",
        date=pl.col("InvoiceDate").str.head(10).str.to_date(),
        value=pl.col("Quantity").cast(pl.Float64) * pl.col("UnitPrice").cast(pl.Float64),
    )
    silent = pl.concat([_silent_on(orders, date(2011, month, 15)) for month in range(5, 12)])
    shrugged_at = pl.col("chance_of_order_90d") >= 0.95 * pl.col("usual_chance_90d")
    assert silent.filter(shrugged_at).height > 0
    assert silent.filter(shrugged_at)["listed"].any() is False
    assert silent.filter(~shrugged_at)["listed"].all()


def _silent_on(orders: pl.DataFrame, as_of: date) -> pl.DataFrame:
    rhythm = own_rhythm(orders, as_of).select("customer", "usual_high_days")
    found = slipping_list(orders, as_of, capacity=1_000)
    table = found.frame.filter(found.method == "order_chance").join(rhythm, on="customer")
    return table.filter(pl.col("days_silent") > pl.col("usual_high_days"))

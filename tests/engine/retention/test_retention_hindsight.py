"""Half a year later: who left, who was on the list, and would a plain rule have done as well."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from retention_cast import day, orders_of

from bekwaam.engine.retention import look_back, look_back_by, rules_by, slipping_list
from bekwaam.engine.retention.comparison import compare_rules
from bekwaam.terms.errors import WrongCall

THEN, NOW = 540, 720


def rhythmic(until: int, seed: int, pause: tuple[int, int] = (0, 0)) -> list[int]:
    """Orders in an own rhythm until a day, with an optional pause."""
    draw = np.random.default_rng(seed)
    rhythm = draw.integers(15, 40)
    moments = np.cumsum(draw.integers(rhythm // 2, rhythm * 3 // 2, size=150))
    return [int(m) for m in moments if m < until and not pause[0] <= m < pause[1]]


CAST = (
    {f"stays {i:02}": rhythmic(NOW, i) for i in range(40)}
    | {f"lost long ago {i:02}": rhythmic(90 + 20 * i, 100 + i) for i in range(12)}
    | {"left and seen": rhythmic(THEN - 90, 201), "left unseen": rhythmic(THEN, 202)}
    | {"only paused": rhythmic(NOW, 203, (THEN - 85, THEN + 20))}
)
VALUE = dict.fromkeys(CAST, 100.0) | {"left and seen": 300.0}


def outcome_of(frame: pl.DataFrame, customer: str) -> str:
    return str(frame.filter(customer=customer)["outcome"].item())


def test_hits_misses_and_false_alarms_by_name() -> None:
    found = look_back(orders_of(CAST, VALUE), day(THEN), day(NOW))

    assert (found.status, found.window_days, found.months_had) == ("ok", 180, 17)
    assert outcome_of(found.customers, "left and seen") == "seen"
    assert outcome_of(found.customers, "left unseen") == "missed"
    assert outcome_of(found.customers, "only paused") == "for_nothing"
    assert outcome_of(found.customers, "stays 00") in {"stayed", "for_nothing"}
    assert found.leavers == 2
    assert not [name for name in found.customers["customer"] if name.startswith("lost")]


def test_the_dates_around_the_silence_are_told() -> None:
    found = look_back(orders_of(CAST, VALUE), day(THEN), day(NOW)).customers

    gone = found.filter(customer="left and seen").row(0, named=True)
    paused = found.filter(customer="only paused").row(0, named=True)
    assert gone["last_order"] == day(CAST["left and seen"][-1])
    assert gone["next_order"] is None
    assert paused["next_order"] == day(next(m for m in CAST["only paused"] if m >= THEN))


def test_the_list_is_the_one_of_that_day() -> None:
    orders = orders_of(CAST, VALUE)

    found = look_back(orders, day(THEN), day(NOW), 5)

    assert found.called is not None
    assert_frame_equal(found.called.frame, slipping_list(orders, day(THEN), 5).frame)
    assert found.method == "order_chance"


def test_orders_from_now_on_are_not_looked_at() -> None:
    orders = orders_of(CAST, VALUE)
    back_again = orders_of({"left unseen": [NOW], "left and seen": [NOW + 3]})

    found = look_back(pl.concat([orders, back_again]), day(THEN), day(NOW))

    assert_frame_equal(found.customers, look_back(orders, day(THEN), day(NOW)).customers)


def test_who_comes_back_after_the_window_had_left() -> None:
    orders = orders_of(CAST | {"left unseen": [*CAST["left unseen"], THEN + 180]}, VALUE)

    found = look_back(orders, day(THEN), day(THEN + 300)).customers

    row = found.filter(customer="left unseen").row(0, named=True)
    assert (row["outcome"], row["next_order"]) == ("missed", day(THEN + 180))


def test_a_shorter_window_is_given_and_says_nothing_yet() -> None:
    found = look_back(orders_of(CAST, VALUE), day(THEN), day(THEN + 30))

    assert (found.window_days, found.verdict) == (30, "not_yet")


def test_the_counts_of_the_ways_add_up() -> None:
    found = look_back(orders_of(CAST, VALUE), day(THEN), day(NOW), capacity=4, silence_days=60)

    rules = found.rules
    assert rules["rule"].to_list() == ["call_list", "silent_longer", "longest_silent", "three_rhythms"]
    assert (rules["seen"] + rules["missed"]).to_list() == [found.leavers] * 4
    assert (rules["seen"] + rules["for_nothing"]).to_list() == rules["named"].to_list()
    assert rules["named"][2] == rules["named"][0]
    assert rules["named"][1] == (found.customers["days_silent"] > 60).sum()
    assert len(set(rules["value_seen"] + rules["value_missed"])) == 1
    assert found.customers.filter(outcome="seen")["value_year"].sum() == rules["value_seen"][0]
    assert found.verdict == "not_yet"


def test_less_than_half_a_year_of_orders_is_too_short() -> None:
    orders = orders_of({"A": range(0, 700, 10)})

    found = look_back(orders, day(150), day(330))

    assert (found.status, found.months_had, found.months_needed) == ("too_short", 4, 6)
    assert (found.verdict, found.called, found.customers.height) == ("not_yet", None, 0)
    enough = look_back(orders, day(200), day(380))
    assert found.customers.schema == enough.customers.schema
    assert found.rules.schema == enough.rules.schema


def test_a_month_counts_when_it_is_whole() -> None:
    orders = orders_of({"A": range(14, 700, 10)})

    found = [look_back(orders, date(2024, 7, number), date(2025, 1, 1)).months_had for number in (14, 15)]

    assert found == [5, 6]


def test_longer_than_the_silence_is_one_day_more() -> None:
    table = fates([(True, True, 60, 1), (True, True, 61, 1)])

    assert compare_rules(table, 60, enough=True, seed=1)["named"][1] == 1


def test_no_orders_at_all_are_too_short() -> None:
    assert look_back(orders_of({"A": [5]}), day(0), day(4)).months_had == 0


def test_then_must_lie_before_now() -> None:
    with pytest.raises(WrongCall, match="then"):
        look_back(orders_of(CAST), day(THEN), day(THEN))


def fates(listed_left: list[tuple[bool, bool, int, int]]) -> pl.DataFrame:
    rows = [(f"{i:03}", *row) for i, row in enumerate(listed_left)]
    frame = pl.DataFrame(rows, schema=["customer", "listed", "left", "days_silent", "value_year"], orient="row")
    return frame.with_columns(pl.col("value_year").cast(pl.Decimal(18, 2)), own_rhythm_days=pl.lit(None, pl.Float64))


def test_the_rules_by_hand() -> None:
    table = fates([(True, True, 50, 500), (True, False, 55, 100), (False, True, 70, 30), (False, False, 90, 900)])

    rules = compare_rules(table, 60, enough=True, seed=1)

    assert rules.row(0)[:7] == ("call_list", 2, 1, 1, 1, Decimal("500.00"), Decimal("30.00"))
    assert rules.row(1)[:7] == ("silent_longer", 2, 1, 1, 1, Decimal("30.00"), Decimal("500.00"))
    assert rules.row(2)[:7] == ("longest_silent", 2, 1, 1, 1, Decimal("30.00"), Decimal("500.00"))
    assert rules["difference"].to_list() == [None, *[Decimal("470.00")] * 3]


def test_ties_in_silence_go_to_the_most_value_then_the_name() -> None:
    table = fates([(True, False, 9, 1), (False, True, 50, 10), (False, True, 50, 20), (False, True, 50, 20)])

    assert compare_rules(table, 60, enough=False, seed=1)["value_seen"][2] == Decimal("20.00")


@pytest.mark.parametrize(
    ("seen_by_list", "seen_by_silence", "enough", "verdict"),
    [
        (40, 2, True, "shown"),
        (2, 40, True, "contradicted"),
        (20, 20, True, "not_yet"),
        (40, 2, False, "not_yet"),
        (24, 16, True, "likely"),
        (3, 0, True, "likely"),
    ],
)
def test_the_verdict_follows_the_interval(seen_by_list: int, seen_by_silence: int, enough: bool, verdict: str) -> None:
    """Fifty listed and fifty longer silent, so many of each truly left, all worth the same."""
    listed = [(True, i < seen_by_list, 10, 100) for i in range(50)]
    silent = [(False, i < seen_by_silence, 80, 100) for i in range(50)]

    rules = compare_rules(fates(listed + silent), 60, enough=enough, seed=1)

    assert rules["verdict"].to_list() == [None, verdict, verdict, verdict]
    row = rules.row(2, named=True)
    assert row["difference_low"] <= row["difference"] <= row["difference_high"]


def test_the_same_seed_gives_the_same_interval_whatever_the_row_order() -> None:
    draw = np.random.default_rng(3)
    table = fates([(bool(a), bool(b), int(c), int(c) * 7) for a, b, c in draw.integers(0, 2, (80, 3))])

    first = compare_rules(table, 60, enough=True, seed=5)

    assert_frame_equal(compare_rules(table.reverse(), 60, enough=True, seed=5), first)


def test_the_days_of_the_window_are_half_open() -> None:
    orders = orders_of(CAST | {"left unseen": [*CAST["left unseen"], THEN]}, VALUE)

    found = look_back(orders, day(THEN), day(THEN) + timedelta(days=180))

    assert outcome_of(found.customers, "left unseen") in {"stayed", "for_nothing"}


def test_three_rhythms_wait_longer_for_who_orders_seldom() -> None:
    table = fates([(False, True, 80, 10), (False, True, 80, 20)]).with_columns(own_rhythm_days=pl.Series([20.0, 30.0]))

    assert compare_rules(table, 60, enough=False, seed=1).row(3)[:5] == ("three_rhythms", 1, 1, 1, 0)


def test_the_verdict_is_the_one_against_the_plain_rule() -> None:
    found = look_back(orders_of(CAST, VALUE), day(THEN), day(NOW))

    assert found.verdict == found.rules.filter(rule="silent_longer")["verdict"].item()


def worth(**euros: float) -> pl.DataFrame:
    return pl.DataFrame({"customer": [name.replace("_", " ") for name in euros], "value_year": list(euros.values())})


def test_customers_are_worth_what_the_caller_says() -> None:
    orders = orders_of(CAST, VALUE)
    values = worth(left_and_seen=40.0, left_unseen=7.5, only_paused=-3.0)

    found = look_back_by(orders, values, day(THEN), day(NOW))

    assert found.customers.sort("customer")["customer"].to_list() == ["left and seen", "left unseen"]
    assert found.customers.filter(outcome="seen")["value_year"].to_list() == [Decimal("40.00")]
    assert found.called is not None
    assert_frame_equal(found.called.frame, slipping_list(orders, day(THEN), values=values).frame)


def test_the_same_names_in_other_money() -> None:
    orders = orders_of(CAST, VALUE)
    found = look_back(orders, day(THEN), day(NOW))

    other = rules_by(found, worth(left_and_seen=40.0, left_unseen=7.5))

    counts = ["rule", "named", "seen", "missed", "for_nothing"]
    assert_frame_equal(other.select(counts), found.rules.select(counts))
    assert other["value_seen"][0] == Decimal("40.00")
    assert_frame_equal(rules_by(found, found.customers.select("customer", "value_year")), found.rules)

"""The models: published figures, another program, the model's own world, and what they say when they cannot know."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from retention_cast import area_under_curve, cdnow, cdnow_calibration, drawn_histories, summary_of, wholesaler

from bekwaam.engine.retention import BetaGeometric, summarise
from bekwaam.terms.errors import Refused, WrongCall

CDNOW = {
    ("sample", "late"): ((0.2426, 4.4135, 0.7929, 2.4258), -9_582.43),
    ("sample", "early"): ((0.5248, 6.1830, 0.8914, 1.6140), -9_582.13),
    ("full", "late"): ((0.2516, 4.7889, 0.7234, 2.1611), -95_368.44),
    ("full", "early"): ((0.6371, 7.3103, 0.8075, 1.2284), -95_336.96),
}


def shapes(model: BetaGeometric) -> list[float]:
    return [model.parameters_[name] for name in ("r", "alpha", "a", "b")]


@pytest.mark.shared
@pytest.mark.parametrize(("which", "dropout"), CDNOW)
def test_cdnow_gives_the_published_parameters_and_log_likelihood(which: str, dropout: str) -> None:
    parameters, log_likelihood = CDNOW[which, dropout]

    model = BetaGeometric(dropout, 1).fit(cdnow_calibration(which))

    assert model.status_ == "ok"
    assert model.log_likelihood_ == pytest.approx(log_likelihood, abs=0.05)
    assert shapes(model) == pytest.approx(parameters, rel=0.005)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("dropout", "error", "curve_expected", "curve_chance", "bias"),
    [("late", 0.7855, 0.7725, 0.757, -0.121), ("early", 0.7648, 0.7728, 0.760, -0.162)],
)
def test_the_hold_out_of_the_cdnow_sample(
    dropout: str, error: float, curve_expected: float, curve_chance: float, bias: float
) -> None:
    summary = cdnow_calibration("sample")
    later = cdnow("sample").filter(pl.col("date").is_between(date(1997, 10, 1), date(1998, 6, 30)))
    bought = later.group_by("customer").agg(pl.col("date").n_unique().alias("orders"))
    truth = summary.join(bought, on="customer", how="left", maintain_order="left")["orders"].fill_null(0).to_numpy()

    model = BetaGeometric(dropout, 1).fit(summary)
    expected = model.expected_orders(summary, 39)["expected_orders"].to_numpy()
    chance = model.chance_of_order(summary, 39)["chance_of_order"].to_numpy()

    assert np.abs(expected - truth).mean() == pytest.approx(error, abs=0.0005)
    assert expected.sum() / truth.sum() - 1 == pytest.approx(bias, abs=0.001)
    assert area_under_curve(expected, truth > 0) == pytest.approx(curve_expected, abs=0.0005)
    assert area_under_curve(chance, truth > 0) == pytest.approx(curve_chance, abs=0.001)


@pytest.mark.shared
def test_on_cdnow_random_gaps_are_chosen() -> None:
    summary = cdnow_calibration("sample")

    free, regular = BetaGeometric("early").fit(summary), BetaGeometric("early", 2).fit(summary)

    assert free.parameters_["k"] == 1
    assert free.log_likelihood_ > regular.log_likelihood_ + 200


@pytest.mark.shared
def test_at_the_wholesaler_regularity_two_is_chosen_and_random_gaps_see_nobody_leave() -> None:
    summary = summarise(wholesaler(), date(2011, 9, 9), "week")

    fits = {k: BetaGeometric("early", k).fit(summary) for k in (1, 2, 3)}

    found = [fits[k].log_likelihood_ for k in (1, 2, 3)]
    assert found == pytest.approx([-22_676.9, -22_088.8, -22_510.0], abs=0.05)
    assert shapes(fits[2]) == pytest.approx([0.8589, 4.3546, 0.1597, 1.9184], rel=0.001)
    assert fits[1].status_ == "no_dropout"
    assert dict(BetaGeometric("early").fit(summary).parameters_) == dict(fits[2].parameters_)


@pytest.mark.parametrize("dropout", ["late", "early"])
@pytest.mark.parametrize("horizon", [1.0, 39.0])
def test_with_random_gaps_the_answers_equal_those_of_lifetimes(dropout: str, horizon: float) -> None:
    from lifetimes import BetaGeoFitter, ModifiedBetaGeoFitter

    summary = drawn_histories(600, (0.6, 4.0, 0.8, 2.0), 1, early=dropout == "early", seed=7)
    columns = [summary[name].to_numpy() for name in ("frequency", "recency", "age")]
    theirs = (BetaGeoFitter if dropout == "late" else ModifiedBetaGeoFitter)().fit(*columns)

    ours = BetaGeometric(dropout, 1).fit(summary)

    assert shapes(ours) == pytest.approx(theirs.params_.tolist(), rel=1e-3)
    expected = theirs.conditional_expected_number_of_purchases_up_to_time(horizon, *columns)
    assert ours.expected_orders(summary, horizon)["expected_orders"].to_numpy() == pytest.approx(
        np.asarray(expected), rel=2e-3
    )


@pytest.mark.parametrize("k", [2, 3])
@pytest.mark.parametrize("dropout", ["late", "early"])
def test_in_its_own_world_the_model_is_right_on_average_in_every_group(dropout: str, k: int) -> None:
    """60,000 customers drawn from the model; groups by repeat orders and silence; four standard errors allowed."""
    histories = drawn_histories(60_000, (0.9, 4.0, 0.6, 2.5), k, dropout == "early", seed=11, ahead=20.0)
    model = BetaGeometric(dropout, k).fit(histories)
    silence = 1 - pl.col("recency") / pl.col("age")

    groups = (
        histories.with_columns(
            model.expected_orders(histories, 20)["expected_orders"],
            model.chance_of_order(histories, 20)["chance_of_order"],
            any_order=(pl.col("to_come") > 0).cast(pl.Float64),
        )
        .group_by(pl.col("frequency").clip(0, 6), (silence > 0.2).alias("short"), (silence > 0.6).alias("long"))
        .agg(
            pl.len(),
            pl.col("expected_orders", "to_come", "chance_of_order", "any_order").mean(),
            pl.col("to_come").std().alias("spread"),
        )
        .filter(pl.col("len") > 300, pl.col("to_come") > 0.02)
    )

    error = groups["spread"] / groups["len"].sqrt()
    assert groups.height >= 8
    assert ((groups["expected_orders"] - groups["to_come"]).abs() / error).max() < 4
    chance_error = (groups["any_order"] * (1 - groups["any_order"]) / groups["len"]).sqrt()
    assert ((groups["chance_of_order"] - groups["any_order"]).abs() / chance_error).max() < 4


@pytest.mark.parametrize("k", [1, 2, 3])
def test_the_drawn_parameters_come_back_and_their_regularity_is_chosen(k: int) -> None:
    truth = (0.9, 4.0, 0.6, 2.5)

    model = BetaGeometric("early").fit(drawn_histories(40_000, truth, k, early=True, seed=13))

    assert model.parameters_["k"] == k
    assert shapes(model) == pytest.approx(truth, rel=0.2)


@pytest.mark.parametrize("dropout", ["late", "early"])
def test_no_other_start_finds_a_higher_top(dropout: str) -> None:
    from bekwaam.engine.retention.climb import climb
    from bekwaam.engine.retention.estimate import _box, _of_logarithms, estimate
    from bekwaam.engine.retention.likelihood import Family, Histories
    from bekwaam.engine.retention.timing import timing_of

    family = Family(1, int(dropout == "early"))
    draw = np.random.default_rng(17)
    for seed in range(6):
        shape = tuple(np.exp(draw.normal([-0.3, 1.5, -0.3, 0.8], 0.8)))
        timing = timing_of(drawn_histories(200, shape, 3, early=True, seed=seed))
        function = _of_logarithms(Histories.of(timing, family))
        best = max(climb(function, draw.uniform([-4, -2, -5, -5], [4, 6, 5, 5]), _box(timing)).value for _ in range(8))
        assert estimate(timing, family).log_likelihood >= best - 1e-4


def test_customers_that_hardly_differ_lie_on_a_boundary() -> None:
    histories = drawn_histories(3_000, (1e5, 1e5, 0.5, 2.0), 1, early=False, seed=19)

    assert BetaGeometric("late", 1).fit(histories).status_ == "boundary"


def test_customers_that_never_leave_show_no_dropout() -> None:
    histories = drawn_histories(2_000, (1.0, 4.0, 1e-6, 1.0), 2, early=True, seed=23)

    assert BetaGeometric("early", 1).fit(histories).status_ == "no_dropout"


def test_with_too_few_repeaters_every_answer_is_empty() -> None:
    summary = summary_of([(2, 3.0, 5.0)] * 9 + [(0, 0.0, 5.0)] * 100)

    model = BetaGeometric().fit(summary)

    assert (model.status_, model.log_likelihood_, dict(model.parameters_)) == ("too_few", None, {})
    assert model.expected_orders(summary, 4)["expected_orders"].null_count() == 109
    assert model.chance_of_order(summary, 4)["chance_of_order"].to_list() == [None] * 109
    assert model.chance_of_order(summary.clear(), 4).height == 0


def test_rows_come_back_as_given_and_the_summary_is_not_changed() -> None:
    summary = drawn_histories(400, (0.9, 4.0, 0.6, 2.5), 2, early=True, seed=29).drop("to_come")
    before, shuffled = summary.clone(), summary.sample(fraction=1.0, shuffle=True, seed=1)

    model, other = BetaGeometric().fit(summary), BetaGeometric().fit(shuffled)

    answer = model.expected_orders(summary, 9)
    assert answer["customer"].to_list() == summary["customer"].to_list()
    assert_frame_equal(answer, other.expected_orders(shuffled, 9), check_row_order=False, rel_tol=1e-6)
    assert_frame_equal(summary, before)


def test_the_unit_of_time_changes_alpha_only() -> None:
    weeks = drawn_histories(800, (0.9, 4.0, 0.6, 2.5), 2, early=True, seed=31)
    days = weeks.with_columns(
        pl.col("recency", "age") * 7, pl.col("sum_log_gap") + pl.col("frequency") * float(np.log(7))
    )

    by_week, by_day = BetaGeometric("early").fit(weeks), BetaGeometric("early").fit(days)

    assert by_day.parameters_["alpha"] == pytest.approx(7 * by_week.parameters_["alpha"], rel=1e-5)
    assert by_day.parameters_["b"] == pytest.approx(by_week.parameters_["b"], rel=1e-5)
    assert by_day.chance_of_order(days, 70)["chance_of_order"].to_list() == pytest.approx(
        by_week.chance_of_order(weeks, 10)["chance_of_order"].to_list(), rel=1e-5
    )


def test_a_summary_that_contradicts_itself_is_refused() -> None:
    good = summary_of([(2, 3.0, 5.0)] * 12)
    wrong = {
        "frequency": [-1, 1.5, None, float("nan")],
        "recency": [6.0, -1.0, 0.0, None],
        "age": [float("inf"), 2.0],
        "sum_log_gap": [None, float("inf")],
    }
    for column, values in wrong.items():
        for value in values:
            with pytest.raises(Refused, match="summary_values"):
                BetaGeometric().fit(good.with_columns(pl.lit(value, pl.Float64).alias(column)))
    with pytest.raises(Refused, match="summary_columns"):
        BetaGeometric().fit(good.drop("age"))
    with pytest.raises(Refused, match="sum_log_gap"):
        BetaGeometric().fit(good.drop("sum_log_gap"))


def test_gaps_are_needed_to_choose_a_regularity_only() -> None:
    summary = drawn_histories(300, (0.9, 4.0, 0.6, 2.5), 1, early=False, seed=37)
    without = summary.drop("sum_log_gap")

    model = BetaGeometric("late", 1).fit(without)

    assert model.log_likelihood_ == pytest.approx(BetaGeometric("late", 1).fit(summary).log_likelihood_)
    assert model.chance_of_order(without, 4)["chance_of_order"].is_between(0, 1).all()


def test_an_age_that_rounding_puts_under_the_recency_is_no_contradiction() -> None:
    rows = [(2, 0.1 + 0.2, 0.3)] * 12

    assert BetaGeometric("late", 1).fit(summary_of(rows)).status_ != "too_few"


def test_wrong_options_and_an_unfitted_model_are_wrong_calls() -> None:
    summary = summary_of([(2, 3.0, 5.0)] * 12)

    with pytest.raises(WrongCall, match="dropout"):
        BetaGeometric("never")  # type: ignore[arg-type]
    for regularity in (0, 4, 1.0, True, "2"):
        with pytest.raises(WrongCall, match="regularity"):
            BetaGeometric("late", regularity)  # type: ignore[arg-type]
    with pytest.raises(WrongCall, match="model_not_fitted"):
        BetaGeometric().chance_of_order(summary, 1)
    for horizon in (-1, float("nan"), float("inf")):
        with pytest.raises(WrongCall, match="horizon"):
            BetaGeometric().fit(summary).expected_orders(summary, horizon)


@pytest.mark.parametrize("horizon", ["3", None, float("nan"), True])
def test_a_horizon_that_is_no_number_is_a_wrong_call(horizon: object) -> None:
    summary = summary_of([(2, 4.0, 5.0)] * 12, 1.0)
    model = BetaGeometric().fit(summary)
    for ask in (model.expected_orders, model.chance_of_order):
        with pytest.raises(WrongCall, match="horizon"):
            ask(summary, horizon)

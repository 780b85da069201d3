"""Which series is of which kind, and so may be forecast how."""

import numpy as np
import pytest

from bekwaam.engine.forecast.kinds import describe

RNG = np.random.default_rng(11)
LEVEL = 100 + RNG.normal(0, 5, 60)
SEASON = LEVEL + 40 * np.sin(np.arange(60) * np.pi / 6)
SPARSE = np.where(RNG.random(60) < 0.3, 50.0, 0.0)
SUMMERS = np.tile([0.0] * 6 + [60.0, 80.0, 90.0, 80.0, 60.0, 40.0], 4)


@pytest.mark.parametrize(
    ("y", "kind"),
    [
        (LEVEL[:5], "new"),
        (np.concatenate([np.zeros(40), LEVEL[:5]]), "new"),
        (LEVEL[:6], "short"),
        (LEVEL[:23], "short"),
        (LEVEL[:24], "smooth"),
        (SEASON[:36], "seasonal"),
        (SPARSE, "intermittent"),
        (SUMMERS, "seasonal"),
        (np.concatenate([LEVEL, np.zeros(12)]), "dead"),
        (np.concatenate([LEVEL, np.zeros(11)]), "smooth"),
        (np.zeros(6), "dead"),
        (np.zeros(5), "new"),
    ],
)
def test_the_kind_follows_the_history(y, kind):
    assert describe(y, 12).kind == kind


def test_a_sparse_series_is_not_dead_after_one_silent_year():
    every_eight_months = np.tile([9.0] + [0.0] * 7, 6)
    assert describe(np.concatenate([every_eight_months, np.zeros(10)]), 12).kind == "intermittent"
    assert describe(np.concatenate([every_eight_months, np.zeros(17)]), 12).kind == "dead"


def test_the_mean_interval_counts_periods_per_sale():
    assert describe(np.array([1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0]), 12).adi == 3.0


def test_zeros_before_the_first_sale_are_no_history_unless_sales_are_sparse():
    assert len(describe(np.concatenate([np.zeros(9), LEVEL]), 12).y) == 60
    assert len(describe(np.concatenate([np.zeros(9), SPARSE]), 12).y) == 69


def test_yearly_figures_are_never_short():
    assert describe(LEVEL[:6], 1).kind == "smooth"

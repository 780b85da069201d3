"""The chance of an order, by the (M)BG/CNBD-k family of models."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal, Self

import numpy as np
import polars as pl

from bekwaam.engine.retention import prospects
from bekwaam.engine.retention.estimate import Estimate, Status, estimate
from bekwaam.engine.retention.likelihood import Family, Parameters
from bekwaam.engine.retention.timing import Timing, Vector, timing_of
from bekwaam.terms.errors import WrongCall

Dropout = Literal["late", "early"]
Regularity = Literal[1, 2, 3, "auto"]

DROPOUTS: Final = ("late", "early")
REGULARITIES: Final = (1, 2, 3, "auto")
FEWEST_REPEATERS: Final = 10


class BetaGeometric:
    """How many orders are to come and how likely one is, learnt from the histories of all customers together.

    Customers order in gaps that are Erlang-k around a rate of their own (k = 1: at random; 2, 3: more and more
    regular), rates vary as Gamma(r, α), and customers leave for good with a chance of their own, Beta(a, b), tossed

    - `dropout="late"`: after each repeat order: BG/NBD, and BG/CNBD-k for k > 1;
    - `dropout="early"`: after the first order too: MBG/NBD, and MBG/CNBD-k.

    `regularity` is k, or "auto": the k of 1, 2, 3 with the highest likelihood. Fit by bounded maximum likelihood
    with exact derivatives from several starts; no randomness. After `fit`:

    - `parameters_`: r, alpha (in the unit of time of the summary), a, b and k; empty when too few;
    - `log_likelihood_`: the plain sum over customers of the log-density of his order times, including
      (k−1) Σ ln gap − x lnΓ(k), so that different k compare; None when too few;
    - `status_`: `ok`; `no_dropout`: by the model all with a repeat order are customers still, to a thousandth on
      average, so silence says nothing here; `boundary`: otherwise, the optimum lies on a limit (customers hardly
      differ in rate or in dropout) or no top was found, so chances hold but single parameters say little; `too_few`:
      fewer than 10 customers with a repeat order, so no parameters and only empty answers.

    WrongCall `option_unknown` for another dropout or regularity.

    Limits: customers who order by season, contract or project break the model; one rate over all years is assumed,
    so a rising market makes totals too low. See docs/methods/order_chance.md.

    Source: Fader, Hardie & Lee 2005 (BG/NBD); Batislam, Denizel & Filiztekin 2007 (MBG/NBD); Reutterer, Platzer &
    Schröder 2021 (MBG/CNBD-k). CDNOW sample, late, k = 1: r .2426, alpha 4.4136 weeks, a .7929, b 2.4259;
    log-likelihood −9,582.43.
    """

    parameters_: Mapping[str, float]
    log_likelihood_: float | None
    status_: Status

    def __init__(self, dropout: Dropout = "early", regularity: Regularity = "auto") -> None:
        _check_option("dropout", dropout, DROPOUTS)
        _check_option("regularity", regularity, REGULARITIES)
        self.dropout = dropout
        self.regularity = regularity

    def fit(self, summary: pl.DataFrame) -> Self:
        """This model with the parameters most likely for `summary` (`summary.summarise`'s columns; one unit of time).

        `mean_value` is not used and may be absent, as may `sum_log_gap` when the regularity is 1. Row order does not
        matter beyond the last digits. Refused: `summary_columns`, `summary_values` as `timing.timing_of` says.
        """
        timing = timing_of(summary, gaps=self.regularity != 1)
        if np.count_nonzero(timing.frequency) < FEWEST_REPEATERS:
            self.parameters_, self.log_likelihood_, self.status_ = MappingProxyType({}), None, "too_few"
            return self
        k, best = self._best(timing)
        self.parameters_ = MappingProxyType({**best.parameters._asdict(), "k": k})
        self.log_likelihood_, self.status_ = best.log_likelihood, best.status
        return self

    def expected_orders(self, summary: pl.DataFrame, horizon: float) -> pl.DataFrame:
        """The expected number of order days in the `horizon` after `as_of`: `customer`, `expected_orders` (≥ 0).

        `horizon` ≥ 0 in the summary's unit of time; rows as in `summary`, which need not be the one of `fit`. Empty
        cells when the status is `too_few`. Exact for every k but for the quadrature over the dropout chance, which
        is right to nine digits (`prospects`).
        WrongCall: `model_not_fitted`, `option_unknown` for a horizon that is no number, negative or endless.
        Refused: as `fit`.
        """
        return self._ask(summary, horizon, "expected_orders", prospects.expected_orders)

    def chance_of_order(self, summary: pl.DataFrame, horizon: float) -> pl.DataFrame:
        """The chance of at least one order in the `horizon` after `as_of`: `customer`, `chance_of_order` (0 to 1).

        As `expected_orders`, and exact for every k: the chance to be a customer still, times the chance that a
        customer orders within the horizon given how long he has been silent.
        """
        return self._ask(summary, horizon, "chance_of_order", prospects.chance_of_order)

    def _best(self, timing: Timing) -> tuple[int, Estimate]:
        coins = DROPOUTS.index(self.dropout)
        tried = (1, 2, 3) if self.regularity == "auto" else (self.regularity,)
        return max(((k, estimate(timing, Family(k, coins))) for k in tried), key=lambda found: found[1].log_likelihood)

    def _ask(
        self,
        summary: pl.DataFrame,
        horizon: float,
        column: str,
        question: Callable[[Timing, float, Family, Parameters], Vector],
    ) -> pl.DataFrame:
        if not hasattr(self, "status_"):
            raise WrongCall("model_not_fitted", model="BetaGeometric")
        if not _is_number(horizon) or not 0 <= horizon < float("inf"):
            raise WrongCall("option_unknown", option="horizon", value=horizon, allowed="0 …")
        timing = timing_of(summary, gaps=False)
        if self.status_ == "too_few":
            return summary.select("customer", pl.lit(None, pl.Float64).alias(column))
        known = dict(self.parameters_)
        family = Family(int(known.pop("k")), DROPOUTS.index(self.dropout))
        answer = question(timing, float(horizon), family, Parameters(**known))
        return summary.select("customer", pl.Series(column, answer))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)


def _check_option(option: str, value: object, allowed: tuple[object, ...]) -> None:
    if value not in allowed or isinstance(value, bool | float):
        raise WrongCall("option_unknown", option=option, value=value, allowed=list(allowed))

"""Forecasts of revenue, volume and cost: points, ranges, the running month and the year's end."""

from bekwaam.engine.forecast.forecasting import forecast
from bekwaam.engine.forecast.kinds import KINDS
from bekwaam.engine.forecast.paths import METHODS
from bekwaam.engine.forecast.result import STATUSES, Forecast
from bekwaam.engine.forecast.running import YearEnd, year_end
from bekwaam.engine.forecast.working_days import share_left

__all__ = ["KINDS", "METHODS", "STATUSES", "Forecast", "YearEnd", "forecast", "share_left", "year_end"]

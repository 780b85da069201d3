"""Sentences about tables that are given to the engines, mostly read by who calls them from a notebook."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n

FORECAST: Final[dict[str, str | Promise]] = {
    "actuals_missing": _(
        "Series %(series)s has no actual figure for the running month. Give one row with a number per series."
    ),
    "history_blank": _n(
        "%(rows)s row of the history has no usable value in %(column)s. "
        "Fill it in, with a zero where nothing was sold.",
        "%(rows)s rows of the history have no usable value in %(column)s. "
        "Fill them in, with a zero where nothing was sold.",
        "rows",
    ),
    "history_gap": _(
        "Series %(series)s has no row for %(period)s. Add it, with a zero if nothing was sold: it is not guessed."
    ),
    "history_period_start": _(
        "Series %(series)s has a row on %(period)s, which is not the first day of a month. "
        "Add the days of a month up and date the sum on its first day."
    ),
    "history_repeated": _("Series %(series)s has two rows for %(period)s. Add them up into one."),
    "running_month_other": _(
        "The forecast of series %(series)s begins in %(found)s, not in the running month %(expected)s. "
        "Let its history end the month before."
    ),
    "table_column": _("The table %(table)s needs the column %(column)s as %(expected)s. Add or convert it."),
}

RETENTION: Final[dict[str, str | Promise]] = {
    "model_not_fitted": _("%(model)s has not been fitted to any orders yet. Call fit first."),
    "option_unknown": _("%(option)s cannot be %(value)s. Choose from %(allowed)s."),
    "orders_amount": _n(
        "%(rows)s order has an amount or a day that cannot be true. Correct or remove it.",
        "%(rows)s orders have an amount or a day that cannot be true. Correct or remove them.",
        "rows",
    ),
    "orders_columns": _("The table of orders lacks %(missing)s. Add it."),
    "orders_empty": _n(
        "%(rows)s order has nothing in %(column)s. Fill it in or leave the order out.",
        "%(rows)s orders have nothing in %(column)s. Fill it in or leave those orders out.",
        "rows",
    ),
    "orders_type": _("The column %(column)s of the orders holds %(found)s and must hold %(expected)s. Convert it."),
    "summary_columns": _("The summary per customer lacks %(missing)s. Make it with summarise."),
    "summary_values": _n(
        "%(rows)s customer has a %(column)s that cannot be. Make the summary with summarise.",
        "%(rows)s customers have a %(column)s that cannot be. Make the summary with summarise.",
        "rows",
    ),
}

SENTENCES: Final = {**FORECAST, **RETENTION}

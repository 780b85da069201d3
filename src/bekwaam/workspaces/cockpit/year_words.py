"""Where the year ends, in words: the figure with its range, how it moved, and what the data do not cover."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.frame.formats import country_name, day_and_month, money, percent, short_range, whole_number
from bekwaam.terms.month import Month
from bekwaam.workspaces.cockpit.sentence import Phrase, Sentence
from bekwaam.workspaces.forecasts.coverage_words import remarks

Values = dict[str, Any]


def year_end(values: Values, currency: str) -> Sentence:
    """The sentence, followed by what it does not count."""
    told = _told(values, currency)
    since, missing = values.get("covered_from"), values.get("missing_months") or ()
    for remark in remarks(since and date.fromisoformat(since), [Month.parse(month) for month in missing]):
        told = told.followed_by(remark)
    return told


def _told(values: Values, currency: str) -> Sentence:
    if values["mean"] is None:
        return _not_enough(values["months_known"], values["months_needed"])
    mean = Decimal(values["mean"])
    if values["lo80"] is None:
        phrases = {"mean": Phrase(money(mean, currency, style="short"), "forecasts")}
        return Sentence(
            _("We will probably end the year at %(mean)s; how wide the range is cannot be said yet."), phrases
        )
    shown = short_range(mean, Decimal(values["lo80"]), Decimal(values["hi80"]), currency)
    phrases = {
        "mean": Phrase(shown.mean, "forecasts"),
        "low": Phrase(shown.low),
        "high": Phrase(shown.high),
        "chance": Phrase(percent(0.8)),
    }
    return _with_change(values, phrases, currency)


def _not_enough(known: int, needed: int) -> Sentence:
    template = ngettext(
        "Where the year ends cannot be said yet: not enough history, %(known)s month of the %(needed)s needed.",
        "Where the year ends cannot be said yet: not enough history, %(known)s months of the %(needed)s needed.",
        known,
    )
    return Sentence(template, {"known": Phrase(whole_number(known), "forecasts"), "needed": Phrase(str(needed))})


def _with_change(values: Values, phrases: dict[str, Phrase], currency: str) -> Sentence:
    if "change" not in values:
        template = _(
            "We will probably end the year at %(mean)s (%(chance)s chance: between %(low)s and %(high)s). "
            "This is the first snapshot."
        )
        return Sentence(template, phrases)
    change = Decimal(values["change"])
    phrases = phrases | {
        "amount": Phrase(money(abs(change), currency, style="short"), "forecasts"),
        "since": Phrase(day_and_month(date.fromisoformat(values["since"]))),
    }
    if not round(change):
        template = _(
            "We will probably end the year at %(mean)s (%(chance)s chance: between %(low)s and %(high)s), "
            "the same as on %(since)s."
        )
        return Sentence(template, phrases)
    if not values.get("mover"):
        return Sentence(_less_or_more(change), phrases)
    phrases["mover"] = Phrase(country_name(values["mover"]), "forecasts", "#countries")
    return Sentence(_less_or_more_by(change), phrases)


def _less_or_more(change: Decimal) -> str:
    if change < 0:
        return _(
            "We will probably end the year at %(mean)s (%(chance)s chance: between %(low)s and %(high)s); "
            "that is %(amount)s less than on %(since)s."
        )
    return _(
        "We will probably end the year at %(mean)s (%(chance)s chance: between %(low)s and %(high)s); "
        "that is %(amount)s more than on %(since)s."
    )


def _less_or_more_by(change: Decimal) -> str:
    if change < 0:
        return _(
            "We will probably end the year at %(mean)s (%(chance)s chance: between %(low)s and %(high)s); "
            "that is %(amount)s less than on %(since)s, mainly in %(mover)s."
        )
    return _(
        "We will probably end the year at %(mean)s (%(chance)s chance: between %(low)s and %(high)s); "
        "that is %(amount)s more than on %(since)s, mainly in %(mover)s."
    )

"""From code and values to a sentence in the reader's language.

Zero, one and many are messages of their own, because the plural rules of Dutch and English put zero with many.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.frame.formats import day, money, percent, whole_number
from bekwaam.frame.numerals import in_words
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.cockpit.models import SentenceReading
from bekwaam.workspaces.cockpit.sentence import Phrase, Sentence
from bekwaam.workspaces.cockpit.year_words import year_end

Values = dict[str, Any]

ORDER_DAYS_NEEDED = 5
"""From how many order days on a customer is judged by his rhythm: the call list's own limit."""


def sentence_of(reading: SentenceReading, currency: str, actor: Actor) -> Sentence:
    """The words of one sentence for one reader."""
    return WORDS[reading.code](reading.values_for(actor), currency)


def _short(text: str | None, currency: str) -> str:
    return money(Decimal(text or "0"), currency, style="short")


def _slipping(values: Values, currency: str) -> Sentence:
    count, profit = values["count"], values["gross_profit_year"]
    if not count:
        return _nobody_slipping(values["looked_at"], values.get("most_order_days"))
    phrases = {
        "count": Phrase(in_words(count), "customers", "?view=slipping"),
        "amount": Phrase(_short(profit or values["revenue_year"], currency), "customers", "?view=slipping"),
    }
    if "since" in values:
        return Sentence(_slipping_since(count, profit), phrases | {"since": Phrase(_since(values))})
    return Sentence(_slipping_a_year(count, profit), phrases)


def _nobody_slipping(looked_at: int, most_order_days: int | None) -> Sentence:
    """Nobody off his rhythm is an answer; nobody who has a rhythm is none."""
    if looked_at:
        template = ngettext(
            "No customer is off its rhythm; we looked at %(looked)s customer who orders often enough to have one.",
            "No customer is off its rhythm; we looked at %(looked)s customers who order often enough to have one.",
            looked_at,
        )
        return Sentence(template, {"looked": Phrase(whole_number(looked_at), "customers", "?view=all")})
    if most_order_days is not None and most_order_days >= ORDER_DAYS_NEEDED:
        return Sentence(_("No customer who used to order often is still one, so nobody can be slipping away."), {})
    if not most_order_days:
        return Sentence(_("Who is slipping away cannot be said: no order carries a customer number."), {})
    template = ngettext(
        "Who is slipping away cannot be said yet: not enough history, no customer ordered on more than %(most)s day; "
        "%(needed)s are needed.",
        "Who is slipping away cannot be said yet: not enough history, no customer ordered on more than %(most)s days; "
        "%(needed)s are needed.",
        most_order_days,
    )
    needed = Phrase(in_words(ORDER_DAYS_NEEDED))
    return Sentence(template, {"most": Phrase(in_words(most_order_days), "customers"), "needed": needed})


def _slipping_a_year(count: int, profit: str | None) -> str:
    if profit is None:
        return ngettext(
            "%(count)s large customer is slipping away; %(amount)s of revenue a year is at stake.",
            "%(count)s large customers are slipping away; %(amount)s of revenue a year is at stake.",
            count,
        )
    return ngettext(
        "%(count)s profitable customer is slipping away, good for %(amount)s gross profit a year.",
        "%(count)s profitable customers are slipping away, together good for %(amount)s gross profit a year.",
        count,
    )


def _slipping_since(count: int, profit: str | None) -> str:
    if profit is None:
        return ngettext(
            "%(count)s large customer is slipping away, good for %(amount)s of revenue since %(since)s.",
            "%(count)s large customers are slipping away, together good for %(amount)s of revenue since %(since)s.",
            count,
        )
    return ngettext(
        "%(count)s profitable customer is slipping away, good for %(amount)s gross profit since %(since)s.",
        "%(count)s profitable customers are slipping away, together good for %(amount)s gross profit since %(since)s.",
        count,
    )


def _since(values: Values) -> str:
    """The day from which the data count, where they do not cover the whole period."""
    return day(date.fromisoformat(values["since"]))


def _concentration(values: Values, _currency: str) -> Sentence:
    phrases = {
        "count": Phrase(in_words(values["count"]), "customers", "?view=all"),
        "share": Phrase(percent(values["share"]), "customers", "?view=all"),
    }
    if values["share_before"] is None:
        return Sentence(_("%(count)s customers together make %(share)s of revenue."), phrases)
    phrases["before"] = Phrase(percent(values["share_before"]))
    template = _("%(count)s customers together make %(share)s of revenue; a year earlier it was %(before)s.")
    return Sentence(template, phrases)


def _without_seller(values: Values, currency: str) -> Sentence:
    template = ngettext(
        "We do not know who looks after %(count)s customer, good for %(amount)s of revenue.",
        "We do not know who looks after %(count)s customers, good for %(amount)s of revenue.",
        values["count"],
    )
    return Sentence(
        template,
        {
            "count": Phrase(in_words(values["count"]), "customers", "?view=without-seller"),
            "amount": Phrase(_short(values["revenue"], currency)),
        },
    )


def _one_order(values: Values, currency: str) -> Sentence:
    template = ngettext(
        "From %(count)s customer one order came, more than %(days)s days ago, and no second; "
        "%(amount)s of revenue a year is still to be won.",
        "From %(count)s customers one order came, more than %(days)s days ago, and no second; "
        "%(amount)s of revenue a year is still to be won.",
        values["count"],
    )
    if "since" in values:
        template = ngettext(
            "From %(count)s customer one order came, more than %(days)s days ago, and no second; "
            "%(amount)s of revenue is still to be won.",
            "From %(count)s customers one order came, more than %(days)s days ago, and no second; "
            "%(amount)s of revenue is still to be won.",
            values["count"],
        )
    return Sentence(
        template,
        {
            "count": Phrase(in_words(values["count"]), "customers", "?view=one-order"),
            "days": Phrase(str(values["days"])),
            "amount": Phrase(_short(values["to_win"], currency)),
        },
    )


def _overdue(values: Values, _currency: str) -> Sentence:
    count, still = values["count"], values["open"]
    if not count:
        template = ngettext(
            "Nothing is overdue; %(words)s task is still to be done.",
            "Nothing is overdue; %(words)s tasks are still to be done.",
            still,
        )
        return Sentence(template, {"words": Phrase(in_words(still), "tasks", "?view=open")})
    template = ngettext("%(words)s task is overdue.", "%(words)s tasks are overdue.", count)
    return Sentence(template, {"words": Phrase(in_words(count, first=True), "tasks", "?view=late")})


def _price_volume(values: Values, _currency: str) -> Sentence:
    phrases = {
        "change": Phrase(percent(abs(values["change"])), "forecasts"),
        "price": Phrase(percent(values["price"], signed=True)),
        "volume": Phrase(percent(abs(values["volume"]))),
        "volume_signed": Phrase(percent(values["volume"], signed=True)),
    }
    volume_moved = bool(round(values["volume"] * 100))
    if values["change"] >= 0 and values["volume"] < 0 and volume_moved:
        return Sentence(_("Revenue rose %(change)s, but that is price (%(price)s); volume fell %(volume)s."), phrases)
    if values["change"] < 0 and values["price"] > 0 and volume_moved and round(values["price"] * 100):
        return Sentence(_("Revenue fell %(change)s although prices rose (%(price)s): volume fell %(volume)s."), phrases)
    if values["change"] >= 0:
        return Sentence(_("Revenue rose %(change)s: %(price)s by price and %(volume_signed)s by volume."), phrases)
    return Sentence(_("Revenue fell %(change)s: %(price)s by price and %(volume_signed)s by volume."), phrases)


def _returns(values: Values, currency: str) -> Sentence:
    phrases = {
        "hundred": Phrase(money(Decimal(100), currency, style="whole")),
        "per_100": Phrase(money(Decimal(values["per_100"]), currency)),
        "amount": Phrase(_short(values["amount"], currency), "lines", "?kind=return"),
    }
    if "since" in values:
        phrases["since"] = Phrase(_since(values))
        return Sentence(
            _("Of every %(hundred)s sold since %(since)s %(per_100)s came back; together %(amount)s."), phrases
        )
    if values["per_100_before"] is None:
        return Sentence(
            _("Of every %(hundred)s sold in twelve months %(per_100)s came back; together %(amount)s."), phrases
        )
    phrases["before"] = Phrase(money(Decimal(values["per_100_before"]), currency))
    template = _(
        "Of every %(hundred)s sold in twelve months %(per_100)s came back, together %(amount)s; "
        "a year earlier it was %(before)s."
    )
    return Sentence(template, phrases)


def _no_customer(values: Values, currency: str) -> Sentence:
    return Sentence(
        _(
            "And building for later: %(amount)s of revenue stands on no customer. Ask for the customer number "
            "in the next export, and those orders count too."
        ),
        {"amount": Phrase(_short(values["revenue"], currency), "lines", "?customer=-")},
    )


def _no_cost(_values: Values, _currency: str) -> Sentence:
    return Sentence(
        _(
            "And building for later: no order line carries a cost price. Read in %(file)s, "
            "and you see whom you earn from."
        ),
        {"file": Phrase(_("a file with cost prices"), "import_new")},
    )


WORDS: dict[str, Callable[[Values, str], Sentence]] = {
    "slipping": _slipping,
    "year_end": year_end,
    "concentration": _concentration,
    "without_seller": _without_seller,
    "one_order": _one_order,
    "overdue": _overdue,
    "price_volume": _price_volume,
    "returns": _returns,
    "no_customer": _no_customer,
    "no_cost": _no_cost,
}

"""The brief as lines of text, for a terminal or a mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.frame.formats import country_name, day, money, month_name, percent, whole_number
from bekwaam.terms.month import Month
from bekwaam.workspaces.cockpit.hindsight_words import unknown
from bekwaam.workspaces.cockpit.labels import RULE_NAMES, TOPIC_NAMES, VERDICTS
from bekwaam.workspaces.forecasts.coverage_words import remarks

WIDTH = 100


def lines(brief: dict[str, Any]) -> Iterator[str]:
    """The whole brief, one line at a time, in the active language."""
    yield _("What needs attention this week?")
    yield _("As of %(day)s · data version %(version)d") % {
        "day": day(date.fromisoformat(brief["as_of"])),
        "version": brief["facts_version"],
    }
    yield ""
    yield from _sentences(brief)
    yield from _slipping(brief)
    yield from _months(brief)
    yield from _totals(brief)
    yield from _hindsight(brief)


def _sentences(brief: dict[str, Any]) -> Iterator[str]:
    for place, sentence in enumerate(brief["sentences"], start=1):
        yield from _wrapped(f"{place}. {sentence['text']}", indent="   ")
        topic = str(TOPIC_NAMES[sentence["topic"]])
        amount = f" · {_money(sentence['amount'], brief)}" if Decimal(sentence["amount"] or 0) else ""
        yield f"   {topic}{amount}"
        yield ""


def _wrapped(text: str, *, indent: str) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > WIDTH:
            yield line
            line = indent + word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _money(amount: str | None, brief: dict[str, Any]) -> str:
    return "–" if amount is None else money(Decimal(amount), brief["currency"], style="whole")


def _slipping(brief: dict[str, Any]) -> Iterator[str]:
    rows = brief["slipping"]
    if not rows:
        return
    yield _("Which customers are slipping away?")
    header = (_("Customer"), _("At stake"), _("Chance of an order in 90 days"), _("Silent, days"), _("Usual, days"))
    table = [header] + [
        (
            _label(row),
            _money(row["gross_profit_at_stake"] or row["revenue_at_stake"], brief),
            "–" if row["chance_of_order_90d"] is None else percent(row["chance_of_order_90d"]),
            str(row["days_silent"]),
            "–" if row["own_rhythm_days"] is None else str(round(row["own_rhythm_days"])),
        )
        for row in rows
    ]
    yield from columns(table)
    yield ""


def _label(row: dict[str, Any]) -> str:
    return row["name"] if row["customer"] in row["name"] else f"{row['name']} ({row['customer']})"


def columns(table: list[tuple[str, ...]]) -> Iterator[str]:
    """Rows of text set in columns: the first left, the others right."""
    widths = [max(len(row[place]) for row in table) for place in range(len(table[0]))]
    for row in table:
        cells = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  " + "  ".join(cells).rstrip()


def _months(brief: dict[str, Any]) -> Iterator[str]:
    rows = brief["forecast"]
    if not rows:
        return
    yield _("What do the coming months bring?")
    header = (_("Month"), _("Expected"), _("%(share)s chance: from") % {"share": percent(0.8)}, _("to"))
    table = [header] + [
        (
            month_name(date.fromisoformat(f"{row['month']}-01")),
            _money(row["mean"], brief),
            _money(row["lo80"], brief),
            _money(row["hi80"], brief),
        )
        for row in rows
    ]
    yield from columns(table)
    if any(row["lo80"] is None for row in rows):
        yield "  " + _("– means: too little history to check a range.")
    yield ""


def _totals(brief: dict[str, Any]) -> Iterator[str]:
    yield _year(brief)
    yield from remarks(None, [Month.parse(month) for month in brief["totals"]["last_12_months"]["missing_months"]])
    before = brief["totals"]["twelve_before"]
    if before:
        yield _("The twelve months before: %(revenue)s.") % {"revenue": _money(before["revenue"], brief)}
    else:
        yield _("The twelve months before are not wholly covered, so they are not compared.")
    shown = brief["totals"]["by_country"][:10]
    named = [(_country(row), _money(row["revenue"], brief)) for row in shown]
    yield from columns([(_("Country"), _("Revenue")), *named])
    rest = len(brief["totals"]["by_country"]) - len(shown)
    if rest > 0:
        yield "  " + ngettext("and %(count)d other country", "and %(count)d other countries", rest) % {"count": rest}
    yield ""


def _year(brief: dict[str, Any]) -> str:
    year = brief["totals"]["last_12_months"]
    told = {
        "revenue": _money(year["revenue"], brief),
        "customers": counted_customers(year["customers"]),
        "orders": counted_orders(year["orders"]),
    }
    if year["is_covered"]:
        return _("The last twelve months: %(revenue)s from %(customers)s in %(orders)s.") % told
    told["since"] = day(date.fromisoformat(year["covered_from"]))
    return _("Since %(since)s: %(revenue)s from %(customers)s in %(orders)s; nothing earlier has been read in.") % told


def counted_customers(count: int) -> str:
    """1 customer, 4,338 customers."""
    return ngettext("%(count)s customer", "%(count)s customers", count) % {"count": whole_number(count)}


def counted_orders(count: int) -> str:
    """1 order, 22,064 orders."""
    return ngettext("%(count)s order", "%(count)s orders", count) % {"count": whole_number(count)}


def _country(row: dict[str, Any]) -> str:
    return country_name(row["country"]) if row["country"] else (row["country_as_written"] or _("no country"))


def _hindsight(brief: dict[str, Any]) -> Iterator[str]:
    found = brief["hindsight"]
    if found is None:
        return
    yield _("Would we have seen this six months ago?")
    if found["status"] != "ok":
        missing = [Month.parse(month) for month in found["missing_months"]]
        yield "  " + unknown(had=found["months_had"], needed=found["months_needed"], missing=missing)
        return
    yield "  " + _("Then: %(then)s. Left means: no order in the %(days)d days after.") % {
        "then": day(date.fromisoformat(found["then"])),
        "days": found["window_days"],
    }
    yield from _rules(found, brief)
    yield from _groups(found, brief)
    yield "  " + str(VERDICTS[found["verdict"]])


def value_seen(found: dict[str, Any]) -> str:
    """The heading over what was seen, in the measure of the look back."""
    return _("Gross profit seen") if found["measure"] == "gross_profit" else _("Value seen")


def _rules(found: dict[str, Any], brief: dict[str, Any]) -> Iterator[str]:
    header = (_("Method"), _("Named"), _("Seen"), _("Missed"), _("For nothing"), value_seen(found))
    table = [header] + [
        (
            str(RULE_NAMES[rule["rule"]]),
            str(rule["named"]),
            str(rule["seen"]),
            str(rule["missed"]),
            str(rule["for_nothing"]),
            _money(rule["value_seen"], brief),
        )
        for rule in found["rules"]
    ]
    yield from columns(table)


def _groups(found: dict[str, Any], brief: dict[str, Any]) -> Iterator[str]:
    titles = {
        "seen": _("Seen, and left:"),
        "missed": _("Not seen, and left:"),
        "for_nothing": _("Named, and stayed:"),
    }
    for group, title in titles.items():
        rows = found["customers"][group]
        if rows:
            yield f"  {title}"
            yield from lines_of_group(rows, brief["currency"])


def lines_of_group(rows: list[dict[str, Any]], currency: str) -> Iterator[str]:
    """Customers with their worth; beyond twenty, how many more."""
    shown, more = rows[:20], len(rows) - 20
    yield from columns([(f"  {_label(row)}", money(Decimal(row["value_year"]), currency, "whole")) for row in shown])
    if more > 0:
        yield "    " + ngettext("and %(count)s other", "and %(count)s others", more) % {"count": whole_number(more)}

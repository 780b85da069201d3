"""What the pages of the cockpit show, from stored readings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.access.models import Company
from bekwaam.frame.formats import money
from bekwaam.frame.numerals import in_words
from bekwaam.records.queries import current_run, names_of
from bekwaam.terms.actor import Actor
from bekwaam.terms.money import ZERO
from bekwaam.workspaces.cockpit import hindsight_words, queries
from bekwaam.workspaces.cockpit.hindsight_words import Tally
from bekwaam.workspaces.cockpit.labels import ACTIONS, RULE_NAMES, TOPIC_NAMES, VERDICTS
from bekwaam.workspaces.cockpit.models import SentenceReading
from bekwaam.workspaces.cockpit.wording import sentence_of
from bekwaam.workspaces.customers import queries as customers
from bekwaam.workspaces.customers.models import CustomerReading, HindsightCustomer, HindsightReading
from bekwaam.workspaces.forecasts import queries as forecasts

NAMES_SHOWN = 3
ROWS_SHOWN = 20
Group = HindsightCustomer.Group


def week(actor: Actor, *, shows_all: bool = False) -> dict[str, Any]:
    """The five sentences, or all of them; the year line above them."""
    run = current_run(actor)
    if run is None:
        return {"run": None}
    currency = _currency()
    rows = queries.sentences(run, actor)
    shown = rows if shows_all else [row for row in rows if row.is_chosen]
    slipping = customers.slipping(run, actor)
    names = names_of("customers", [row.customer_number for row in slipping[:NAMES_SHOWN]], actor)
    hindsight = customers.hindsight(run, actor)
    return {
        "run": run,
        "sentences": [_shown(row, currency, actor) for row in shown],
        "left_out": len(rows) - len(shown),
        "all_count": len(rows),
        "year_end": forecasts.year_end(run, actor),
        "first_names": [_link(row, names[row.customer_number], currency, actor) for row in slipping[:NAMES_SHOWN]],
        **_small_print(len(slipping), hindsight, actor),
    }


def _small_print(count: int, hindsight: HindsightReading | None, actor: Actor) -> dict[str, Any]:
    """How many names follow, and how often such an alert was right an earlier time."""
    more = count - NAMES_SHOWN
    tally = _tally(hindsight, actor) if hindsight and hindsight.status == "ok" else None
    told = {"more_names": "", "small_print": "", "look_back": _look_back(hindsight, tally)}
    if more > 0:
        told["more_names"] = ngettext("and %(count)s other", "and %(count)s others", more) % {"count": in_words(more)}
    if tally and tally.named:
        told["small_print"] = hindsight_words.alert_record(tally)
    return told


def _look_back(hindsight: HindsightReading | None, tally: Tally | None) -> str:
    if tally:
        return hindsight_words.alert_record(tally)
    return _unknown(hindsight) if hindsight else _("Not enough history to look back half a year.")


def _unknown(found: HindsightReading) -> str:
    return hindsight_words.unknown(had=found.months_had, needed=found.months_needed, missing=found.missing)


def _tally(found: HindsightReading, actor: Actor) -> Tally:
    own = next(rule for rule in found.rules_for(actor) if rule["rule"] == "call_list")
    return Tally(
        named=own["named"],
        seen=own["seen"],
        leavers=found.leavers,
        seen_worth=Decimal(own["value_seen"]),
        lost=found.lost_for(actor) or ZERO,
        days=found.window_days,
    )


def _link(row: CustomerReading, name: str, currency: str, actor: Actor) -> dict[str, str]:
    return {
        "title": name,
        "url": reverse("customer", args=[row.customer_number]),
        "amount": money(row.worth_for(actor), currency, "whole"),
    }


def _shown(row: SentenceReading, currency: str, actor: Actor) -> dict[str, Any]:
    amount = row.amount_for(actor)
    return {
        "reading": row,
        "topic": TOPIC_NAMES[row.topic],
        "amount": "" if not amount else money(amount, currency, "whole"),
        "html": sentence_of(row, currency, actor).html(),
        **_action(row.code),
    }


def _action(code: str) -> dict[str, Any]:
    if code not in ACTIONS:
        return {}
    title, route, query = ACTIONS[code]
    return {"action_title": title, "action_url": reverse(route) + query}


def half_year_ago(actor: Actor) -> dict[str, Any]:
    """Hits and misses by name, beside the plain rules."""
    run = current_run(actor)
    found = customers.hindsight(run, actor) if run else None
    if run is None or found is None:
        return {"run": None}
    groups = {group: customers.hindsight_customers(run, group, actor) for group in Group.values}
    numbers = [row.customer_number for rows in groups.values() for row in rows]
    is_known = found.status == "ok"
    return {
        "run": run,
        "hindsight": found,
        "is_known": is_known,
        "answer": hindsight_words.answer(_tally(found, actor), _currency()) if is_known else _unknown(found),
        "measure": _("Gross profit a year") if found.is_in_profit_for(actor) else _("Revenue a year"),
        "value_seen": _("Gross profit seen") if found.is_in_profit_for(actor) else _("Value seen"),
        "rules": [{**rule, "name": RULE_NAMES[rule["rule"]]} for rule in found.rules_for(actor)],
        "groups": _named_groups(groups, names_of("customers", numbers, actor), actor),
        "verdict": VERDICTS[found.verdict],
    }


def _currency() -> str:
    return Company.current().currency


def _named_groups(
    groups: dict[str, list[HindsightCustomer]], names: dict[str, str], actor: Actor
) -> dict[str, dict[str, Any]]:
    return {
        group: {
            "rows": [
                {"reading": row, "name": names[row.customer_number], "worth": row.worth_for(actor)}
                for row in rows[:ROWS_SHOWN]
            ],
            "count": len(rows),
            "more": max(0, len(rows) - ROWS_SHOWN),
            "value": sum((row.worth_for(actor) for row in rows), ZERO),
        }
        for group, rows in groups.items()
    }

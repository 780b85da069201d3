"""The Monday brief as one object: sentences, totals, the call list, the months ahead, and the look back.

Money stands as decimal text, days as ISO text; the sentences are worded in the active language.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings

from bekwaam.facts.read import Facts
from bekwaam.records.models import Run
from bekwaam.records.queries import names_of
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.cockpit import queries, wording
from bekwaam.workspaces.cockpit.models import SentenceReading
from bekwaam.workspaces.cockpit.totals import Totals
from bekwaam.workspaces.customers import queries as customers
from bekwaam.workspaces.customers.models import HindsightCustomer
from bekwaam.workspaces.forecasts import queries as forecasts

Group = HindsightCustomer.Group


def brief(run: Run, actor: Actor, *, currency: str) -> dict[str, Any]:
    """What needs attention this week, as far as the actor may see it."""
    facts = Facts(settings.BEKWAAM_HOME.facts, run.facts_version)
    totals = Totals.read(facts, run.as_of, actor)
    return {
        "as_of": run.as_of.isoformat(),
        "facts_version": run.facts_version,
        "currency": currency,
        "sentences": [_sentence(row, currency, actor) for row in queries.chosen(run, actor)],
        "totals": {
            "last_12_months": totals.year.to_json(),
            "twelve_before": totals.before.to_json() if totals.before else None,
            "by_country": [_country(row) for row in totals.by_country],
        },
        "slipping": _slipping(run, actor),
        "forecast": [_month(row) for row in forecasts.months(run, actor) if row.mean is not None],
        "year_end": _year_end(run, actor),
        "hindsight": _hindsight(run, actor),
    }


def _sentence(row: SentenceReading, currency: str, actor: Actor) -> dict[str, Any]:
    return {
        "code": row.code,
        "topic": row.topic,
        "amount": _text(row.amount_for(actor)),
        "text": wording.sentence_of(row, currency, actor).plain(),
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _country(row: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in row.items()}


def _slipping(run: Run, actor: Actor) -> list[dict[str, Any]]:
    rows = customers.slipping(run, actor)
    names = names_of("customers", [row.customer_number for row in rows], actor)
    return [
        {
            "customer": row.customer_number,
            "name": names[row.customer_number],
            "chance_of_order_90d": row.chance_of_order_90d,
            "revenue_at_stake": _text(row.revenue_year),
            "gross_profit_at_stake": _text(row.gross_profit_year) if actor.sees_cost else None,
            "expected_loss": _text(row.loss_for(actor)),
            "days_silent": row.days_silent,
            "own_rhythm_days": row.own_rhythm_days,
        }
        for row in rows
    ]


def _month(row: Any) -> dict[str, Any]:
    return {
        "month": f"{row.month:%Y-%m}",
        "mean": _text(row.mean),
        "lo80": _text(row.lo80),
        "hi80": _text(row.hi80),
        "actual_to_date": _text(row.actual) if row.is_running else None,
        "status": row.status,
    }


def _year_end(run: Run, actor: Actor) -> dict[str, Any] | None:
    row = forecasts.year_end(run, actor)
    if row is None:
        return None
    return {
        "year": row.year_name,
        "actual_to_date": _text(row.actual_to_date),
        "mean": _text(row.mean),
        "lo80": _text(row.lo80),
        "hi80": _text(row.hi80),
        "status": row.status,
        "covered_from": (row.covered_from or row.year_start).isoformat(),
        "is_covered": row.covered_from is None,
        "missing_months": row.missing_months,
    }


def _hindsight(run: Run, actor: Actor) -> dict[str, Any] | None:
    found = customers.hindsight(run, actor)
    if found is None:
        return None
    return {
        "then": found.then.isoformat(),
        "now": found.now.isoformat(),
        "window_days": found.window_days,
        "status": found.status,
        "verdict": found.verdict,
        "months_had": found.months_had,
        "months_needed": found.months_needed,
        "missing_months": found.missing_months,
        "measure": "gross_profit" if found.is_in_profit_for(actor) else "revenue",
        "rules": found.rules_for(actor),
        "customers": {group: _group(run, group, actor) for group in (Group.SEEN, Group.MISSED, Group.FOR_NOTHING)},
    }


def _group(run: Run, group: str, actor: Actor) -> list[dict[str, Any]]:
    rows = customers.hindsight_customers(run, group, actor)
    names = names_of("customers", [row.customer_number for row in rows], actor)
    return [
        {
            "customer": row.customer_number,
            "name": names[row.customer_number],
            "value_year": str(row.worth_for(actor)),
            "last_order_before": row.last_order_before.isoformat(),
            "first_order_after": row.first_order_after.isoformat() if row.first_order_after else None,
        }
        for row in rows
    ]

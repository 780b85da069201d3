"""Files of opportunities: judged against the customers we know, laid over the records as one batch."""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from bekwaam.access.company import company_terms
from bekwaam.intake.judgement import CompanyTerms, Judged
from bekwaam.intake.opportunities import judge_opportunities
from bekwaam.records import keys
from bekwaam.records.models import Customer
from bekwaam.records.opportunity_files import codes_in, lay
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.data.already import already_in
from bekwaam.workspaces.data.import_parties import Kept, as_judged, stored
from bekwaam.workspaces.data.offered import Offered
from bekwaam.workspaces.data.outcome import Options, Outcome
from bekwaam.workspaces.data.seller_keys import keyed, sellers_of
from bekwaam.workspaces.data.storing import new_batch, writing


def examine(offered: Offered, options: Options) -> tuple[Outcome, pl.DataFrame]:
    """What would happen, and every refusal; nothing is stored."""
    judged = _judge(offered)
    return as_judged(offered, judged, options), judged.refusals


def import_opportunities(offered: Offered, options: Options, actor: Actor) -> Outcome:
    """Store the file as one batch, or say what stands in the way."""
    judged = _judge(offered)
    outcome = as_judged(offered, judged, options)
    if judged.asks or outcome.is_stopped or options.dry_run:
        return outcome
    with writing() as (store, writer):
        first = already_in(offered.name, offered.kind, offered.sha256)
        keep = partial(_records, offered, judged, actor=actor)
        return first or stored((store, writer), offered, judged, outcome, keep)


def _judge(offered: Offered) -> Judged:
    company = company_terms()
    terms = CompanyTerms(currency=company.currency, country=company.country, today=timezone.localdate())
    return judge_opportunities(offered.table, offered.mapping, terms, known_customers())


def known_customers() -> dict[str, str]:
    """A customer's number or name in small letters → his number; a name that two customers have names neither."""
    pairs = [(number.lower(), name.lower(), number) for number, name in Customer.objects.values_list("number", "name")]
    by_name: dict[str, str | None] = {}
    for _key, name, number in pairs:
        by_name[name] = number if name not in by_name else None
    names = {name: number for name, number in by_name.items() if name and number is not None}
    return names | {key: number for key, _name, number in pairs}


@transaction.atomic
def _records(offered: Offered, judged: Judged, outcome: Outcome, *, actor: Actor) -> Kept:
    batch = new_batch(offered, outcome, actor)
    rows: list[dict[str, Any]] = judged.lines.drop("source_row").to_dicts()
    created = keys.make_known(batch, {"sellers": sellers_of(code for row in rows for code in _sellers(row))})
    laid = lay(batch, [{**row, "seller_code": "; ".join(map(keyed, _sellers(row)))} for row in rows])
    made = {kind: count for kind, count in (created | {offered.kind: laid.made}).items() if count}
    return batch, made, {offered.kind: laid.updated} if laid.updated else {}


def _sellers(row: dict[str, Any]) -> list[str]:
    return codes_in(row["seller_code"])

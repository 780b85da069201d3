"""Files of customers, products and sellers: new ones are made, known ones brought up to date, as one batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import polars as pl
from django.conf import settings
from django.db import transaction

from bekwaam.facts.store import Store, Writer
from bekwaam.intake.judgement import Judged
from bekwaam.intake.parties import judge_parties
from bekwaam.records import keys, updates
from bekwaam.records.kinds import KINDS
from bekwaam.records.models import Batch
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.data.already import already_in
from bekwaam.workspaces.data.dimension_tables import dimension_tables
from bekwaam.workspaces.data.offered import Offered, left_out_of
from bekwaam.workspaces.data.outcome import REFUSALS_TOLD, Options, Outcome
from bekwaam.workspaces.data.own_columns import own_columns
from bekwaam.workspaces.data.question_words import question
from bekwaam.workspaces.data.refusal_words import worded
from bekwaam.workspaces.data.seller_keys import party_with_seller_keys
from bekwaam.workspaces.data.storing import confirm, new_batch, with_refused_file, writing

PARTY_KINDS = ("customers", "products", "sellers")


def examine(offered: Offered, options: Options) -> tuple[Outcome, pl.DataFrame]:
    """What would happen, and every refusal; nothing is stored."""
    judged = _judge(offered)
    return as_judged(offered, judged, options), judged.refusals


def import_parties(offered: Offered, options: Options, actor: Actor) -> Outcome:
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
    judged = judge_parties(offered.table, offered.mapping, offered.kind)
    return judged if offered.kind == "products" else party_with_seller_keys(judged, offered.kind)


def as_judged(offered: Offered, judged: Judged, options: Options) -> Outcome:
    """What judging a file of records says, before anything is stored."""
    unnamed = judged.names.get("countries_without_code")
    return Outcome(
        file=offered.name,
        kind=offered.kind,
        dry_run=options.dry_run,
        skip_refused=options.skip_refused,
        rows_read=judged.counts["rows_read"],
        rows_to_import=len(judged.lines),
        rows_refused=judged.counts["rows_refused"],
        facts_version=Store(settings.BEKWAAM_HOME.facts).version,
        questions=[question(offered.kind, ask.to_json()) for ask in judged.asks],
        refusals=worded(judged.refusals.head(REFUSALS_TOLD)),
        refusals_found=judged.refusals.height,
        report={
            "counts": judged.counts,
            "details": dict(offered.table.details),
            "left_out": left_out_of(offered.table),
            "countries_left_empty": [] if unnamed is None else unnamed["country_as_written"].to_list(),
        },
    )


Kept = tuple[Batch, dict[str, int], dict[str, int]]
"""The pending batch, and how many records of each kind were made and brought up to date."""


def stored(
    at: tuple[Store, Writer], offered: Offered, judged: Judged, outcome: Outcome, keep: Callable[[Outcome], Kept]
) -> Outcome:
    """Store a file of records as one batch: `keep` writes the records and the pending batch in one transaction."""
    store, writer = at
    number = writer.next_batch_number()
    outcome = replace(outcome, batch=f"B{number:04d}", rows_imported=len(judged.lines))
    outcome = with_refused_file(offered, judged, outcome)
    batch, created, updated = keep(outcome)

    def write() -> int:
        return writer.write_dimensions(
            batch.batch_id,
            dimension_tables(),
            file_sha256=offered.sha256,
            kind=offered.kind,
            counts={name: int(count) for name, count in judged.counts.items()},
        )

    version = confirm(store, offered, batch, write)
    return replace(outcome, facts_version=version, created=created, updated=updated)


@transaction.atomic
def _records(offered: Offered, judged: Judged, outcome: Outcome, *, actor: Actor) -> Kept:
    batch = new_batch(offered, outcome, actor)
    columns = own_columns(offered, actor)
    rows = [{**row, **columns.of(row.pop("source_row"))} for row in judged.lines.to_dicts()]
    batch.report = {**batch.report, "own_not_read": columns.not_read}
    created = keys.make_known(batch, _needed_around(rows, judged))
    own = {offered.kind: [_own(row, offered.kind) for row in rows]}
    made = keys.make_known(batch, own, fill_names=False)
    created = {kind: count for kind, count in (created | made).items() if count}
    updated = updates.bring_up_to_date(batch, offered.kind, rows)
    return batch, created, {offered.kind: updated} if updated else {}


def _needed_around(rows: list[dict[str, Any]], judged: Judged) -> dict[str, list[dict[str, str]]]:
    """The sellers, territories and teams that the rows speak of; a seller with his name where the file knows him so."""
    columns = {"territories": "territory_code", "teams": "team_code", "sellers": "seller_code"}
    found = {
        kind: {row[column]: {"code": row[column]} for row in rows if row.get(column)}
        for kind, column in columns.items()
    }
    named = judged.names["sellers"].to_dicts() if "sellers" in judged.names else []
    found["sellers"] |= {row["code"]: row for row in named}
    return {kind: [each[code] for code in sorted(each)] for kind, each in found.items()}


def _own(row: dict[str, Any], kind: str) -> dict[str, Any]:
    key, names = KINDS[kind].key, (*updates.FIELDS[kind].plain, "custom")
    return {key: row[key]} | {name: row[name] for name in names if row.get(name)}

"""Order lines: judge them, compare them with what is in already, and store them as one batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bekwaam.access.company import company_terms
from bekwaam.facts.store import Store, Writer
from bekwaam.intake.judgement import CompanyTerms, Judged
from bekwaam.intake.overlap import Overlap, apply
from bekwaam.intake.sales import judge_sales
from bekwaam.records import keys
from bekwaam.records.models import Batch
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.data.already import already_in
from bekwaam.workspaces.data.laying import compared, gone_before, is_all_equal, lay
from bekwaam.workspaces.data.mended import traces
from bekwaam.workspaces.data.offered import Offered, left_out_of
from bekwaam.workspaces.data.outcome import REFUSALS_TOLD, Options, Outcome
from bekwaam.workspaces.data.question_words import question
from bekwaam.workspaces.data.refusal_words import worded
from bekwaam.workspaces.data.seller_keys import with_seller_keys
from bekwaam.workspaces.data.sharing import brought_by
from bekwaam.workspaces.data.storing import confirm, new_batch, with_refused_file, writing

Progress = Callable[[str, int, int], None]
LINES_PER_BATCH = 100_000_000


def examine(offered: Offered, options: Options, tell: Progress) -> tuple[Outcome, pl.DataFrame]:
    """What would happen, and every refusal; nothing is stored."""
    judged = judge(offered, tell)
    outcome = _as_judged(offered, judged, options)
    if judged.asks or judged.lines.is_empty():
        return outcome, judged.refusals
    overlap = lay(judged.lines, Store(settings.BEKWAAM_HOME.facts).version, offered.origin.batches)
    outcome = compared(outcome, overlap, options)
    lines, retracted = _to_add(judged, overlap, options)
    changes_nothing = lines.is_empty() and (retracted is None or retracted.is_empty())
    return replace(_adding(outcome, lines), already_in=changes_nothing), judged.refusals


def import_sales(offered: Offered, options: Options, actor: Actor, tell: Progress) -> Outcome:
    """Store the order lines of a file as one batch, or say what stands in the way."""
    if options.dry_run:
        return examine(offered, options, tell)[0]
    judged = judge(offered, tell)
    outcome = _as_judged(offered, judged, options)
    if judged.asks or outcome.is_stopped:
        return outcome
    tell("store", 0, 1)
    with writing() as (store, writer):
        first = already_in(offered.name, offered.kind, offered.sha256)  # another process may have been quicker
        outcome = first or _stored((store, writer), offered, judged, outcome, options=options, actor=actor)
    tell("store", 1, 1)
    return outcome


def judge(offered: Offered, tell: Progress) -> Judged:
    """The file, judged against the company's terms."""
    company = company_terms()
    terms = CompanyTerms(currency=company.currency, country=company.country, today=timezone.localdate())
    return with_seller_keys(judge_sales(offered.table, offered.mapping, terms, tell))


def _as_judged(offered: Offered, judged: Judged, options: Options) -> Outcome:
    outcome = Outcome(
        file=offered.name,
        kind=offered.kind,
        dry_run=options.dry_run,
        skip_refused=options.skip_refused,
        rows_read=judged.counts["rows_read"],
        rows_refused=judged.counts["rows_refused"],
        revenue_refused=judged.amounts["revenue_refused"],
        facts_version=Store(settings.BEKWAAM_HOME.facts).version,
        questions=[question(offered.kind, ask.to_json()) for ask in judged.asks],
        refusals=worded(judged.refusals.head(REFUSALS_TOLD)),
        refusals_found=judged.refusals.height,
        report={
            "counts": judged.counts,
            "amounts": judged.amounts,
            "details": dict(offered.table.details),
            "left_out": left_out_of(offered.table),
            "countries_without_code": judged.names["countries_without_code"]["country_as_written"].to_list(),
        },
    )
    return _adding(outcome, judged.lines)


def _adding(outcome: Outcome, lines: pl.DataFrame) -> Outcome:
    """The outcome with the totals of the lines that the file adds."""
    days: list[date] = lines["order_date"].unique().sort().to_list()
    return replace(
        outcome,
        rows_to_import=len(lines),
        revenue=_sum(lines, "revenue", "0.01"),
        quantity=_sum(lines, "quantity", "0.001"),
        customers=lines["customer_number"].drop_nulls().n_unique(),
        first_date=days[0] if days else None,
        last_date=days[-1] if days else None,
    )


def _sum(lines: pl.DataFrame, column: str, unit: str) -> Decimal:
    total = lines[column].sum()
    return Decimal(total or 0).quantize(Decimal(unit))


def _to_add(judged: Judged, overlap: Overlap | None, options: Options) -> tuple[pl.DataFrame, pl.Series | None]:
    """The lines to add and the line_id of the lines to take away; with a choice still open, the whole file."""
    if overlap is None or options.overlap == "refuse" or (options.overlap is None and not is_all_equal(overlap)):
        return judged.lines, None
    return apply(overlap, options.overlap or "new")


def _stored(
    place: tuple[Store, Writer],
    offered: Offered,
    judged: Judged,
    outcome: Outcome,
    *,
    options: Options,
    actor: Actor,
) -> Outcome:
    store, writer = place
    overlap = lay(judged.lines, writer.version, offered.origin.batches)
    outcome = compared(outcome, overlap, options)
    if outcome.questions or outcome.error:
        return outcome
    lines, retracted = _to_add(judged, overlap, options)
    outcome = _adding(outcome, lines)
    if lines.is_empty() and (retracted is None or retracted.is_empty()):
        return replace(outcome, already_in=True)
    before = gone_before(judged.lines, overlap, options.overlap, writer.version, offered.origin.batches)
    retracted = before if retracted is None else pl.concat([retracted.cast(before.dtype), before]).unique().sort()
    number = writer.next_batch_number()
    outcome = replace(outcome, batch=f"B{number:04d}", rows_imported=len(lines))
    outcome = with_refused_file(offered, judged, outcome)
    kept = traces(offered.table, offered.mapping, judged.lines, judged.refusals["row"].to_list(), offered.origin)
    kept["left_to"] = brought_by(overlap, retracted)
    offered.let_table_go()
    batch, created = _records(offered, judged, lines, outcome, actor=actor, kept=kept)

    def write() -> int:
        return writer.import_lines(
            batch.batch_id,
            lines=_as_facts(lines, number, batch.batch_id),
            retracted=_as_retractions(retracted, batch.batch_id),
            file_sha256=offered.sha256,
            kind=offered.kind,
            counts={name: int(count) for name, count in judged.counts.items()},
        )

    return replace(outcome, facts_version=confirm(store, offered, batch, write), created=created)


@transaction.atomic
def _records(
    offered: Offered,
    judged: Judged,
    lines: pl.DataFrame,
    outcome: Outcome,
    *,
    actor: Actor,
    kept: dict[str, Any],
) -> tuple[Batch, dict[str, int]]:
    batch = new_batch(
        offered,
        outcome,
        actor,
        revenue=outcome.revenue,
        quantity=outcome.quantity,
        customers=outcome.customers,
        first_date=outcome.first_date,
        last_date=outcome.last_date,
        report=kept,
    )
    return batch, keys.make_known(batch, _found_keys(judged, lines))


def _found_keys(judged: Judged, lines: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The keys of the lines that go in, each with the name that the file gives it."""
    return {
        "territories": _codes(lines, "territory_code"),
        "sellers": _named(judged, lines, kind="sellers", column="seller_code", key="code"),
        "customers": _named(judged, lines, kind="customers", column="customer_number", key="number"),
        "products": _named(judged, lines, kind="products", column="product_code", key="code"),
    }


def _codes(lines: pl.DataFrame, column: str) -> list[dict[str, Any]]:
    return [{"code": code} for code in lines[column].drop_nulls().unique().sort()]


def _named(judged: Judged, lines: pl.DataFrame, *, kind: str, column: str, key: str) -> list[dict[str, Any]]:
    present = lines.select(pl.col(column).alias(key)).drop_nulls().unique().sort(key)
    named = present.join(judged.names[kind], on=key, how="left", maintain_order="left")
    return [{k: v for k, v in row.items() if v is not None} for row in named.iter_rows(named=True)]


def _as_facts(lines: pl.DataFrame, number: int, batch_id: str) -> pl.DataFrame:
    return lines.with_columns(
        line_id=pl.lit(number * LINES_PER_BATCH, pl.Int64) + pl.col("source_row").cast(pl.Int64),
        batch_id=pl.lit(batch_id),
    ).drop("source_row")


def _as_retractions(line_ids: pl.Series | None, batch_id: str) -> pl.DataFrame | None:
    if line_ids is None or line_ids.is_empty():
        return None
    return pl.DataFrame({"line_id": line_ids.cast(pl.Int64)}).with_columns(batch_id=pl.lit(batch_id))

"""A file laid over the lines that are in already, and what a person said about it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import polars as pl
from django.conf import settings

from bekwaam.facts.read import Facts
from bekwaam.intake.forerunners import forerunners
from bekwaam.intake.overlap import Overlap, compare
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.codes import CODES
from bekwaam.workspaces.data.outcome import Options, Outcome
from bekwaam.workspaces.data.question_words import question, words_of

CHOICES = ("new", "replace", "refuse")


def lay(lines: pl.DataFrame, version: int, apart_from: Collection[str] = ()) -> Overlap | None:
    """How lines lie over what is in already, batches in `apart_from` left out; None when they share no order."""
    if not version or lines.is_empty():
        return None
    facts = Facts(settings.BEKWAAM_HOME.facts, version)
    days = {"first": lines["order_date"].min(), "last": lines["order_date"].max()}
    on_hand = facts.ask("lines_on_hand", SYSTEM, **days).polars()
    outside = facts.ask("order_numbers_elsewhere", SYSTEM, **days).polars()["order_number"]
    shared = outside.filter(outside.is_in(lines["order_number"].unique().implode()))
    if len(shared):
        elsewhere = facts.ask("orders_elsewhere", SYSTEM, **days).polars()
        on_hand = pl.concat([on_hand, elsewhere.filter(pl.col("order_number").is_in(shared.implode()))])
    found = compare(lines, on_hand.filter(~pl.col("batch_id").is_in(sorted(apart_from))))
    return found if found.touches else None


def gone_before(
    lines: pl.DataFrame, overlap: Overlap | None, choice: str | None, version: int, apart_from: Collection[str] = ()
) -> pl.Series:
    """line_id of the lines that were taken away before and that a file takes away too, lest an undo shows both."""
    away = Facts(settings.BEKWAAM_HOME.facts, version).ask("lines_taken_away", SYSTEM).polars()
    if overlap is None:
        return forerunners(away, compare(lines, away.clear()), "new", apart_from)
    return forerunners(away, overlap, choice or "new", apart_from)


def is_all_equal(overlap: Overlap) -> bool:
    """Whether the file and what is in are the same lines: then there is nothing to choose."""
    return not (len(overlap.new) or overlap.changed.height or len(overlap.gone))


def compared(outcome: Outcome, overlap: Overlap | None, options: Options) -> Outcome:
    """The outcome with what the overlap says, and its question when nobody has answered it."""
    if overlap is None:
        return outcome
    found = overlap.to_json()
    values = {name: found[name] for name in CODES["overlap"]}
    outcome = replace(outcome, overlap=found)
    if options.overlap == "refuse":
        return replace(outcome, error="overlap_refused", sentence=words_of(outcome.kind, "overlap_refused", values))
    if options.overlap in ("new", "replace"):
        return outcome
    if is_all_equal(overlap):
        return replace(outcome, already_in=True)
    return replace(outcome, questions=[question(outcome.kind, _asked(values))])


def _asked(values: dict[str, Any]) -> dict[str, Any]:
    choices = [{"value": choice, "label": choice} for choice in CHOICES]
    return {"code": "overlap", "values": values, "choices": choices}

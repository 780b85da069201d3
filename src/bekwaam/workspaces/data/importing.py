"""From an offered file to a batch: read, judge, compare, store. Only jobs and the command line come here.

The order of the last step matters. Under the writer lock of the facts, the records for unknown keys and a
`pending` batch are written first (one SQL transaction), then the facts (one data version), then the batch is
marked `done`. Killed in between, the next writer finds the `pending` batch and asks the facts whether its
lines are there: if so it is finished, if not its records are taken back. So nothing is ever half-done.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bekwaam.intake.judgement import Ask, Choice, unwatched
from bekwaam.intake.mapping import Mapping, propose_mapping
from bekwaam.intake.raw_table import RawTable
from bekwaam.intake.reader import read_table
from bekwaam.intake.source import EVERY_SHEET
from bekwaam.records.models import Batch, SourceMapping
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused, WrongCall
from bekwaam.workspaces.data.already import already_in, fingerprint
from bekwaam.workspaces.data.import_opportunities import import_opportunities
from bekwaam.workspaces.data.import_parties import PARTY_KINDS, import_parties
from bekwaam.workspaces.data.import_sales import import_sales
from bekwaam.workspaces.data.mended import Origin, origin_of
from bekwaam.workspaces.data.offered import Offered
from bekwaam.workspaces.data.outcome import Options, Outcome
from bekwaam.workspaces.data.storing import outside_failures

Progress = Callable[[str, int, int], None]


def import_file(
    path: Path, *, kind: str, options: Options, actor: Actor, name: str | None = None, progress: Progress | None = None
) -> Outcome:
    """Read in one file. An `Outcome` that `is_stopped` has changed nothing.

    Raises:
        Refused: the file cannot be read at all.
        Failed: the disk is full, the database cannot be used, or another import holds the lock too long.
        WrongCall: there is no such file.
    """
    tell = progress or unwatched
    name = name or path.name
    if not path.is_file():
        raise WrongCall("file_missing", file=name)
    if not os.access(path, os.R_OK):
        raise Refused("file_not_readable", file=name, reason=os.strerror(errno.EACCES))
    with outside_failures():
        sha256 = fingerprint(path)
        first = already_in(name, kind, sha256)
        if first is not None:
            _must_be_read_alike(first, options)
            return first
        offered = offer(path, name=name, kind=kind, sha256=sha256, options=options, tell=tell)
        if kind == "opportunities":
            return import_opportunities(offered, options, actor)
        if kind in PARTY_KINDS:
            return import_parties(offered, options, actor)
        return import_sales(offered, options, actor, tell)


def offer(path: Path, *, name: str, kind: str, sha256: str, options: Options, tell: Progress) -> Offered:
    """Read the file and find out which column means what.

    Raises:
        Refused: the file cannot be read at all, or holds no rows.
    """
    asked = str((options.mapping or {}).get("sheet") or "")
    table = read_table(path, name=name, progress=tell, sheet=asked)
    if not len(table) and not table.broken:
        raise Refused("file_header_only", file=name)
    origin = origin_of(table, name) if kind == "sales" else Origin()
    mapping = mapping_for(table, kind, options, origin)
    if mapping.sheet and not asked and "alike_sheets" in table.details:
        table = read_table(path, name=name, progress=tell, sheet=_still_there(mapping.sheet, table))
    return Offered(path=path, name=name, kind=kind, sha256=sha256, table=table, mapping=mapping, origin=origin)


def _must_be_read_alike(first: Outcome, options: Options) -> None:
    """The very same file with other columns named is no repetition: its first reading must be undone before.

    Raises:
        Refused: `already_in_otherwise`.
    """
    kept = Batch.objects.filter(batch_id=first.batch).values_list("report", flat=True).first() or {}
    if not options.mapping or "mapping" not in kept:
        return
    was = Mapping.from_json(kept["mapping"])
    if replace(was.corrected(options.mapping), questions=was.questions) != was:
        raise Refused("already_in_otherwise", batch=first.batch or "")


def mapping_for(table: RawTable, kind: str, options: Options, origin: Origin) -> Mapping:
    """Which column means what: corrected now, else remembered for this source, else proposed from the headings."""
    proposed = propose_mapping(table, kind)
    known = SourceMapping.objects.filter(signature=proposed.signature(table), kind=kind).first()
    if known is not None:
        proposed = propose_mapping(table, kind, remembered=Mapping.from_json(known.mapping))
    by_hand = options.mapping or {}
    if unknown := Mapping.from_json({"fields": by_hand.get("fields")}).lacking(table):
        headings = ", ".join(column.heading for column in table.columns if column.heading)
        raise Refused("mapping_column_unknown", column=unknown[0], headings=headings)
    told = proposed.corrected(origin.read_as).corrected(by_hand)
    # What is missing still, judging finds: a price named by hand answers the question for the revenue.
    questions = tuple(ask for ask in told.questions if ask.code != "which_column")
    return replace(told, questions=(*questions, *_which_sheet(table, told)))


def _which_sheet(table: RawTable, mapping: Mapping) -> tuple[Ask, ...]:
    """Several sheets with the same headings are one table, or one and its copy: only a person knows."""
    if mapping.sheet or "alike_sheets" not in table.details:
        return ()
    names = json.loads(table.details["alike_sheets"])
    choices = (Choice(EVERY_SHEET, EVERY_SHEET), *(Choice(name, name) for name in names))
    return (Ask("which_sheet", {"field": "sheet", "sheets": names}, choices),)


def _still_there(sheet: str, table: RawTable) -> str:
    """The sheet that was chosen for this source before; all of them where this file has no such sheet."""
    return sheet if sheet in json.loads(table.details["alike_sheets"]) else EVERY_SHEET

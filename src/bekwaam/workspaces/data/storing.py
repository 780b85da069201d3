"""What storing a batch takes, whatever the file holds: the lock, the pending batch, and the way back when it fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.db import Error, transaction

from bekwaam.facts.durable import disk_failures
from bekwaam.facts.store import Store, Writer
from bekwaam.frame.sentences import sentence_of
from bekwaam.intake.judgement import Judged
from bekwaam.intake.refused_file import write_refused
from bekwaam.records.database import database_failure
from bekwaam.records.models import Batch, SourceMapping
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.data import recorded
from bekwaam.workspaces.data.offered import Offered
from bekwaam.workspaces.data.outcome import Outcome
from bekwaam.workspaces.data.settling import settle_pending

NAME_LENGTH = 60
REFUSALS_KEPT = 100


@contextmanager
def outside_failures() -> Iterator[None]:
    """Put what breaks outside us into words.

    Raises:
        Failed: `disk_full` or `disk_failed`; `database_busy` when it stays locked, `database_unusable` when damaged.
    """
    home = settings.BEKWAAM_HOME
    try:
        with disk_failures(home.path):
            yield
    except Error as error:
        raise database_failure(error, home.database) from error


@contextmanager
def writing() -> Iterator[tuple[Store, Writer]]:
    """Write to facts and records, alone; what a crash left pending is settled first."""
    store = Store(settings.BEKWAAM_HOME.facts)
    with store.writing() as writer:
        settle_pending(store)
        yield store, writer


def new_batch(offered: Offered, outcome: Outcome, actor: Actor, **more: Any) -> Batch:
    """The pending batch of a file; `more` are fields, of which `report` joins what every report has."""
    plain = outcome.to_json()
    kept = {
        "mapping": offered.mapping.to_json(),
        "report": plain["report"],
        "overlap": plain["overlap"],
        "refusals": plain["refusals"][:REFUSALS_KEPT],
    }
    report = kept | more.pop("report", {})
    return Batch.objects.create(
        batch_id=outcome.batch,
        kind=offered.kind,
        file_name=offered.name[:255],
        file_sha256=offered.sha256,
        rows_read=outcome.rows_read,
        rows_imported=outcome.rows_imported,
        rows_refused=outcome.rows_refused,
        report=report,
        refused_file=Path(outcome.refused_file or "").name,
        made_by=actor.key,
        **more,
    )


def confirm(store: Store, offered: Offered, batch: Batch, write: Callable[[], int]) -> int:
    """Write the facts of a pending batch and mark it done; returns the data version. A failure takes the batch back."""
    try:
        version = write()
    except BaseException:
        with suppress(Exception):  # the next writer settles it otherwise
            settle_pending(store)
        raise
    with transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(state=Batch.State.DONE, facts_version=version)
        recorded.went_in(batch, version)
        if not offered.origin.batches:  # mended rows are read as their own file was, which proves nothing about others
            _remember(offered)
    return version


def _remember(offered: Offered) -> None:
    SourceMapping.objects.update_or_create(
        signature=offered.signature,
        kind=offered.kind,
        defaults={"mapping": offered.mapping.to_json()},
    )


def with_refused_file(offered: Offered, judged: Judged, outcome: Outcome) -> Outcome:
    """Set the refused rows apart in a file; its name says of which import and of which file they are."""
    if not outcome.rows_refused:
        return outcome
    stem = re.sub(r"[^\w.-]+", "-", PurePath(offered.name).stem)[:NAME_LENGTH]
    target = settings.BEKWAAM_HOME.refused / f"{outcome.batch}-{stem}.xlsx"
    written = write_refused(target, offered.table, judged, sentence_of)
    return replace(outcome, refused_file=str(written))

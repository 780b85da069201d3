"""The store of facts and its only writer: one batch, one data version, all of it or nothing.

A batch is written in six steps, under a lock of the operating system:

1. what a crash left is recovered (`recovery`);
2. the ledger notes the batch as `prepared`; its rows are staged, judged and forced to disk;
3. each table takes its staged file in place and gets one Delta commit with the number of the ledger entry;
4. data files, log entries and folders are forced to disk;
5. the ledger row becomes `committed`, with the Delta version of every table: from here readers see it;
6. what was staged goes.

docs/decisions/0001 tells why lines are never updated, 0002 why there is a ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bekwaam.facts import durable, ledger
from bekwaam.facts.commit import Committer
from bekwaam.facts.fact_table import FactTable
from bekwaam.facts.folder import StoreFolder
from bekwaam.facts.inspection import findings
from bekwaam.facts.ledger import LedgerEntry
from bekwaam.facts.lock import writer_lock
from bekwaam.facts.recovery import recover
from bekwaam.facts.schema import TABLES
from bekwaam.facts.writer import Writer
from bekwaam.terms.errors import BekwaamError, Failed

__all__ = ["Store", "Writer"]

CREATION_SECONDS = 60.0


class Store:
    """The store of facts in the folder `root`."""

    def __init__(self, root: Path) -> None:
        self._folder = StoreFolder(root.absolute())

    def create(self) -> None:
        """Make the tables and the ledger, all or none. Safe to repeat, and at once when they exist.

        Raises:
            WrongCall: `folder_unusable` for a path that the Delta library cannot work with.
            Failed: the disk is full or fails, or `facts_damaged` when there are rows but their ledger is gone.
        """
        if ledger.is_made(self._folder.ledger):
            return
        self._folder.require_usable()
        with durable.disk_failures(self._folder.root):
            durable.make_folder(self._folder.root)
            with writer_lock(self._folder.lock, wait_seconds=CREATION_SECONDS):
                if not ledger.is_made(self._folder.ledger):
                    self._make()

    def _make(self) -> None:
        for name in TABLES:
            table = FactTable(self._folder.table(name), name)
            if any(table.versions()[1:]):  # rows without a ledger: someone lost it, and that is not ours to wipe
                raise Failed("facts_damaged", table=name, version=table.versions()[-1])
            if table.actions(0) is None:
                table.set_aside(-1, self._folder.aside)
                table.create()
        ledger.make_ledger(self._folder.ledger)
        durable.sync_folder(self._folder.root)

    @property
    def version(self) -> int:
        """The newest data version; 0 when nothing came in yet."""
        if not ledger.is_made(self._folder.ledger):
            return 0
        with ledger.opened(self._folder.ledger) as book:
            return book.version()

    @contextmanager
    def writing(self, *, wait_seconds: float = 600) -> Iterator[Writer]:
        """Write, alone; a crash of an earlier writer is recovered first. Not within itself.

        Raises:
            Failed: `store_locked` when another writer is not done in time, `disk_full` or `disk_failed` when
                recovery cannot write, `facts_damaged` when acknowledged rows are gone.
        """
        with ExitStack() as held:
            with durable.disk_failures(self._folder.root):
                self.create()
                held.enter_context(writer_lock(self._folder.lock, wait_seconds=wait_seconds))
                committer = Committer(self._folder, held.enter_context(ledger.opened(self._folder.ledger)))
                recover(committer)
            yield Writer(committer)

    def batches(self) -> list[LedgerEntry]:
        """The batches that came in, oldest first; those undone since say so in `undone_in`."""
        with ledger.opened(self._folder.ledger) as book:
            return book.batches()

    def entry_of(self, batch_id: str) -> LedgerEntry | None:
        """The ledger entry that read a batch in, in whatever state; None when the ledger never heard of it.

        Inside `writing()` its state is "committed" or "abandoned": then the lines are there, or they are not.
        """
        with ledger.opened(self._folder.ledger) as book:
            return book.entry_of(batch_id)

    def find_file(self, sha256: str, kind: str) -> LedgerEntry | None:
        """The batch that read in this very file as this kind, when it was not undone since."""
        with ledger.opened(self._folder.ledger) as book:
            return book.live_of_file(sha256, kind)

    def check(self) -> list[BekwaamError]:
        """What is wrong with the store, for the doctor; changes nothing and needs no lock.

        Returns errors that are not raised: `facts_unfinished` for a batch under way or cut off by a crash, which
        the next writer settles, and `facts_damaged` for a table version that cannot answer as it did.
        """
        with ledger.opened(self._folder.ledger) as book:
            return findings(Committer(self._folder, book))

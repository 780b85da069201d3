"""What the doctor hears about the store."""

from __future__ import annotations

from collections.abc import Iterator

from bekwaam.facts.commit import Committer
from bekwaam.facts.recovery import is_intact
from bekwaam.terms.errors import BekwaamError, Failed


def findings(store: Committer) -> list[BekwaamError]:
    """Errors that are not raised: a batch under way or cut off, and table versions that cannot answer."""
    return [*_unfinished(store), *_damaged(store)]


def _unfinished(store: Committer) -> Iterator[BekwaamError]:
    entry = store.ledger.prepared()
    if entry is not None:
        yield Failed("facts_unfinished", batch=entry.batch_id)


def _damaged(store: Committer) -> Iterator[BekwaamError]:
    for name, state in store.heads().items():
        table = store.table(name)
        if not is_intact(table, state):
            yield Failed("facts_damaged", table=name, version=state.version)
        for version in range(state.version):
            if table.actions(version) is None:
                yield Failed("facts_damaged", table=name, version=version)
        for version in range(state.version + 1):
            if table.has_lost(version):
                yield Failed("facts_damaged", table=name, version=version)

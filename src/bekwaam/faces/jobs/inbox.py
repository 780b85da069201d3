"""The watched folder: `inbox/` in the home. A file dropped there is read in when its source is known.

`inbox/` itself takes order lines; `inbox/customers`, `inbox/products` and `inbox/sellers` take what their names say.
Whatever asks something (an unknown column, rows to refuse, lines that are in already) waits on the page with it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from bekwaam.facts.durable import sync_file, sync_folder
from bekwaam.records import jobs
from bekwaam.records.models import Job, SourceMapping, Upload

QUIET_SECONDS: Final = 5
"""A file that was written to a moment ago may not be whole yet."""

FOLDERS: Final = {
    "sales": "",
    "customers": "customers",
    "products": "products",
    "sellers": "sellers",
    "opportunities": "opportunities",
}
ENDINGS: Final = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet"})
ASKER: Final = "inbox"


def take_in(now: float | None = None) -> int:
    """Take every whole file out of the folder and ask for a look at it; returns how many."""
    count = 0
    for kind, path in list(_whole_files(now or time.time())):
        _take(path, kind)
        count += 1
    return count


def _whole_files(now: float) -> Iterator[tuple[str, Path]]:
    for kind, name in FOLDERS.items():
        folder = settings.BEKWAAM_HOME.inbox / name
        if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
            continue  # what cannot be taken out of it would be read in every minute
        for path in sorted(folder.iterdir()):
            if _is_offered(path) and path.stat().st_mtime <= now - QUIET_SECONDS:
                yield kind, path


def _is_offered(path: Path) -> bool:
    """A plain file of a kind that can be read: no link, no hidden file, nothing that is still being copied."""
    is_plain = path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~"))
    return is_plain and path.suffix.lower() in ENDINGS


def _take(path: Path, kind: str) -> None:
    """A copy first, then its row, and only then is the file gone from the folder.

    A crash in between offers it once more, and the very same file changes nothing.
    """
    stored = f"{secrets.token_hex(16)}{path.suffix.lower()}"
    target = settings.BEKWAAM_HOME.uploads / stored
    shutil.copyfile(path, target)
    target.chmod(0o600)
    sync_file(target)
    sync_folder(target.parent)
    with transaction.atomic():
        upload = Upload.objects.create(file=stored, file_name=path.name[:255], kind=kind, offered_by=ASKER)
        jobs.ask(Job.Kind.PREVIEW, {"upload": upload.pk}, asked_by=ASKER)
    path.unlink()


def goes_on_by_itself(upload: Upload) -> bool:
    """Whether a file that was dropped may be read in without anybody looking at it."""
    found: dict[str, Any] = upload.preview
    outcome = found.get("outcome", {})
    is_clean = upload.state == Upload.State.READY and not outcome.get("questions") and not outcome.get("rows_refused")
    return is_clean and SourceMapping.objects.filter(signature=found.get("signature", ""), kind=upload.kind).exists()

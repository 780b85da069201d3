"""Files kept with a record: taken in, found, and given back to whoever may read the record."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bekwaam.access import audit
from bekwaam.access.demand import require
from bekwaam.access.scope import system_door
from bekwaam.facts.durable import disk_failures
from bekwaam.records import attached_kind
from bekwaam.records.editables import EDITABLES
from bekwaam.records.models import StoredFile
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused

MB: Final = 1 << 20
LIMIT_MB: Final = 25


def files_of(kind: str, key: str, actor: Actor) -> list[StoredFile]:
    """The files of a record, newest first."""
    return list(StoredFile.scoped(actor).filter(about_kind=kind, about_key=key))


def file_of(pk: int, actor: Actor) -> StoredFile | None:
    """A file, when the actor may read the record that it is about."""
    found = StoredFile.scoped(actor).filter(pk=pk).first()
    return found if found and record_of(found, actor) is not None else None


def record_of(file: StoredFile, actor: Actor) -> Any:
    """The record that a file is about; None when it is gone or not for this actor."""
    return EDITABLES[file.about_kind].find(file.about_key, actor) if file.about_kind in EDITABLES else None


@transaction.atomic
def keep(actor: Actor, kind: str, record: Any, upload: UploadedFile[Any]) -> StoredFile:
    """Keep a file with a record, once its bytes say that it may be kept.

    Raises:
        Refused: `file_empty`, `file_too_large`, and what `attached_kind.kept_as` refuses.
        Failed: the disk is full.
    """
    require(actor, "notes.write")
    name, size = upload.name or "", upload.size or 0
    if size > LIMIT_MB * MB:
        raise Refused("file_too_large", file=name, size_mb=-(-size // MB), limit_mb=LIMIT_MB)
    kept = attached_kind.kept_as(upload, name)
    stored_as = token_hex(16)
    with disk_failures(settings.BEKWAAM_HOME.path), system_door():
        digest = _write(upload, path_of(stored_as))
        file = StoredFile.objects.create(
            about_kind=kind,
            about_key=getattr(record, EDITABLES[kind].key),
            name=attached_kind.safe_name(name, kept),
            stored_as=stored_as,
            media_type=kept.media_type,
            size=size,
            sha256=digest,
            added_by=actor.key,
        )
        audit.record(actor, "files.kept", file, after=audit.snapshot(file))
    return file


def path_of(stored_as: str) -> Path:
    """Where the content lies: in one of 256 folders, so that none grows too long to list."""
    return settings.BEKWAAM_HOME.files / stored_as[:2] / stored_as


def _write(upload: UploadedFile[Any], path: Path) -> str:
    """The content on the disk before its row is there: a crash leaves a file without a row, never the other way."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in upload.chunks():
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()

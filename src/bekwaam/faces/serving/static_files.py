"""Styles, scripts and fonts, gathered under names that carry a hash of their content, so that browsers keep them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.base import File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from bekwaam.facts.durable import disk_failures
from bekwaam.terms.errors import Failed


def gather() -> bool:
    """Bring the home's static folder up to date; False when it was. The new folder takes its place whole.

    Raises:
        Failed: `disk_full`, `disk_failed` or `cannot_write`.
    """
    target: Path = settings.STATIC_ROOT
    try:
        with disk_failures(target.parent):
            return _gathered(target)
    except OSError as error:
        raise Failed("cannot_write", file=str(target), reason=error.strerror or str(error)) from error


def _gathered(target: Path) -> bool:
    stamp = target.with_name("static.stamp")
    sources = dict(_sources())
    wanted = _fingerprint(sources)
    if target.is_dir() and stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return False
    fresh = target.with_name("static.new")
    shutil.rmtree(fresh, ignore_errors=True)
    _fill(fresh, sources)
    stamp.unlink(missing_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    stamp.write_text(wanted, encoding="ascii")
    return True


def _sources() -> Iterator[tuple[str, tuple[Storage, str]]]:
    """Each file by the name under which pages ask for it; of two with one name the first counts, as in Django."""
    seen = set()
    for finder in get_finders():
        for path, storage in finder.list([]):
            prefix = getattr(storage, "prefix", "")
            name = f"{prefix}/{path}" if prefix else path
            if name not in seen:
                seen.add(name)
                yield name, (storage, path)


def _fingerprint(sources: dict[str, tuple[Storage, str]]) -> str:
    digest = hashlib.sha256()
    for name, (storage, path) in sorted(sources.items()):
        file = Path(storage.path(path)).stat()
        digest.update(f"{name}\0{file.st_size}\0{file.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _fill(folder: Path, sources: dict[str, tuple[Storage, str]]) -> None:
    storage = CompressedManifestStaticFilesStorage(location=folder, base_url=settings.STATIC_URL)
    for name, (origin, path) in sources.items():
        with origin.open(path) as content:
            storage.save(name, File(content))
    for name, _hashed, outcome in storage.post_process({name: (storage, name) for name in sources}):
        if isinstance(outcome, Exception):
            raise RuntimeError(f"{name} cannot be gathered") from outcome

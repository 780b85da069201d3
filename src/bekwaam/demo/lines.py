"""The files of the demo: written once into its home, then read in like any file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from bekwaam.demo.people import FILES
from bekwaam.records.models import Batch
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.errors import Refused

SEED: Final = 1

Progress = Callable[[str, int, int], None]


def read_in(progress: Progress) -> None:
    """Read in the files of the kinds that can be; what is in already, or was undone since, stays as it is.

    Raises:
        Refused: a file cannot be read in without a person.
    """
    from bekwaam.demo.firm.files import IMPORTED

    missing = [kind for kind in IMPORTED if not _was_read_in(kind)]
    if missing:
        files = laid_down(settings.BEKWAAM_HOME.path / FILES)
        for kind in missing:
            _import(files[kind], kind, progress)


def _was_read_in(kind: str) -> bool:
    return Batch.objects.filter(kind=kind, state__in=[Batch.State.DONE, Batch.State.UNDONE]).exists()


def laid_down(folder: Path) -> dict[str, Path]:
    """The file of each kind. A firm is made once: one of another day would not go with what is in already."""
    from bekwaam.demo.firm import company, files, last_working_day_before  # simulating is heavy, and done once

    if not (folder / files.TRUTH).exists():
        files.write(company(SEED, last_working_day_before(timezone.localdate())), folder)
    return {file.kind: folder / file.name for file in files.FILES}


def _import(file: Path, kind: str, progress: Progress) -> None:
    from bekwaam.workspaces.data.importing import import_file  # brings the readers of files along
    from bekwaam.workspaces.data.outcome import Options

    outcome = import_file(file, kind=kind, options=Options(), actor=SYSTEM, progress=progress)
    if outcome.is_stopped:
        raise Refused("import_stopped", file=file.name)

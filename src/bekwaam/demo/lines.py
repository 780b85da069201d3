"""The order lines of the demo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import bekwaam
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.errors import Refused

SLICE: Final = Path(bekwaam.__file__).parents[2] / "tests" / "data" / "online_retail_slice.csv"
"""The slice of Online Retail in a checkout; an installed package has none."""

Progress = Callable[[str, int, int], None]


def file_of(given: Path | None) -> Path:
    """The file to read in: the one given, or the slice of the checkout.

    Raises:
        Refused: `demo_data_missing`.
    """
    file = given or SLICE
    if not file.is_file():
        raise Refused("demo_data_missing", file=str(file))
    return file


def read_in(file: Path, progress: Progress) -> None:
    """Read the lines in like any other file; rows that cannot go in are set apart.

    Raises:
        Refused: the file cannot be read in without a person.
    """
    from bekwaam.workspaces.data.importing import import_file  # brings the readers of files along
    from bekwaam.workspaces.data.outcome import Options

    outcome = import_file(file, kind="sales", options=Options(skip_refused=True), actor=SYSTEM, progress=progress)
    if outcome.is_stopped:
        raise Refused("import_stopped", file=file.name)

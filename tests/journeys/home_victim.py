"""A process that does one thing to a home each time it is asked, in a child that is made to be killed.

Started with the folder of a home, it has everything imported and waits. Each line that it is sent names a deed and
what it needs: it forks a child that does it and says so. Forking before any database or thread was opened saves the
second that a start costs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(home: Path) -> None:
    """Fork a child for each line."""
    os.environ["BEKWAAM_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bekwaam.config.settings"
    import django

    django.setup()
    deeds = _deeds()
    tell("ready", os.getpid())
    for line in sys.stdin:
        name, *words = line.split()
        child = os.fork()
        if child == 0:
            code = 3
            try:
                deeds[name](*words)
                tell("done", 0)
                code = 0
            finally:
                os._exit(code)
        tell("child", child)
        _, status = os.waitpid(child, 0)
        tell("ended", os.waitstatus_to_exitcode(status))


def tell(word: str, number: int) -> None:
    """One line to whoever watches."""
    os.write(1, f"{word} {number}\n".encode())


def _deeds() -> dict[str, object]:
    from bekwaam.faces.backup.making import make
    from bekwaam.faces.jobs.refreshing import refresh
    from bekwaam.records.models import Batch
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.customers import refresh as _customers  # noqa: F401  the engines, once for all children
    from bekwaam.workspaces.data.importing import import_file
    from bekwaam.workspaces.data.outcome import Options
    from bekwaam.workspaces.data.storing import writing
    from bekwaam.workspaces.data.undoing import undo
    from bekwaam.workspaces.forecasts import refresh as _forecasts  # noqa: F401

    def settle() -> None:
        with writing():
            pass

    def undo_oldest() -> None:
        batch = Batch.objects.filter(state=Batch.State.DONE).order_by("pk").first()
        if batch is not None:
            undo(batch.batch_id, actor=SYSTEM)

    return {
        "import": lambda path: import_file(Path(path), kind="sales", options=Options(), actor=SYSTEM),
        "undo": undo_oldest,
        "refresh": refresh,
        "backup": lambda path: make(Path(path)),
        "settle": settle,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Keep a small home of this version, as the upgrade fixture for every later one.

    python scripts/keep_home.py

Writes tests/data/homes/VERSION.tar (a backup of a home with 900 order lines, figures in force) and VERSION.json
(what its brief said). A later version must open the first and say the second.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bekwaam import __version__

ROOT = Path(__file__).resolve().parent.parent
SLICE = ROOT / "tests" / "data" / "online_retail_slice.csv"
HOMES = ROOT / "tests" / "data" / "homes"
LINES = 901


def bekwaam(home: Path, *words: str | Path) -> str:
    """Run one command and give what it printed."""
    command = [sys.executable, "-m", "bekwaam.faces.cli.main", "--home", str(home), *map(str, words)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    """Make the home, back it up, and write down what it says."""
    HOMES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home, orders = Path(folder) / "home", Path(folder) / "orders.csv"
        with SLICE.open(encoding="utf-8") as file:
            orders.write_text("".join(itertools.islice(file, LINES)), encoding="utf-8")
        bekwaam(home, "import", "sales", orders)
        bekwaam(home, "refresh")
        said = json.loads(bekwaam(home, "brief", "--lang", "en", "--json"))
        target = HOMES / f"{__version__}.tar"
        target.unlink(missing_ok=True)
        bekwaam(home, "backup", target)
    kept = {name: said[name] for name in ("as_of", "facts_version", "totals", "slipping", "year_end")}
    (HOMES / f"{__version__}.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Change notes: one file per change in changelog.d/, one sentence in the user's words.

changelog.py check              name every note whose form is wrong
changelog.py compile VERSION    put the notes under a heading in CHANGELOG.md and remove them
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 400
"""A note that needs more is two changes, or a page of the guide."""
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.md")
VERSION = re.compile(r"\d+\.\d+\.\d+")
SENTENCES = re.compile(r"[.!?] +[A-Z]")


def notes(root: Path = ROOT) -> list[Path]:
    """The notes that wait, by name."""
    return sorted(path for path in (root / "changelog.d").iterdir() if not path.name.startswith("."))


def faults(root: Path = ROOT) -> list[str]:
    """One sentence per note that is not one sentence on one line, named by its subject."""
    return [f"{path.name}: {fault}" for path in notes(root) if (fault := _fault(path))]


def _fault(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    checks = {
        "the name is lower case words with hyphens, and .md": NAME.fullmatch(path.name),
        "one line, closed by a line end": text.count("\n") == 1 and text.endswith("\n"),
        "begins with a capital and ends with a full stop": re.fullmatch(r"[A-Z].*\.", text.strip()),
        "one sentence": not SENTENCES.search(text),
        f"at most {LONGEST} characters": len(text) <= LONGEST,
    }
    return "; ".join(wanted for wanted, holds in checks.items() if not holds)


def compiled(version: str, day: date, root: Path = ROOT) -> str:
    """The section of a version: its heading and one line per note."""
    lines = [f"- {path.read_text(encoding='utf-8').strip()}" for path in notes(root)]
    return "\n".join([f"## {version} — {day.day} {day:%B %Y}", "", *lines, ""])


def compile_notes(version: str, day: date, root: Path = ROOT) -> None:
    """Write the section above the older ones; only then the notes go."""
    file = root / "CHANGELOG.md"
    title, older = file.read_text(encoding="utf-8").split("\n\n", 1)
    file.write_text(f"{title}\n\n{compiled(version, day, root)}\n{older}", encoding="utf-8")
    for path in notes(root):
        path.unlink()


def main(words: list[str]) -> int:
    """Carry out one command; 2 for a call that nobody understands."""
    found = faults()
    sys.stdout.write("".join(f"{line}\n" for line in found))
    match words:
        case ["check"]:
            return 1 if found else 0
        case ["compile", version] if VERSION.fullmatch(version):
            if not found:
                compile_notes(version, date.today())
            return 1 if found else 0
    sys.stderr.write(__doc__ or "")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Every change has a note of one sentence, and a release gathers them."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import changelog


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with one release and two notes."""
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0 — 1 May 2026\n\n- Begin.\n")
    (tmp_path / "changelog.d" / "b-two.md").write_text("Undo a change of many.\n")
    (tmp_path / "changelog.d" / "a-one.md").write_text("Read in workbooks.\n")
    return tmp_path


def test_every_note_is_one_sentence() -> None:
    assert changelog.faults() == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Two Words.md", "Read in workbooks.\n"),
        ("one.md", "read in workbooks.\n"),
        ("one.md", "Read in workbooks\n"),
        ("one.md", "Read in workbooks.\nUndo them.\n"),
        ("one.md", "Read in workbooks. Undo them.\n"),
        ("one.md", f"{'R' * 400}.\n"),
        ("one.md", ""),
    ],
)
def test_another_form_is_named(house: Path, name: str, text: str) -> None:
    (house / "changelog.d" / name).write_text(text)
    assert [fault.split(":")[0] for fault in changelog.faults(house)] == [name]


def test_a_release_takes_the_notes_with_it(house: Path) -> None:
    changelog.compile_notes("0.2.0", date(2026, 6, 2), house)
    assert (house / "CHANGELOG.md").read_text() == (
        "# Changelog\n\n## 0.2.0 — 2 June 2026\n\n- Read in workbooks.\n- Undo a change of many.\n"
        "\n## 0.1.0 — 1 May 2026\n\n- Begin.\n"
    )
    assert changelog.notes(house) == []


def test_a_call_that_is_no_release_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert changelog.main(["compile", "next"]) == 2
    assert "changelog.py check" in capsys.readouterr().err

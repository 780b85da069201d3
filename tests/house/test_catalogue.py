"""Every visible word is in the catalogue, in Dutch, with the same places to fill."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))


@pytest.fixture(scope="module")
def catalogue() -> dict[tuple[object, object], object]:
    import words

    return {(_ident(message.id), message.context): message for message in words._read() if message.id}


def _ident(ident: object) -> object:
    return tuple(ident) if isinstance(ident, list | tuple) else ident


def test_the_catalogue_is_what_the_source_says(catalogue: dict[tuple[object, object], object]) -> None:
    import words

    gathered = {(_ident(message.id), message.context) for message in words.gathered() if message.id}
    assert sorted(map(str, gathered - set(catalogue))) == []
    assert sorted(map(str, set(catalogue) - gathered)) == []


def test_every_word_has_its_dutch() -> None:
    import words

    assert words.faults() == []


def test_no_translated_text_is_put_together_beforehand() -> None:
    pattern = re.compile(r"\b(?:_|gettext|gettext_lazy|ngettext)\(\s*f[\"']")
    found = [str(path) for path in (ROOT / "src").rglob("*.py") if pattern.search(path.read_text(encoding="utf-8"))]
    assert found == []

"""The scripts: small modules that stand alone, obey the policy, and ask nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

JS = Path(__file__).parents[2] / "src" / "bekwaam" / "frame" / "static" / "frame" / "js"
SCRIPTS = sorted(JS.glob("*.js"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_module_is_reached_by_its_hashed_address_only(path: Path) -> None:
    """Gathered files have a hash in their name, so one module cannot name another by a relative path."""
    assert not re.search(r"^\s*import\s+(?!\()", path.read_text(encoding="utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_module_does_nothing_that_the_policy_forbids(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for forbidden in ("eval(", "new Function", "innerHTML", "outerHTML", "document.write", 'setAttribute("style"'):
        assert forbidden not in source
    assert not re.search(r"https?://|//[a-z]+\.", re.sub(r"(^|\s)//.*", "", source))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_module_is_small_and_says_what_it_is_for(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("// ")
    assert len(lines) <= 250


def test_charts_draw_their_tooltips_without_html() -> None:
    assert 'renderMode: "richText"' in (JS / "chart-look.js").read_text(encoding="utf-8")

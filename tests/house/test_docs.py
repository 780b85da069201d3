"""What the docs say exists: commands, settings, files, chapters in both languages, and screen words that are quoted."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from bekwaam.faces.cli.main import parser

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import words

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *DOCS.rglob("*.md"),
        *(ROOT / "src").rglob("README.md"),
    ]
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CALL = re.compile(r"(?:\.venv/bin/)?bekwaam (--home \S+ )?([a-z-]+)(.*)")
FROM_ENVIRONMENT = re.compile(r"environ(?:\.get)?[(\[]\s*\"([A-Z_]+)\"")
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}
MOST_BYTES = 150_000


def identity(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=identity)
def test_links_lead_somewhere(page: Path) -> None:
    links = [link.split("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8"))]
    inside = [link for link in links if link and "://" not in link and not link.startswith("mailto:")]
    assert [link for link in inside if not (page.parent / link).resolve().exists()] == []


def test_the_guide_has_the_same_chapters_in_both_languages() -> None:
    dutch, english = (sorted(path.name for path in (DOCS / "guide" / code).glob("*.md")) for code in ("nl", "en"))
    assert dutch == english
    assert len(dutch) > 10


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_chapter_stands_in_the_contents_and_leads_to_the_next(language: str) -> None:
    folder = DOCS / "guide" / language
    chapters = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert LINK.findall((folder / "README.md").read_text(encoding="utf-8"))[1:] == chapters
    for chapter, following in pairwise(chapters):
        assert following in LINK.findall((folder / chapter).read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_screen_word_in_italics_is_on_the_screen(language: str) -> None:
    """Italics in the guide are what the reader looks for on the page."""
    known = {text.rstrip(".") for text in _on_screen(language)}
    quoted = {
        word
        for path in (DOCS / "guide" / language).glob("[0-9]*.md")
        for word in re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", path.read_text(encoding="utf-8"))
    }
    assert sorted(quoted - known) == []


def _on_screen(language: str) -> Iterator[str]:
    for message in words._read():
        found = message.string if language == "nl" else message.id
        yield from found if isinstance(found, list | tuple) else [found]


def calls_in(text: str) -> Iterator[tuple[str, list[str]]]:
    """Every command of ours that a text names, with its options."""
    for line in re.findall(r"`([^`\n]+)`", text) + re.findall(r"^(?:\.venv/bin/)?bekwaam .*$", text, re.MULTILINE):
        match = CALL.match(line.split("  #")[0].strip())
        if match:
            yield match[2], [word for word in shlex.split(match[3]) if word.startswith("--")]


def grammar() -> dict[str, set[str]]:
    """Every command with its options."""
    commands = next(action for action in parser()._actions if action.choices)
    return {
        name: {option for action in command._actions for option in action.option_strings}
        for name, command in dict(commands.choices or {}).items()  # type: ignore[arg-type]
    }


@pytest.mark.parametrize("page", PAGES, ids=identity)
def test_commands_are_those_of_the_program(page: Path) -> None:
    known = grammar()
    for command, options in calls_in(page.read_text(encoding="utf-8")):
        assert command in known, command
        assert set(options) <= known[command], command


def test_every_command_is_in_the_guide() -> None:
    guide = "\n".join(path.read_text(encoding="utf-8") for path in (DOCS / "guide" / "en").glob("*.md")) + README
    assert sorted(set(grammar()) - {"demo"} - {command for command, _options in calls_in(guide)}) == []


def test_the_two_commands_of_the_readme_are_targets() -> None:
    named = re.findall(r"^make (\w+)", README, re.MULTILINE)
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert named[:2] == ["demo", "test"]
    assert sorted(set(named) - set(targets)) == []


def test_the_readme_fits_on_a_screen_and_has_a_picture() -> None:
    picture = DOCS / "pictures" / "this-week.png"
    assert len(README.splitlines()) < 60
    assert identity(picture) in README
    assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert picture.stat().st_size <= MOST_BYTES


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert [number for number in range(1, 10) if f"   {number}. " not in text] == []
    assert "END OF TERMS AND CONDITIONS" in text


def test_settings_in_the_docs_are_those_the_program_reads() -> None:
    table = (DOCS / "settings.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    told = {name for row in rows for name in re.findall(r"`([A-Z][A-Z_]+)`", row)}
    source = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    read = {name for text in source for name in FROM_ENVIRONMENT.findall(text)}
    assert told == read - NOT_OURS


def test_every_method_page_says_when_not_to_trust_it() -> None:
    pages = [path for path in (DOCS / "methods").glob("*.md") if path.name != "README.md"]
    contents = LINK.findall((DOCS / "methods" / "README.md").read_text(encoding="utf-8"))
    assert sorted(contents) == sorted(path.name for path in pages)
    assert [path.name for path in pages if "\n## When not to trust it" not in path.read_text(encoding="utf-8")] == []


def test_a_method_page_names_code_that_exists() -> None:
    """`bekwaam.a.b` in a method page is a module."""
    missing = [
        f"{path.name}: {name}"
        for path in (DOCS / "methods").glob("*.md")
        for name in re.findall(r"`(bekwaam(?:\.\w+)+)`", path.read_text(encoding="utf-8"))
        if not _is_module(name)
    ]
    assert missing == []


def _is_module(name: str) -> bool:
    place = ROOT / "src" / Path(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").exists()


ROW = re.compile(r"^\|([^|]+)\|([^|]+)\|", re.MULTILINE)
PATH = re.compile(r"`([\w.][\w./<>-]*(?:/|\.py|\.md|\.html|\.js|\.css|\.po|\.d))`")


@pytest.mark.parametrize("page", [ROOT / "CONTRIBUTING.md", DOCS / "map.md"], ids=identity)
def test_the_files_to_touch_exist(page: Path) -> None:
    """Paths in these pages are read from the root, from `src/bekwaam`, or from a room."""
    missing = [name for name in PATH.findall(page.read_text(encoding="utf-8")) if "<" not in name and not _found(name)]
    assert missing == []


def _found(name: str) -> bool:
    source = ROOT / "src" / "bekwaam"
    roots = [ROOT, source, source / "workspaces", source / "workspaces" / "customers"]
    return any((root / name).exists() for root in roots)


def test_every_folder_of_the_code_stands_on_the_map() -> None:
    text = (DOCS / "map.md").read_text(encoding="utf-8")
    source = ROOT / "src" / "bekwaam"
    folders = [path.parent for path in [*source.glob("*/__init__.py"), *source.glob("*/*/__init__.py")]]
    named = [path for path in folders if path.name not in {"models", "migrations", "forms", "templatetags", "formats"}]
    assert [identity(path) for path in named if not re.search(rf"`(?:[\w/]+/)?{path.name}`", text)] == []

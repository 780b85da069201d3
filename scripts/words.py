"""The words on the screen: gather them from source and templates, add Dutch ones, check and compile the catalogue.

    words.py gather    bring the catalogue in line with the source (new words empty, dead words gone)
    words.py set       add or change Dutch words, read as JSON from standard input
    words.py check     name every word without Dutch, every fuzzy one and every placeholder that differs
    words.py compile   write django.mo, as `make ready` does

English is the source text. Extraction needs no gettext programs: Django's `templatize` turns a template into
source that Babel's Python extractor reads.
"""

from __future__ import annotations

import fcntl
import io
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "bekwaam"
CATALOGUE = SOURCE / "locale" / "nl" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "gettext_noop": None,
    "_n": (1, 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def gathered() -> Catalog:
    """Every translatable message of the source, with the files it stands in."""
    catalogue = Catalog(locale="nl", domain="django")
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        if "migrations" in path.parts:
            continue
        for _line, message, comments, context in extract("python", _readable(path), keywords=KEYWORDS):
            place = [(path.relative_to(ROOT).as_posix(), 0)]
            catalogue.add(message, locations=place, auto_comments=comments, context=context)
    return catalogue


def _readable(path: Path) -> io.BytesIO:
    text = path.read_text(encoding="utf-8")
    return io.BytesIO((text if path.suffix == ".py" else templatize(text)).encode())


@contextmanager
def catalogue_on_disk() -> Iterator[Catalog]:
    """The Dutch catalogue, read and written back under a lock."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with (CATALOGUE.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        catalogue = _read()
        yield catalogue
        _write(catalogue)


def _write(catalogue: Catalog) -> None:
    """First whole beside it, then in its place: words that cannot be written cost the others nothing."""
    fresh = CATALOGUE.with_suffix(".new")
    with fresh.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, omit_header=False, ignore_obsolete=True)
    fresh.replace(CATALOGUE)


def _read() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="nl", domain="django", project="Bekwaam", fuzzy=False)
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="nl", domain="django")


def gather() -> list[str]:
    """Bring the catalogue in line with the source; the words that still lack Dutch."""
    fresh = gathered()
    with catalogue_on_disk() as catalogue:
        known = {(message.id, message.context): message.string for message in catalogue if message.id}
        for key in [*known]:
            catalogue.delete(key[0], context=key[1])
        for message in fresh:
            if message.id:
                _add(catalogue, message, known.get((message.id, message.context)) or _same_singular(message, known))
    return faults()


def _same_singular(message: Message, known: dict[Any, Any]) -> Any:
    return next((string for (ident, _), string in known.items() if _first(ident) == _first(message.id)), None)


def _first(ident: Any) -> str:
    return ident[0] if isinstance(ident, tuple | list) else ident


def _add(catalogue: Catalog, message: Message, string: Any) -> None:
    plural = isinstance(message.id, tuple | list)
    fits = isinstance(string, tuple | list) == plural
    flags = [flag for flag in message.flags if flag != "fuzzy"]
    words = string if string and fits else (("", "") if plural else "")
    catalogue.add(message.id, words, locations=message.locations, flags=flags, context=message.context)


def put(words: dict[str, Any]) -> None:
    """Add or change Dutch words: {"English": "Nederlands"} or {"English": {"plural": …, "nl": [one, many]}}."""
    with catalogue_on_disk() as catalogue:
        for english, dutch in words.items():
            ident, string, context = english, dutch, None
            if isinstance(dutch, dict):
                ident, string, context = (english, dutch["plural"]), tuple(dutch["nl"]), dutch.get("context")
            catalogue.delete(english, context=context)
            catalogue.add(ident, string, context=context)


def faults() -> list[str]:
    """One sentence per message whose Dutch is missing, fuzzy, or has other placeholders than the English."""
    found = []
    for message in _read():
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        if not all(strings):
            found.append(f"no Dutch: {_first(message.id)!r}")
        elif message.fuzzy:
            found.append(f"fuzzy: {_first(message.id)!r}")
        else:
            found.extend(_placeholder_faults(message, strings))
    return found


def _placeholder_faults(message: Message, strings: Any) -> list[str]:
    idents = message.id if isinstance(message.id, tuple | list) else [message.id]
    allowed = {name for ident in idents for name in _placeholders(ident)}
    return [f"placeholders differ: {text!r}" for text in strings if not _placeholders(text) <= allowed]


def _placeholders(text: str) -> set[str]:
    return {a or b for a, b in PLACEHOLDER.findall(text)}


def compiled() -> None:
    """Write django.mo beside the catalogue."""
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, _read())


def main(command: str) -> int:
    settings.configure() if not settings.configured else None
    if command == "set":
        put(json.load(sys.stdin))
        return 0
    if command == "compile":
        compiled()
        return 0
    found = gather() if command == "gather" else faults()
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))

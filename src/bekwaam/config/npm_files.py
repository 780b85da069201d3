"""The files of npm packages that pages may ask for, by name. Nothing else of `node_modules` is ever served."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NODE_MODULES = Path(__file__).resolve().parents[3] / "node_modules"
PREFIX = "npm"
_FONTS = "@fontsource-variable"

FILES = (
    f"{_FONTS}/inter/files/inter-latin-opsz-normal.woff2",
    f"{_FONTS}/inter/files/inter-latin-ext-opsz-normal.woff2",
    f"{_FONTS}/source-serif-4/files/source-serif-4-latin-opsz-normal.woff2",
    f"{_FONTS}/source-serif-4/files/source-serif-4-latin-ext-opsz-normal.woff2",
    "echarts/dist/echarts.esm.min.mjs",
)


class NpmFilesFinder(BaseFinder):
    """Finds the named files under `npm/`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=NODE_MODULES)
        self.storage.prefix = PREFIX

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        """The place of a named file on disk, or nothing."""
        name = path.removeprefix(f"{PREFIX}/")
        place = NODE_MODULES / name
        if name == path or name not in FILES or not place.exists():
            return []
        return [str(place)] if find_all else str(place)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        """The named files that are installed."""
        return [(name, self.storage) for name in FILES if (NODE_MODULES / name).exists()]

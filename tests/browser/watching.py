"""A page, with everything the browser complained about."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page


@dataclass
class Watched:
    """A page, with everything the browser complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

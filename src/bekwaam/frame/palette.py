"""The palette: what can be done and asked in every room, gathered for whoever asks.

A room says it once, in its own `palette.py`, as three tuples (each may be left out):

    ACTIONS = (Action(_("Read in a file"), "import_new", "imports.write", key="i"),)
    QUESTIONS = (Question(_("What has been read in?"), "data", "imports.read"),)
    RECORDS = (RecordPage("customers", _("Customers"), address=lambda number: reverse("customer", args=[number])),)

What belongs to one page stands on that page: a link or button with `data-palette-action` comes first in the palette,
and its `data-palette-key` is a letter that works there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bekwaam.access.policy import may
from bekwaam.terms.actor import Actor


@dataclass(frozen=True)
class Action:
    """Something that can be done: in the imperative, on which page, and what an actor must be allowed for it.

    Attributes:
        key: a single letter that goes there from any page; j, k, / and ? are taken.
    """

    title: str | Promise
    url_name: str
    action: str
    key: str = ""


@dataclass(frozen=True)
class Question:
    """A question that a page answers: its title."""

    title: str | Promise
    url_name: str
    action: str


@dataclass(frozen=True)
class RecordPage:
    """Where a kind of record is read: what the screen calls the kind, and the address of one, by its key."""

    kind: str
    title: str | Promise
    address: Callable[[str], str]


@dataclass(frozen=True)
class Line:
    """A line of the palette.

    Attributes:
        pieces: what it says, in pieces, each with whether it was typed.
    """

    pieces: list[tuple[str, bool]]
    url: str
    remark: str = ""
    key: str = ""
    is_record: bool = False

    @property
    def title(self) -> str:
        """What it says."""
        return "".join(piece for piece, _is_hit in self.pieces)


@dataclass(frozen=True)
class Section:
    """Lines of one sort under their head; with `more_url` there are more."""

    title: str | Promise
    lines: list[Line]
    more_url: str = ""


SHELL = (
    Action(_("Make a questionnaire"), "questionnaire_new", "questionnaires.write"),
    Action(_("Invite a colleague"), "invite", "users.write"),
    Action(_("Change the details of the company"), "company", "settings.write"),
    Action(_("Change my settings"), "me", "me.write"),
    Action(_("Choose another password"), "password", "me.write"),
)
"""What can be done outside the rooms; an address that is not there is left out."""

SHELL_QUESTIONS = (Question(_("Who has not answered yet?"), "questionnaires", "questionnaires.read"),)
"""The questions that pages outside the rooms answer."""


def actions_for(actor: Actor) -> list[Line]:
    """What the actor may do, room by room."""
    return _lines([*_declared("ACTIONS"), *SHELL], actor)


def questions_for(actor: Actor) -> list[Line]:
    """The questions whose answers the actor may read."""
    return _lines([*_declared("QUESTIONS"), *SHELL_QUESTIONS], actor)


def start_for(actor: Actor) -> list[Section]:
    """What the palette shows before anything is typed."""
    found = [Section(_("Actions"), actions_for(actor)), Section(_("Questions"), questions_for(actor))]
    return [section for section in found if section.lines]


def record_pages() -> dict[str, RecordPage]:
    """Where each kind of record is read."""
    return {page.kind: page for page in _declared("RECORDS")}


def _declared(name: str) -> Iterator[Any]:
    for package in settings.BEKWAAM_ROOMS:
        yield from getattr(import_module(f"{package}.palette"), name, ())


def _lines(declared: Sequence[Action | Question], actor: Actor) -> list[Line]:
    found = []
    for one in declared:
        url = _address(one.url_name) if may(actor, one.action) else ""
        if url:
            found.append(Line([(str(one.title), False)], url, key=getattr(one, "key", "")))
    return found


def _address(url_name: str) -> str:
    try:
        return str(reverse(url_name))
    except NoReverseMatch:
        return ""

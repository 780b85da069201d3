"""The users of the demo: one for each role, with one password for all."""

from __future__ import annotations

import json
import os
import secrets
import string
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from bekwaam.access.actions import Person, create_user
from bekwaam.access.models import User
from bekwaam.access.models.user import Role
from bekwaam.access.policy import LEADER, MARGINS, ROLES
from bekwaam.terms.errors import Refused

HOST: Final = "demo.example"
NOTE: Final = "demo-sign-in.json"
FILES: Final = "demo-files"
"""The folder in the home with the demo's files, as an ERP and a CRM would have written them."""
_SIGNS: Final = "".join(sorted(set(string.ascii_lowercase + string.digits) - set("01lo")))
_GROUPS, _LENGTH = 4, 4


@dataclass(frozen=True)
class SignIn:
    """How to get in with one role."""

    role: str
    email: str
    password: str


def note_of(home: Path) -> Path:
    """Where the demo keeps its password; this file also marks a home as the demo's."""
    return home / NOTE


def must_be_demo(home: Path) -> None:
    """Refuse a home that someone uses: its new users would have a password that lies open.

    Raises:
        Refused: `not_a_demo`.
    """
    if (home / "bekwaam.sqlite3").exists() and not note_of(home).exists():
        raise Refused("not_a_demo", folder=str(home))


def mark(home: Path) -> None:
    """Make this home the demo's, with a password drawn now. Safe to repeat."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(note_of(home), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"password": _drawn()}, file)


def _drawn() -> str:
    """Four groups of four signs that cannot be mistaken for each other: 80 bits."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_LENGTH)) for _ in range(_GROUPS))


def sign_ins() -> list[SignIn]:
    """How to get in, per role."""
    note = json.loads(note_of(settings.BEKWAAM_HOME.path).read_text(encoding="utf-8"))
    return [SignIn(str(Role(role).label), _address(role), note["password"]) for role in ROLES]


def _address(role: str) -> str:
    return f"{role.replace('_', '-')}@{HOST}"


def move_in() -> None:
    """Make the users that are not there yet. The leader sees margins."""
    password = sign_ins()[0].password
    with transaction.atomic():
        present = set(User.objects.filter(email__endswith=f"@{HOST}").values_list("email", flat=True))
        for role in ROLES:
            if _address(role) not in present:
                person = Person(email=_address(role), name=str(Role(role).label))
                create_user(person, roles=(role,), rights=(MARGINS,) if role == LEADER else (), password=password)

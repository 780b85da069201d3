"""From the demo to one's own company: everything of the demo goes out of this home, and the home is the visitor's.

What was imported is undone by the same jobs as any import, newest first; what rests on it goes at once. The users of
the demo go too: their password lies open. Whoever asked arrives at the page of a new installation's first
administrator. See docs/decisions/0006.
"""

from __future__ import annotations

import shutil

from django.conf import settings
from django.db import transaction

from bekwaam.access import actions, audit
from bekwaam.access.company import change_company
from bekwaam.access.demand import require
from bekwaam.access.models import User
from bekwaam.access.scope import system_door
from bekwaam.demo import people
from bekwaam.records.kinds import KINDS
from bekwaam.records.models import Batch, Run
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused
from bekwaam.workspaces.data.actions import undo


def is_demo() -> bool:
    """Whether this home is the demo's."""
    return people.note_of(settings.BEKWAAM_HOME.path).exists()


def leave(actor: Actor) -> str:
    """Empty the demo; the path of the one-time link for its new administrator, or of the sign-in page when there is
    one already (someone who was invited with an address of his own).

    Raises:
        Refused: `not_a_demo` in any other home.
    """
    require(actor, "settings.write")
    if not is_demo():
        raise Refused("not_a_demo", folder=str(settings.BEKWAAM_HOME.path))
    with transaction.atomic(), system_door():
        _take_imports_back(actor)
        change_company(actor, {"name": ""})
        _let_users_go(actor)
        link = actions.first_admin_link("")
        transaction.on_commit(_forget)
    return link or "/sign-in/"


def _take_imports_back(actor: Actor) -> None:
    """Records that a visitor changed go as well: of the demo nothing is anybody's own."""
    for how in KINDS.values():
        how.model.objects.filter(touched_at__isnull=False).update(touched_at=None)
    for batch in Batch.objects.filter(state=Batch.State.DONE, made_by="system").order_by("-pk"):
        undo(batch, actor=actor)
    Run.objects.all().delete()


def _let_users_go(actor: Actor) -> None:
    for user in User.objects.filter(email__endswith=f"@{people.HOST}"):
        audit.record(actor, "users.removed", user, before=audit.snapshot(user))
        user.delete()


def _forget() -> None:
    home = settings.BEKWAAM_HOME.path
    shutil.rmtree(home / people.FILES, ignore_errors=True)
    people.note_of(home).unlink(missing_ok=True)

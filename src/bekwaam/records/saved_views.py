"""Saved views: who sees which, and what their owner may do with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from bekwaam.access import audit
from bekwaam.access.demand import require
from bekwaam.access.scope import system_door
from bekwaam.records.models import SavedView
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused

MOST_PER_OWNER = 40


@dataclass(frozen=True)
class ViewWords:
    """What is saved: the list, the name, the address behind the list's own, and for whom."""

    list_code: str
    name: str
    query: str
    is_shared: bool = False
    is_default: bool = False


def views_of(list_code: str, actor: Actor) -> list[Any]:
    """The views on a list that the actor has as tabs: his own first, then what others share."""
    found = [view.as_seen_by(actor) for view in SavedView.scoped(actor).filter(list_code=list_code)]
    return sorted(found, key=lambda view: not view.is_own)


def own_view(pk: int, actor: Actor) -> Any:
    """One's own saved view; None when it is someone else's or gone."""
    return SavedView.scoped(actor).filter(pk=pk, owner_id=actor.user_id).first()


@transaction.atomic
def save_view(actor: Actor, words: ViewWords) -> SavedView:
    """Keep a view under a name; the same name once more changes the view that has it.

    Raises:
        Refused: `too_many_views`.
    """
    require(actor, "me.write")
    with system_door():
        mine = SavedView.objects.filter(list_code=words.list_code, owner_id=actor.user_id)
        view = mine.filter(name=words.name).first()
        if view is None and mine.count() >= MOST_PER_OWNER:
            raise Refused("too_many_views", highest=MOST_PER_OWNER)
        if words.is_default:
            mine.update(is_default=False)
        if view is None:
            last = mine.aggregate(last=Max("position"))["last"] or 0
            view = SavedView(list_code=words.list_code, name=words.name, owner_id=actor.user_id, position=last + 1)
        before = audit.snapshot(view) if view.pk else {}
        view.query, view.is_shared, view.is_default = words.query, words.is_shared, words.is_default
        view.save()
        audit.record(actor, "views.saved", view, before=before, after=audit.snapshot(view))
    return view


@transaction.atomic
def change_view(actor: Actor, view: SavedView, *, name: str, query: str, is_shared: bool, is_default: bool) -> None:
    """Rename a view, point it at another state, share it, or open the list with it.

    Raises:
        Refused: `view_name_taken`.
    """
    require(actor, "me.write")
    with system_door():
        mine = SavedView.objects.filter(list_code=view.list_code, owner_id=actor.user_id)
        if mine.exclude(pk=view.pk).filter(name=name).exists():
            raise Refused("view_name_taken", name=name)
        before = audit.snapshot(view)
        if is_default:
            mine.exclude(pk=view.pk).update(is_default=False)
        view.name, view.query, view.is_shared, view.is_default = name, query, is_shared, is_default
        view.save()
        audit.record(actor, "views.changed", view, before=before, after=audit.snapshot(view))


@transaction.atomic
def remove_view(actor: Actor, view: SavedView) -> None:
    """Take a view away; what it showed stays where it is."""
    require(actor, "me.write")
    with system_door():
        audit.record(actor, "views.removed", view, before=audit.snapshot(view))
        view.delete()

"""The page on which everyone sees everything that is kept about him, and who may look."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bekwaam.access import known, queries, tiers
from bekwaam.access.doors import needs
from bekwaam.access.indicators import INDICATORS, RESULTS
from bekwaam.access.models.user import Role
from bekwaam.faces.web.known_labels import CHANGES, TABLES
from bekwaam.terms.actor import Actor


@needs("me.read")
def me_known(request: HttpRequest) -> HttpResponse:
    """What does Bekwaam know about me?"""
    actor = request.actor
    context = {
        "held": queries.held_in_words(actor),
        "kept": [(TABLES[row.table, row.field], row.rows) for row in known.kept_about(actor)],
        "changes": [_change(entry, actor) for entry in known.changes_to(actor)],
        "figures": _figures(actor),
    }
    return render(request, "web/me_known.html", context)


def _change(entry: Any, actor: Actor) -> dict[str, Any]:
    return {
        "at": entry.at,
        "what": CHANGES.get(entry.action, entry.action),
        "by_me": entry.who == actor.key,
        "roles": ", ".join(str(Role(role).label) for role in entry.roles.split(",") if role in Role.values),
    }


def _figures(actor: Actor) -> list[dict[str, Any]]:
    """Per figure about persons whether it is on, and for whose eyes."""
    today, found = timezone.localdate(), []
    for code, indicator in INDICATORS.items():
        switch = None if indicator.tier == RESULTS else tiers.switch_in_force(code, today)
        found.append(
            {
                "label": indicator.label,
                "is_on": indicator.tier == RESULTS or switch is not None,
                "is_fixed": indicator.tier == RESULTS,
                "viewers": ", ".join(str(Role(role).label) for role in switch.viewers) if switch else "",
                "purpose": switch.purpose if switch else "",
                "ends_on": switch.ends_on if switch else None,
            }
        )
    return found

"""The second lock: an action asks for itself whether its actor may do it, whatever page called it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from bekwaam.access.policy import may
from bekwaam.terms.actor import Actor


def require(actor: Actor, action: str) -> None:
    """Stop an action that the actor may not do.

    Raises:
        PermissionDenied: he may not; Django answers with the page for it.
    """
    if not may(actor, action):
        raise PermissionDenied(action)

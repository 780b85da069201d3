"""Tokens for programs: made, found and withdrawn. Whoever holds one has the reach of its user, read anew each time."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from bekwaam.access import audit
from bekwaam.access.demand import require
from bekwaam.access.links import hashed
from bekwaam.access.models import ApiToken, User
from bekwaam.access.scope import system_door
from bekwaam.terms.actor import Actor

PREFIX: Final = "bkw_"
"""So that a scanner for secrets, or a person, sees what a stray text is."""

LONGEST: Final = timedelta(days=366)


def make(actor: Actor, name: str, *, days: int = 90) -> tuple[ApiToken, str]:
    """A new token for the actor himself; its text is shown once and not kept.

    Raises:
        ValueError: no name, or a time that is not between a day and a year.
    """
    require(actor, "me.write")
    if not name.strip() or not timedelta(days=1) <= timedelta(days=days) <= LONGEST:
        raise ValueError("a token needs a name and an end within a year")
    text, now = PREFIX + secrets.token_urlsafe(32), timezone.now()
    with transaction.atomic(), system_door():
        token = ApiToken.objects.create(
            user_id=actor.user_id,
            name=name.strip(),
            token_hash=hashed(text),
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        audit.record(actor, "tokens.made", token, after=audit.snapshot(token))
    return token, text


def withdraw(actor: Actor, token: ApiToken) -> None:
    """The token stops working at once."""
    require(actor, "me.write")
    with transaction.atomic(), system_door():
        before = audit.snapshot(token)
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        audit.record(actor, "tokens.withdrawn", token, before=before, after=audit.snapshot(token))


def user_of(text: str) -> User | None:
    """Whose token this is, while it works: known, not withdrawn, not expired, and its user's account open."""
    with system_door():
        working = ApiToken.objects.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())
        token = working.select_related("user").filter(token_hash=hashed(text)).first()
    return token.user if token is not None and token.user.is_active else None

"""One-time links: made, found and used up. Only the hash of a token is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from bekwaam.access.models import OneTimeLink, User
from bekwaam.access.scope import system_door
from bekwaam.terms.actor import Actor

Kind = OneTimeLink.Kind
LIFETIME: Final = {
    Kind.FIRST_ADMIN: timedelta(days=3),
    Kind.INVITATION: timedelta(days=7),
    Kind.RESET: timedelta(days=1),
}


def make(kind: Any, actor: Actor, user: User | None = None) -> str:
    """A new token; earlier links for the same person no longer work. The token is shown once and not kept."""
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    with system_door():
        revoke(user)
        OneTimeLink.objects.create(
            kind=kind,
            token_hash=hashed(token),
            user=user,
            made_by=actor.key,
            made_at=now,
            expires_at=now + LIFETIME[kind],
        )
    return token


def revoke(user: User | None) -> None:
    """Every unused link for this person (None: for the first admin) stops working."""
    with system_door():
        OneTimeLink.objects.filter(user=user, used_at__isnull=True).update(expires_at=timezone.now())


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str) -> OneTimeLink | None:
    """The link of this token while it works: known, not used, not expired, and its user's account open."""
    with system_door():
        link = _working().select_related("user").filter(token_hash=hashed(token)).first()
    if link is None or (link.user is not None and not link.user.is_active):
        return None
    return link


def use_up(link: OneTimeLink) -> bool:
    """Mark the link as used; False when another request was first."""
    with system_door():
        return bool(_working().filter(pk=link.pk).update(used_at=timezone.now()))


def _working() -> QuerySet[OneTimeLink]:
    return OneTimeLink.objects.filter(used_at__isnull=True, expires_at__gt=timezone.now())


def address(base_url: str, token: str) -> str:
    """The link as a person opens it."""
    return base_url.rstrip("/") + reverse("accept", args=[token])

"""Answers kept under a key of the sender: sent twice, done once (IETF draft idempotency-key-header)."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Final

from django.utils import timezone

from bekwaam.access.models import KeptAnswer
from bekwaam.access.scope import system_door
from bekwaam.terms.actor import Actor

KEPT_FOR: Final = timedelta(days=7)
LONGEST_KEY: Final = 200


def fingerprint(method: str, path: str, body: bytes) -> str:
    """What a request asks: the same key may not ask something else."""
    return hashlib.sha256(b"\0".join([method.encode(), path.encode(), body])).hexdigest()


def earlier(actor: Actor, key: str) -> KeptAnswer | None:
    """The answer that this actor got under this key."""
    return KeptAnswer.scoped(actor).filter(key=key).first()


def keep(actor: Actor, key: str, asked: str, *, status: int, content: str) -> None:
    """Keep an answer, in the transaction of what it answers; those older than a week go."""
    now = timezone.now()
    with system_door():
        KeptAnswer.objects.filter(made_at__lt=now - KEPT_FOR).delete()
        KeptAnswer.objects.create(
            who=actor.key, key=key, fingerprint=asked, status=status, content=content, made_at=now
        )

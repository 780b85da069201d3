"""The three tiers of figures about persons, and the switch of each.

Results per portfolio are normal figures. Work behaviour and levels stay off until an admin records, per figure, the
works council's document, the purpose, who may look and until when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bekwaam.access import audit
from bekwaam.access.demand import require
from bekwaam.access.indicators import INDICATORS, RESULTS
from bekwaam.access.models import PersonIndicator
from bekwaam.access.policy import ADMIN, BOARD, FAIR_STAFF, ROLES
from bekwaam.access.scope import system_door
from bekwaam.terms.actor import Actor

VIEWERS: Final = tuple(role for role in ROLES if role not in (ADMIN, BOARD, FAIR_STAFF))
"""The roles that may ever look: the board sees teams only, an administrator and stand staff nothing."""


@dataclass(frozen=True)
class Ground:
    """On what ground a figure about persons is switched on.

    Attributes:
        document: where the works council's consent is laid down.
        purpose: what the figure is for.
        viewers: the roles that may look; the person concerned always may.
        ends_on: the last day.
    """

    document: str
    purpose: str
    viewers: tuple[str, ...]
    ends_on: date


def is_on(indicator: str, actor: Actor, today: date, *, about: int | None = None) -> bool:
    """Whether the actor may see this figure today.

    Args:
        about: the user whom the figure is about; whoever is switched on for himself may always look.

    Raises:
        KeyError: there is no such figure.
    """
    if INDICATORS[indicator].tier == RESULTS:
        return True
    switch = switch_in_force(indicator, today)
    if switch is None:
        return False
    is_own = about is not None and about == actor.user_id
    return is_own or bool(actor.roles & set(switch.viewers))


def switch_in_force(indicator: str, today: date) -> PersonIndicator | None:
    """The recorded decision that holds today, if any."""
    with system_door():
        return _open_switches(indicator).filter(starts_on__lte=today, ends_on__gte=today).first()


def _open_switches(indicator: str) -> QuerySet[PersonIndicator]:
    rows: QuerySet[PersonIndicator] = PersonIndicator.objects.filter(indicator=indicator, closed_at__isnull=True)
    return rows


def switch_on(actor: Actor, indicator: str, ground: Ground, *, today: date | None = None) -> PersonIndicator:
    """Record the works council's decision on one figure; an earlier one is closed.

    Raises:
        KeyError: there is no such figure.
        ValueError: it is always on, or the ground is not complete.
    """
    require(actor, "switches.write")
    day = today or timezone.localdate()
    _check(indicator, ground, day)
    with transaction.atomic(), system_door():
        _close(actor, indicator)
        switch: PersonIndicator = PersonIndicator.objects.create(
            indicator=indicator,
            tier=INDICATORS[indicator].tier,
            document=ground.document.strip(),
            purpose=ground.purpose.strip(),
            viewers=sorted(ground.viewers),
            starts_on=day,
            ends_on=ground.ends_on,
            made_by=actor.key,
            made_at=timezone.now(),
        )
        audit.record(actor, "switches.on", switch, after=audit.snapshot(switch))
    return switch


def _check(indicator: str, ground: Ground, today: date) -> None:
    if INDICATORS[indicator].tier == RESULTS:
        raise ValueError(f"{indicator} is always on")
    if not ground.document.strip() or not ground.purpose.strip():
        raise ValueError("a switch needs a document and a purpose")
    if not ground.viewers or not set(ground.viewers) <= set(VIEWERS):
        raise ValueError("a switch needs viewers, and only roles that may ever look")
    if not today <= ground.ends_on <= today + timedelta(days=5 * 366):
        raise ValueError("a switch ends on a day within five years")


def switch_off(actor: Actor, indicator: str) -> None:
    """Switch one figure off, at once."""
    require(actor, "switches.write")
    with transaction.atomic(), system_door():
        _close(actor, indicator)


def _close(actor: Actor, indicator: str) -> None:
    for switch in _open_switches(indicator).select_for_update():
        before = audit.snapshot(switch)
        switch.closed_by = actor.key
        switch.closed_at = timezone.now()
        switch.save(update_fields=["closed_by", "closed_at"])
        audit.record(actor, "switches.off", switch, before=before, after=audit.snapshot(switch))

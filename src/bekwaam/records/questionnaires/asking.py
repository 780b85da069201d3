"""Asking: a wave, who is invited, the links, and what ends it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from bekwaam.access import audit
from bekwaam.access.demand import require
from bekwaam.access.links import hashed
from bekwaam.access.scope import system_door
from bekwaam.records.models import Answer, Invitation, InvitationLink, Questionnaire, Response, Wave
from bekwaam.records.questionnaires.making import languages, require_switch
from bekwaam.terms.actor import Actor
from bekwaam.terms.errors import Refused

LONGEST: Final = timedelta(days=366)
MOST_REMINDERS: Final = 3
MOST_INVITED: Final = 5_000
TOKEN_BYTES: Final = 32


@dataclass(frozen=True)
class Plan:
    """A wave as somebody wants it. `reminder_days` count from the day on which the invitation left."""

    opens_on: date
    closes_on: date
    mode: str = Wave.Mode.ONCE
    is_anonymous: bool = False
    by_mail: bool = False
    reminder_days: tuple[int, ...] = ()


@dataclass(frozen=True)
class Invitee:
    """Somebody to ask; all may stay empty for a link that is passed on by hand."""

    name: str = ""
    email: str = ""
    language: str = "nl"
    customer_id: int | None = None


@dataclass(frozen=True)
class Handed:
    """A link, shown once: whose it is, and its token."""

    invitation: Invitation
    token: str


@transaction.atomic
def plan_wave(actor: Actor, questionnaire: Questionnaire, plan: Plan) -> Wave:
    """A wave of a questionnaire that can be read whole in at least one language.

    Raises:
        PermissionDenied: he may not.
        Refused: `rating_round_off`, `questionnaire_empty`, `questionnaire_half`, `wave_days`, `wave_reminders`,
            `wave_anonymous_once`.
    """
    require(actor, "questionnaires.write")
    require_switch(actor, questionnaire.purpose)
    _check(plan)
    with system_door():
        questions = list(questionnaire.questions.all())
        if not questions:
            raise Refused("questionnaire_empty", title=str(questionnaire))
        if not languages(questionnaire, questions):
            raise Refused("questionnaire_half", title=str(questionnaire))
        wave = Wave.objects.create(
            questionnaire=questionnaire,
            opens_on=plan.opens_on,
            closes_on=plan.closes_on,
            mode=plan.mode,
            is_anonymous=plan.is_anonymous,
            by_mail=plan.by_mail,
            reminder_days=sorted(set(plan.reminder_days)),
            made_by=actor.key,
            made_at=timezone.now(),
        )
        audit.record(actor, "questionnaires.wave_made", wave, after=audit.snapshot(wave))
    return wave


def _check(plan: Plan) -> None:
    today = timezone.localdate()
    if not today <= plan.opens_on <= plan.closes_on <= plan.opens_on + LONGEST:
        raise Refused("wave_days", opens=plan.opens_on, closes=plan.closes_on)
    length = (plan.closes_on - plan.opens_on).days
    days = set(plan.reminder_days)
    if len(days) > MOST_REMINDERS or not all(1 <= day <= max(length, 1) for day in days):
        raise Refused("wave_reminders", highest=MOST_REMINDERS, days=length)
    if plan.is_anonymous and plan.mode != Wave.Mode.ONCE:
        raise Refused("wave_anonymous_once")


@transaction.atomic
def invite(actor: Actor, wave: Wave, invitees: list[Invitee]) -> tuple[list[Invitation], int]:
    """The invitations that were made, and how many were left out: who is invited already, and who asked not to be
    asked this again.

    Raises:
        PermissionDenied: he may not.
        Refused: `rating_round_off`, `wave_over`, `invited_too_many`.
    """
    require(actor, "questionnaires.write")
    with system_door():
        held = _lasting(actor, wave)
        if held.invitations.count() + len(invitees) > MOST_INVITED:
            raise Refused("invited_too_many", highest=MOST_INVITED)
        closed = _addresses_not_to_ask(held)
        made = []
        for one in invitees:
            address = one.email.strip().lower()
            if address and address in closed:
                continue
            closed.add(address)
            made.append(Invitation(wave=held, made_at=timezone.now(), **_person(one, address)))
        Invitation.objects.bulk_create(made)
        audit.record_many(actor, "questionnaires.invited", [(one, {}, audit.snapshot(one)) for one in made])
    return made, len(invitees) - len(made)


def _person(one: Invitee, address: str) -> dict[str, object]:
    return {"name": one.name.strip(), "email": address, "language": one.language, "customer_id": one.customer_id}


def _lasting(actor: Actor, wave: Wave) -> Wave:
    """The wave, locked, while it is not over."""
    held: Wave = Wave.objects.select_for_update(of=("self",)).select_related("questionnaire").get(pk=wave.pk)
    require_switch(actor, held.questionnaire.purpose)
    if held.state(timezone.localdate()) in ("closed", "withdrawn"):
        raise Refused("wave_over")
    return held


def _addresses_not_to_ask(wave: Wave) -> set[str]:
    """Those invited to this wave, and those who stopped any version of this questionnaire."""
    family = wave.questionnaire.family
    invited = Invitation.objects.filter(wave=wave).exclude(email="")
    stopped = Invitation.objects.filter(opted_out_at__isnull=False).exclude(email="")
    of_family = stopped.filter(wave__questionnaire__pk=family) | stopped.filter(
        wave__questionnaire__first_version=family
    )
    return {*invited.values_list("email", flat=True), *of_family.values_list("email", flat=True)}


@transaction.atomic
def hand_out(actor: Actor, wave: Wave) -> list[Handed]:
    """A fresh link for everyone who may still answer: to be shown once. Earlier links of theirs keep working.

    Raises:
        PermissionDenied: he may not.
        Refused: `rating_round_off`, `wave_over`.
    """
    require(actor, "questionnaires.write")
    with system_door():
        held = _lasting(actor, wave)
        waiting = list(held.invitations.filter(answered_at=None, opted_out_at=None, forgotten_at=None))
        handed = [Handed(one, token) for one, token in zip(waiting, fresh_tokens(waiting), strict=True)]
        held.invitations.filter(pk__in=[one.pk for one in waiting], sent_at=None).update(sent_at=timezone.now())
        audit.record(actor, "questionnaires.links", held, after={"links": len(handed)}, open_fields={"links"})
    return handed


def fresh_tokens(invitations: list[Invitation]) -> list[str]:
    """A token for each, of 256 bits; its hash is kept. Call it in the transaction of what hands them out."""
    now, tokens = timezone.now(), [secrets.token_urlsafe(TOKEN_BYTES) for _one in invitations]
    InvitationLink.objects.bulk_create(
        InvitationLink(invitation=one, token_hash=hashed(token), made_at=now)
        for one, token in zip(invitations, tokens, strict=True)
    )
    return tokens


@transaction.atomic
def withdraw(actor: Actor, wave: Wave) -> None:
    """End a wave at once: its links no longer work, no reminder leaves; what came back stays.

    Raises:
        PermissionDenied: he may not.
    """
    require(actor, "questionnaires.write")
    with system_door():
        held: Wave = Wave.objects.select_for_update().get(pk=wave.pk)
        if held.withdrawn_at is not None:
            return
        before = audit.snapshot(held)
        held.withdrawn_at = timezone.now()
        held.save(update_fields=["withdrawn_at"])
        audit.record(actor, "questionnaires.wave_withdrawn", held, before=before, after=audit.snapshot(held))


@transaction.atomic
def forget(actor: Actor, invitation: Invitation) -> None:
    """Whoever was invited is no longer known: his name, address, links and words go. That he was asked, and the
    numbers he gave, stay countable and are nobody's.

    Raises:
        PermissionDenied: he may not.
    """
    require(actor, "questionnaires.write")
    with system_door():
        held = Invitation.objects.select_for_update(of=("self",)).filter(pk=invitation.pk).first()
        if held is None:
            raise PermissionDenied("questionnaires.write")
        audit.record(actor, "questionnaires.forgotten", held)
        Answer.objects.filter(response__invitation=held, question__kind="text").delete()
        Response.objects.filter(invitation=held).update(invitation=None, submitted_at=None, language="")
        InvitationLink.objects.filter(invitation=held).delete()
        held.name, held.email, held.customer, held.forgotten_at = "", "", None, timezone.now()
        held.save(update_fields=["name", "email", "customer", "forgotten_at"])
        audit.forget(audit.person_of(held))

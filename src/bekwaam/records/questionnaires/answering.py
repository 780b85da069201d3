"""Answering: whose link it is, what came in with it, and *send me nothing more about this*."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from django.db import transaction
from django.utils import timezone

from bekwaam.access import audit
from bekwaam.access.links import hashed
from bekwaam.access.scope import system_door
from bekwaam.records.models import Answer, Invitation, Question, Response, Wave
from bekwaam.records.questionnaires.given import Given
from bekwaam.terms.actor import Actor

RESPONDENT: Final = Actor(key="respondent")


def find(token: str) -> Invitation | None:
    """The invitation of this token while it takes an answer: known, open, not stopped, and not used up."""
    invitation = _known(token)
    return invitation if invitation is not None and _takes_answer(invitation) else None


def _known(token: str) -> Invitation | None:
    with system_door():
        rows = Invitation.objects.select_related("wave__questionnaire")
        found: Invitation | None = rows.filter(links__token_hash=hashed(token)).first()
    return found


def _takes_answer(invitation: Invitation) -> bool:
    wave = invitation.wave
    is_used = invitation.answered_at is not None and wave.mode == Wave.Mode.ONCE
    return wave.is_open(timezone.localdate()) and invitation.opted_out_at is None and not is_used


def questions_of(invitation: Invitation) -> list[Question]:
    """What is asked."""
    with system_door():
        return list(Question.objects.filter(questionnaire=invitation.wave.questionnaire_id))


def earlier_answers(invitation: Invitation) -> dict[int, Given]:
    """What he answered before, by question, where the answer may still be changed."""
    with system_door():
        rows = Answer.objects.filter(response__invitation=invitation)
        return {row.question_id: Given(row.number, tuple(row.codes), row.text) for row in rows}


def was_sent(token: str, sending: str) -> bool:
    """Whether this very form came in before, by this link's wave: then it is thanked for once more."""
    invitation = _known(token)
    if invitation is None or not sending:
        return False
    with system_door():
        found = Response.objects.filter(wave=invitation.wave_id, sending_hash=_sending_hash(invitation, sending))
        return bool(found.exists())


def _sending_hash(invitation: Invitation, sending: str) -> str:
    """The number of the form alone: with the invitation in it an anonymous answer could be matched with whose it is."""
    key = "" if invitation.wave.is_anonymous else f"{invitation.pk}:"
    return hashed(f"{key}{sending}")


@transaction.atomic
def keep(token: str, given: dict[int, Given], *, language: str, sending: str) -> bool:
    """Keep an answer; False when the link takes none (any more). The same form twice is one answer.

    Args:
        given: by the key of the question.
        sending: the number that the form carried; at least 16 characters that nobody guesses.
    """
    with system_door():
        invitation = _known(token)
        if invitation is None:
            return False
        held = _locked(invitation)
        if not _takes_answer(held):
            return was_sent(token, sending)
        response = _response(held, language, sending)
        response.answers.all().delete()
        Answer.objects.bulk_create(
            Answer(response=response, question_id=pk, number=one.number, codes=list(one.codes), text=one.text)
            for pk, one in given.items()
            if not one.is_empty
        )
        _mark(held)
    return True


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("wave__questionnaire")
    held: Invitation = rows.get(pk=invitation.pk)
    return held


def _response(held: Invitation, language: str, sending: str) -> Response:
    """The one response of this invitation; of an anonymous wave a new one that is nobody's."""
    sent = {"sending_hash": _sending_hash(held, sending)}
    if held.wave.is_anonymous:
        anonymous, _made = Response.objects.get_or_create(**sent, defaults={"wave": held.wave})
        return anonymous
    told = {"wave": held.wave, "submitted_at": timezone.now(), "language": language, **sent}
    kept, _made = Response.objects.update_or_create(invitation=held, defaults=told)
    return kept


def _mark(held: Invitation) -> None:
    """That he answered. Of an anonymous wave the log says nothing: an entry has an order and a moment."""
    if held.wave.is_anonymous:
        held.answered_at = timezone.make_aware(datetime.combine(held.wave.opens_on, time()))
        held.save(update_fields=["answered_at"])
        return
    before = {"answered_at": held.answered_at}
    held.answered_at = timezone.now()
    held.save(update_fields=["answered_at"])
    audit.record(RESPONDENT, "questionnaires.answered", held, before=before, after={"answered_at": held.answered_at})


@transaction.atomic
def stop(token: str) -> bool:
    """He wants nothing more about this; False when the link is none. Stopping twice is stopping once.

    A link that was used or is closed still stops: the wish holds for later waves too.
    """
    with system_door():
        invitation = _known(token)
        if invitation is None:
            return False
        held = _locked(invitation)
        if held.opted_out_at is None:
            held.opted_out_at = timezone.now()
            held.save(update_fields=["opted_out_at"])
            audit.record(
                RESPONDENT, "questionnaires.stopped", held, before={"opted_out_at": None}, after={"opted_out_at": True}
            )
    return True

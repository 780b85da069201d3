"""Which mails of a wave are due: the invitation on its first day, a reminder on each set day for who did not answer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from bekwaam.records.models import Invitation, InvitationMail, Wave
from bekwaam.records.questionnaires.asking import fresh_tokens

MOST_TRIES: Final = 6
PAUSE: Final = timedelta(minutes=15)
ASKABLE: Final = {"answered_at": None, "opted_out_at": None, "forgotten_at": None}


@transaction.atomic
def prepare(now: datetime) -> list[int]:
    """The keys of the waves that have a mail to send; each mail has its row before it leaves."""
    today = timezone.localdate(now)
    waves = Wave.objects.filter(by_mail=True, withdrawn_at=None, opens_on__lte=today, closes_on__gte=today)
    found = []
    for wave in waves:
        _make_rows(wave, today)
        if due(wave, now).exists():
            found.append(wave.pk)
    return found


def _make_rows(wave: Wave, today: date) -> None:
    """The last reminder first: after days without a machine nobody gets two on one day."""
    askable = wave.invitations.filter(**ASKABLE).exclude(email="")
    _add(askable.exclude(mails__number=0), 0)
    for number, days in reversed(list(enumerate(wave.reminder_days, start=1))):
        before = timezone.make_aware(datetime.combine(today - timedelta(days=days - 1), time()))
        invited = InvitationMail.objects.filter(number=0, sent_at__lt=before, invitation__wave=wave)
        known = InvitationMail.objects.filter(number__gte=number, invitation__wave=wave)
        _add(askable.filter(pk__in=invited.values("invitation")).exclude(pk__in=known.values("invitation")), number)


def _add(invitations: QuerySet[Invitation], number: int) -> None:
    InvitationMail.objects.bulk_create(InvitationMail(invitation=one, number=number) for one in invitations)


def due(wave: Wave, now: datetime) -> QuerySet[InvitationMail]:
    """The mails that wait: not sent, still wanted, not given up, and their quarter of an hour after a failure over."""
    wanted = {f"invitation__{name}": value for name, value in ASKABLE.items()}
    rows = InvitationMail.objects.filter(invitation__wave=wave, sent_at=None, tries__lt=MOST_TRIES, **wanted)
    return rows.filter(Q(tried_at=None) | Q(tried_at__lte=now - PAUSE)).order_by("pk")


@transaction.atomic
def take(mail_id: int, now: datetime) -> tuple[InvitationMail, str] | None:
    """The mail with a fresh token, its try counted; None when it is no longer wanted. Call it just before it leaves."""
    rows = InvitationMail.objects.select_for_update(of=("self",)).select_related("invitation__wave__questionnaire")
    mail = rows.get(pk=mail_id)
    one = mail.invitation
    is_wanted = all(getattr(one, name) is None for name in ASKABLE) and one.wave.is_open(timezone.localdate(now))
    if mail.sent_at is not None or not is_wanted:
        return None
    InvitationMail.objects.filter(pk=mail.pk).update(tries=F("tries") + 1, tried_at=now)
    return mail, fresh_tokens([one])[0]


@transaction.atomic
def sent(mail: InvitationMail, now: datetime) -> None:
    """The server took it."""
    InvitationMail.objects.filter(pk=mail.pk).update(sent_at=now)
    rows = Invitation.objects.filter(pk=mail.invitation_id)
    if mail.number:
        rows.update(reminded_at=now)
    else:
        rows.filter(sent_at=None).update(sent_at=now)

"""What is due by the clock or by a file that was dropped. The worker looks every minute; looking twice does no harm."""

from __future__ import annotations

import logging
from datetime import datetime, time
from typing import Final

from django.conf import settings
from django.db import Error, transaction
from django.db.models import F
from django.utils import timezone

from bekwaam.access.models import User
from bekwaam.faces.jobs import inbox
from bekwaam.records import jobs
from bekwaam.records.models import Job, Mailing
from bekwaam.records.questionnaires import mailing as wave_mailing

log = logging.getLogger("bekwaam.jobs")
MONDAY: Final = 0
FROM, UNTIL = time(7, 30), time(18, 0)
MOST_TRIES: Final = 6


def look(now: datetime | None = None) -> None:
    """Ask for the mails and the files that are due. Never raises for what the database or the disk does."""
    try:
        ask_for_mails(now or timezone.now())
        ask_for_waves(now or timezone.now())
        inbox.take_in()
    except (Error, OSError):
        log.exception("what is due could not be seen; the next look is within a minute")


def ask_for_mails(now: datetime) -> int:
    """On Monday from 07.30 on, this week goes to whoever asked for it; returns how many mails were asked for.

    A machine that was off at that hour mails later the same day. What could not be sent is tried again, every quarter
    of an hour at most, six times.
    """
    here = timezone.localtime(now)
    if settings.BEKWAAM_MAIL is None or here.weekday() != MONDAY or not FROM <= here.time() < UNTIL:
        return 0
    with transaction.atomic():
        known = Mailing.objects.filter(kind=Mailing.Kind.WEEK, day=here.date())
        readers = User.objects.filter(is_active=True, week_by_mail=True).exclude(pk__in=known.values("user"))
        Mailing.objects.bulk_create([Mailing(kind=Mailing.Kind.WEEK, day=here.date(), user=user) for user in readers])
        waiting = [mailing for mailing in known.filter(sent_at__isnull=True) if _is_due(mailing, here)]
        for mailing in waiting:
            Mailing.objects.filter(pk=mailing.pk).update(tries=F("tries") + 1)
            jobs.ask(Job.Kind.MAIL, {"mailing": mailing.pk}, asked_by="system")
    return len(waiting)


def _is_due(mailing: Mailing, here: datetime) -> bool:
    """Not at work, not given up, and its next quarter of an hour has begun."""
    under_way = Job.objects.filter(
        kind=Job.Kind.MAIL, state__in=[Job.State.QUEUED, Job.State.RUNNING], arguments__mailing=mailing.pk
    )
    minutes = (here.hour - FROM.hour) * 60 + here.minute - FROM.minute
    return mailing.tries < MOST_TRIES and minutes >= 15 * mailing.tries and not under_way.exists()


def ask_for_waves(now: datetime) -> int:
    """Between 07.30 and 18.00 the invitations and reminders that are due leave; returns of how many waves."""
    if settings.BEKWAAM_MAIL is None or not FROM <= timezone.localtime(now).time() < UNTIL:
        return 0
    with transaction.atomic():
        waiting = [pk for pk in wave_mailing.prepare(now) if not _is_under_way(pk)]
        for pk in waiting:
            jobs.ask(Job.Kind.INVITE, {"wave": pk}, asked_by="system")
    return len(waiting)


def _is_under_way(wave: int) -> bool:
    states = [Job.State.QUEUED, Job.State.RUNNING]
    return Job.objects.filter(kind=Job.Kind.INVITE, state__in=states, arguments__wave=wave).exists()

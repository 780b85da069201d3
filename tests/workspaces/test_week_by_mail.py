"""This week by mail, to a real server on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from local_mailbox import Mailbox, local_mailbox

from bekwaam.faces.jobs import kinds, schedule
from bekwaam.records import jobs
from bekwaam.records.models import Job, Mailing
from bekwaam.terms.errors import Failed

MONDAY = datetime(2026, 9, 21, 7, 31, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with local_mailbox(settings) as box:
        yield box


@pytest.fixture
def reader(cast: Any) -> Any:
    """A leader who wants this week by mail, in Dutch."""
    user = cast.user("leader")
    user.week_by_mail, user.language = True, "nl"
    user.save()
    return user


def work() -> list[Job]:
    """Do every job that waits, as the worker would."""
    done = []
    while (job := jobs.take()) is not None:
        try:
            kinds.WORK[job.kind](job, lambda *_told: None)
        except Failed as failed:
            jobs.close_with_error(job, failed)
        done.append(job)
    return done


class TestThisWeekByMail:
    def test_it_comes_on_monday_at_half_past_seven_once(self, monday, reader, mailbox):
        assert schedule.ask_for_mails(MONDAY.replace(hour=7, minute=29)) == 0
        assert schedule.ask_for_mails(MONDAY) == 1
        assert schedule.ask_for_mails(MONDAY) == 0
        work()
        assert schedule.ask_for_mails(MONDAY.replace(hour=9)) == 0
        assert [mail["To"] for mail in mailbox.mails] == [reader.email]
        assert Mailing.objects.get().sent_at is not None

    def test_it_says_the_sentences_in_the_reader_s_language_with_links(self, monday, reader, mailbox):
        schedule.ask_for_mails(MONDAY)
        work()
        (mail,) = mailbox.mails
        text, html = (part.get_payload(decode=True).decode() for part in mail.get_payload())
        assert "Wat vraagt deze week aandacht?" in text
        assert "dreigen af te haken" in text.replace("\n", " ")
        assert "http://127.0.0.1:8000/customers/" in text
        assert 'href="http://127.0.0.1:8000/"' in html
        assert "<img" not in html

    def test_nobody_gets_it_unasked_or_without_the_reach(self, monday, cast, mailbox):
        board = cast.user("board")
        board.week_by_mail = True
        board.save()
        cast.user("marketer")
        schedule.ask_for_mails(MONDAY)
        work()
        assert mailbox.mails == []
        assert Mailing.objects.get().user == board

    def test_what_the_server_refuses_is_tried_again_later(self, monday, reader, mailbox):
        mailbox.refuses = True
        schedule.ask_for_mails(MONDAY)
        (job,) = work()
        job.refresh_from_db()
        assert (job.state, job.error_code) == ("failed", "mail_not_sent")
        assert schedule.ask_for_mails(MONDAY.replace(minute=40)) == 0
        mailbox.refuses = False
        assert schedule.ask_for_mails(MONDAY.replace(minute=46)) == 1
        work()
        assert len(mailbox.mails) == 1

    def test_a_mail_that_left_twice_carries_the_same_number(self, monday, reader, mailbox):
        schedule.ask_for_mails(MONDAY)
        work()
        Mailing.objects.update(sent_at=None)
        assert schedule.ask_for_mails(MONDAY.replace(hour=8)) == 1
        work()
        assert len({mail["Message-ID"] for mail in mailbox.mails}) == 1

    def test_other_days_and_without_a_server_nothing_is_mailed(self, monday, reader, settings):
        settings.BEKWAAM_MAIL = None
        assert schedule.ask_for_mails(MONDAY) == 0

"""Asking people outside: who may, what stays as it was asked, who did not answer, and mail to a real server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from asked_cast import CHOICES, EVERY_KIND, invited, questionnaire, tokens, wave
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from local_mailbox import Mailbox, local_mailbox

from bekwaam.access import audit, tiers
from bekwaam.access.models import AuditEntry
from bekwaam.faces.jobs import kinds, schedule
from bekwaam.records import jobs
from bekwaam.records.models import Answer, Invitation, InvitationLink, InvitationMail, Job, Question, Response, Wave
from bekwaam.records.questionnaires import answering, asking, making, queries
from bekwaam.records.questionnaires.asking import Invitee, Plan
from bekwaam.records.questionnaires.given import Given, NotRead, number_in
from bekwaam.records.questionnaires.making import Asking, Words
from bekwaam.records.questionnaires.rate import wilson
from bekwaam.terms.errors import Failed, Refused

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SCALE = EVERY_KIND[:1]


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=code)


def answer(in_wave: Wave, token: str, value: int, sending: str = "") -> bool:
    question = Question.objects.get(questionnaire=in_wave.questionnaire_id)
    given = {question.pk: Given(number=Decimal(value))}
    return answering.keep(token, given, language="nl", sending=sending or f"number-of-{token}")


class TestWhoMay:
    @pytest.mark.parametrize("who", ["leader", "marketer"])
    def test_a_leader_and_a_marketer_ask(self, cast, who):
        actor = cast.actor(who)
        asked = wave(actor, questionnaire(actor))
        invited(actor, asked, "Head of purchasing")
        assert len(queries.waves_of(actor)) == 1

    @pytest.mark.parametrize(
        "who", ["account_manager", "inside_sales", "colleague", "fair_staff", "board", "admin", "outsider", "anonymous"]
    )
    def test_nobody_else_asks_or_reads(self, cast, who):
        asked = wave(cast.actor("leader"), questionnaire(cast.actor("leader"), SCALE))
        invited(cast.actor("leader"), asked, *[f"Guest {place}" for place in range(3)])
        for token in tokens(cast.actor("leader"), asked):
            answer(asked, token, 4)
        other = cast.actor(who)
        with pytest.raises(PermissionDenied):
            questionnaire(other)
        with pytest.raises(PermissionDenied):
            asking.hand_out(other, asked)
        assert queries.questionnaires(other) == queries.waves_of(other) == queries.results(other, asked, "nl") == []
        assert queries.silent_in(other, asked) == []

    def test_a_link_is_found_by_its_token_alone(self, cast):
        assert InvitationLink.reach(cast.actor("leader")) is None


class TestRatings:
    def test_a_rating_round_is_refused_until_the_works_council_agreed(self, cast):
        with refused("rating_round_off"):
            questionnaire(cast.actor("leader"), purpose="rating")

    def test_it_is_for_the_eyes_that_the_switch_names(self, cast):
        today = timezone.localdate()
        ground = tiers.Ground("OR 12", "learning", ("leader",), today + timedelta(days=90))
        tiers.switch_on(cast.actor("admin"), "rating_round", ground)
        made = questionnaire(cast.actor("leader"), SCALE, purpose="rating")
        asked = wave(cast.actor("leader"), made)
        assert queries.questionnaires(cast.actor("leader")) == [made]
        assert queries.questionnaires(cast.actor("marketer")) == []
        tiers.switch_off(cast.actor("admin"), "rating_round")
        assert queries.questionnaires(cast.actor("leader")) == []
        with refused("rating_round_off"):
            asking.hand_out(cast.actor("leader"), asked)


class TestWhatIsAsked:
    def test_questions_stay_as_they_are_once_they_were_asked(self, cast):
        leader = cast.actor("leader")
        made = questionnaire(leader, SCALE)
        question = Question.objects.get()
        making.change_question(leader, question, Asking("ten", "Hoe waarschijnlijk?"))
        wave(leader, made)
        made.refresh_from_db()
        for attempt in (
            lambda: making.change_question(leader, question, Asking("scale", "Heel iets anders?")),
            lambda: making.remove_question(leader, question),
            lambda: making.add_question(leader, made, SCALE[0]),
            lambda: making.change(leader, made, Words("Iets anders"), version=made.version),
        ):
            with refused("questionnaire_asked"):
                attempt()

    def test_a_wave_that_has_yet_to_open_leaves_them_open(self, cast):
        leader, tomorrow = cast.actor("leader"), timezone.localdate() + timedelta(days=1)
        made = questionnaire(leader, SCALE)
        asking.plan_wave(leader, made, Plan(tomorrow, tomorrow))
        making.change_question(leader, Question.objects.get(), Asking("ten", "Hoe waarschijnlijk?"))

    def test_a_new_version_has_the_same_questions_and_may_change(self, cast):
        leader = cast.actor("leader")
        made = questionnaire(leader)
        wave(leader, made)
        fresh = making.new_version(leader, made)
        assert [one.wording_nl for one in fresh.questions.all()] == [one.wording_nl for one in EVERY_KIND]
        making.remove_question(leader, fresh.questions.first())
        assert made.questions.count() == len(EVERY_KIND)
        assert making.new_version(leader, fresh).family == made.pk

    @pytest.mark.parametrize(
        ("question", "code"),
        [
            (Asking("scale"), "question_words_missing"),
            (Asking("one", "Wat?", choices=CHOICES[:1]), "question_choices_missing"),
            (Asking("number", "Hoeveel?", lowest=Decimal(5), highest=Decimal(5)), "question_range"),
        ],
    )
    def test_a_question_that_cannot_be_asked_is_refused(self, cast, question, code):
        made = questionnaire(cast.actor("leader"), ())
        with refused(code):
            making.add_question(cast.actor("leader"), made, question)

    def test_a_wave_needs_questions_that_can_be_read_whole(self, cast):
        leader = cast.actor("leader")
        with refused("questionnaire_empty"):
            wave(leader, questionnaire(leader, ()))
        half = (Asking("scale", "Hoe?", low_en="not"), Asking("text", "", "What else?"))
        with refused("questionnaire_half"):
            wave(leader, questionnaire(leader, half))

    @pytest.mark.parametrize(
        ("opens", "closes", "other", "code"),
        [
            (-1, 5, {}, "wave_days"),
            (5, 4, {}, "wave_days"),
            (0, 400, {}, "wave_days"),
            (0, 5, {"reminder_days": (6,)}, "wave_reminders"),
            (0, 9, {"reminder_days": (1, 2, 3, 4)}, "wave_reminders"),
            (0, 5, {"is_anonymous": True, "mode": "until"}, "wave_anonymous_once"),
        ],
    )
    def test_a_wave_that_cannot_be_is_refused(self, cast, opens, closes, other, code):
        made, today = questionnaire(cast.actor("leader"), SCALE), timezone.localdate()
        with refused(code):
            plan = Plan(today + timedelta(days=opens), today + timedelta(days=closes), **other)
            asking.plan_wave(cast.actor("leader"), made, plan)


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "language", "number"),
        [
            ("1.250,5", "nl", "1250.5"),
            ("1,250.5", "en", "1250.5"),
            ("1.250", "nl", "1250"),
            ("1.25", "nl", "1.25"),
            ("1,250", "en", "1250"),
            ("€ 12", "nl", "12"),
            ("1.250.000", "nl", "1250000"),
        ],
    )
    def test_they_are_read_as_the_reader_writes_them(self, text, language, number):
        assert number_in(text, language) == Decimal(number)

    @pytest.mark.parametrize("text", ["", "tien", "1e3", "NaN", "Infinity", "1.2.3", "--1", "²", "9" * 40])
    def test_what_is_none_is_refused(self, text):
        with pytest.raises(NotRead):
            number_in(text, "nl")


class TestWhoAnswered:
    def test_everyone_is_counted_once_with_the_range_of_the_share(self, cast):
        leader = cast.actor("leader")
        asked = wave(leader, questionnaire(leader, SCALE))
        invited(leader, asked, *[f"Guest {place}" for place in range(10)])
        links = tokens(leader, asked)
        for place in range(5):
            answer(asked, links[place], 4)
        answering.stop(links[5])
        answering.stop(links[0])
        (row,) = queries.waves_of(leader)
        counts = row.counts
        assert (counts.invited, counts.sent, counts.answered, counts.stopped, counts.silent) == (10, 10, 5, 1, 4)
        assert counts.rate == 0.5
        assert counts.rate_range == wilson(5, 10) == pytest.approx((0.313, 0.687), abs=0.001)
        assert [str(one) for one in queries.silent_in(leader, asked)] == ["Guest 6", "Guest 7", "Guest 8", "Guest 9"]

    def test_the_range_holds_at_the_ends_and_grows_narrow(self):
        assert wilson(0, 10)[0] == 0
        assert wilson(10, 10)[1] == pytest.approx(1)
        assert wilson(500, 1000)[1] - wilson(500, 1000)[0] < 0.05
        with pytest.raises(ValueError, match="nothing"):
            wilson(0, 0)

    def test_of_fewer_than_three_nothing_is_shown(self, cast):
        leader = cast.actor("leader")
        asked = wave(leader, questionnaire(leader, SCALE))
        invited(leader, asked, "Guest 1", "Guest 2", "Guest 3")
        for place, token in enumerate(tokens(leader, asked)):
            (result,) = queries.results(leader, asked, "nl")
            assert (result.answers, result.is_shown, result.mean, result.bars) == (place, False, None, [])
            answer(asked, token, place + 3)
        (result,) = queries.results(leader, asked, "nl")
        assert result.is_shown
        assert result.mean == 4
        assert [(bar.label, bar.count) for bar in result.bars][2:] == [("3", 1), ("4", 1), ("5 zeer", 1)]

    def test_of_an_anonymous_wave_nothing_says_whose_answer_is_whose(self, cast):
        leader = cast.actor("leader")
        asked = wave(leader, questionnaire(leader, SCALE), is_anonymous=True)
        invited(leader, asked, "Guest 1", "Guest 2", "Guest 3")
        entries = AuditEntry.objects.count()
        links = tokens(leader, asked)
        for token in reversed(links):
            assert answer(asked, token, 4)
        assert {(one.invitation, one.submitted_at, one.language) for one in Response.objects.all()} == {
            (None, None, "")
        }
        assert len({one.answered_at for one in Invitation.objects.all()}) == 1
        assert AuditEntry.objects.count() == entries + 1
        assert not answer(asked, links[0], 1, "another-number-altogether")
        assert Response.objects.count() == 3


class TestPeople:
    def test_nobody_is_invited_twice_or_after_he_asked_for_nothing_more(self, cast):
        leader = cast.actor("leader")
        made = questionnaire(leader, SCALE)
        first = wave(leader, made)
        invited(leader, first, "Guest 1", "Guest 2")
        assert asking.invite(leader, first, [Invitee("Again", "GUEST.1@example.test")]) == ([], 1)
        answering.stop(tokens(leader, first)[0])
        later = wave(leader, making.new_version(leader, made))
        assert [str(one) for one in invited(leader, later, "Guest 1", "Guest 2")] == ["Guest 2"]
        other = wave(leader, questionnaire(leader, SCALE))
        assert len(invited(leader, other, "Guest 1")) == 1

    def test_whoever_is_forgotten_leaves_only_what_can_be_counted(self, cast):
        leader = cast.actor("leader")
        asked = wave(leader, questionnaire(leader, (EVERY_KIND[0], EVERY_KIND[7])))
        (guest,) = invited(leader, asked, "Guest 1")
        (token,) = tokens(leader, asked)
        scale, text = Question.objects.all()
        given = {scale.pk: Given(number=Decimal(4)), text.pk: Given(text="Ik ben het")}
        answering.keep(token, given, language="nl", sending="a-number-nobody-guesses")
        asking.forget(leader, guest)
        guest.refresh_from_db()
        assert (guest.name, guest.email, InvitationLink.objects.count()) == ("", "", 0)
        assert [(one.question, one.number) for one in Answer.objects.all()] == [(scale, 4)]
        assert Response.objects.get().invitation is None
        assert queries.waves_of(leader)[0].counts.answered == 1
        assert audit.first_fault() is None

    def test_the_log_holds_no_name_and_no_token(self, cast):
        leader = cast.actor("leader")
        asked = wave(leader, questionnaire(leader, SCALE))
        invited(leader, asked, "Guest 1")
        (token,) = tokens(leader, asked)
        answer(asked, token, 4)
        said = str(list(AuditEntry.objects.values_list("action", "changes")))
        assert "Guest" not in said
        assert token not in said
        for action in ("made", "question_made", "wave_made", "invited", "links", "answered"):
            assert f"questionnaires.{action}" in said


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with local_mailbox(settings) as box:
        yield box


@pytest.fixture
def mailed(cast: Any) -> Wave:
    """A wave that leaves by mail, with reminders after three and five days, for two people."""
    leader = cast.actor("leader")
    asked = wave(leader, questionnaire(leader, SCALE), days=10, by_mail=True, reminder_days=(3, 5))
    invited(leader, asked, "Guest 1")
    invited(leader, asked, "Guest 2", language="en")
    return asked


def work() -> list[str]:
    """Do every job that waits, as the worker would; how each ended."""
    ended = []
    while (job := jobs.take()) is not None:
        try:
            kinds.WORK[job.kind](job, lambda *_told: None)
        except Failed as failed:
            jobs.close_with_error(job, failed)
        ended.append(Job.objects.get(pk=job.pk).state)
    return ended


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let it be so many days later, at an hour of the day, and let the worker look."""

    def later(days: int = 0, hour: int = 9, minute: int = 0) -> list[str]:
        day = date.today() + timedelta(days=days)
        now = timezone.datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM)
        monkeypatch.setattr(timezone, "now", lambda: now)
        schedule.ask_for_waves(now)
        return work()

    return later


def token_in(mail: Any) -> str:
    text = mail.get_payload(decode=True).decode()
    return str(text.split("/q/")[1].split("/")[0])


class TestMail:
    def test_everyone_gets_it_once_in_his_language_with_a_link_that_works(self, mailed, mailbox, clock):
        assert clock(hour=7) == []
        assert clock() == ["done"]
        assert clock(hour=10) == []
        dutch, english = mailbox.mails
        assert (dutch["To"], dutch["Subject"]) == ("guest.1@example.test", "Wat vindt u van ons?")
        text = dutch.get_payload(decode=True).decode()
        assert "Geachte Guest 1," in text
        assert "Stuur mij hierover niets meer" in text
        assert english["Subject"] == "What do you think of us?"
        assert english["List-Unsubscribe"].endswith("/stop/>")
        assert answer(mailed, token_in(dutch), 4)
        assert Invitation.objects.filter(sent_at=None).count() == 0

    def test_who_did_not_answer_is_reminded_on_the_set_days(self, mailed, mailbox, clock):
        clock()
        answer(mailed, token_in(mailbox.mails[0]), 4)
        assert clock(days=2) == []
        clock(days=3)
        clock(days=3, hour=15)
        assert [mail["To"] for mail in mailbox.mails[2:]] == ["guest.2@example.test"]
        assert mailbox.mails[2]["Subject"] == "Reminder: What do you think of us?"
        assert answer(mailed, token_in(mailbox.mails[2]), 5)
        assert clock(days=5) == []

    def test_both_links_of_one_person_lead_to_one_answer(self, mailed, mailbox, clock):
        clock()
        clock(days=3)
        first, reminder = (token_in(mailbox.mails[place]) for place in (0, 2))
        assert answer(mailed, first, 4)
        assert not answer(mailed, reminder, 5)

    def test_after_days_without_a_machine_one_reminder_leaves(self, mailed, mailbox, clock):
        clock()
        clock(days=6)
        clock(days=7)
        assert len(mailbox.mails) == 4

    def test_nobody_is_reminded_who_stopped_or_after_the_end(self, mailed, mailbox, clock, cast):
        clock()
        answering.stop(token_in(mailbox.mails[0]))
        Wave.objects.update(closes_on=date.today() + timedelta(days=2))
        clock(days=3)
        assert len(mailbox.mails) == 2
        Wave.objects.update(closes_on=date.today() + timedelta(days=9))
        asking.withdraw(cast.actor("leader"), mailed)
        clock(days=3)
        assert len(mailbox.mails) == 2

    def test_what_the_server_refuses_is_tried_again_later(self, mailed, mailbox, clock):
        mailbox.refuses = True
        assert clock() == ["failed"]
        assert clock(minute=10) == []
        mailbox.refuses = False
        assert clock(minute=20) == ["done"]
        assert {mail["To"] for mail in mailbox.mails} == {"guest.1@example.test", "guest.2@example.test"}
        assert set(InvitationMail.objects.values_list("tries", flat=True)) == {2}

    def test_one_that_left_twice_carries_the_same_number(self, mailed, mailbox, clock):
        clock()
        InvitationMail.objects.update(sent_at=None)
        clock(minute=20)
        assert len(mailbox.mails) == 4
        assert len({mail["Message-ID"] for mail in mailbox.mails}) == 2

    def test_without_a_server_nothing_is_mailed(self, mailed, settings, clock):
        settings.BEKWAAM_MAIL = None
        assert clock() == []

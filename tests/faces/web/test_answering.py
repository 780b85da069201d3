"""Answering without an account: the link, the page, and what is refused."""

from __future__ import annotations

import json
import logging
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from asked_cast import filled, invited, questionnaire, tokens, wave
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bekwaam.config.log import JsonLines
from bekwaam.records.models import Answer, Invitation, Response, Wave
from bekwaam.records.questionnaires import answering, asking


@pytest.fixture(autouse=True)
def nobody_came_before(db: None) -> None:
    cache.clear()


@pytest.fixture
def asked(cast: Any) -> Wave:
    return wave(cast.actor("leader"), questionnaire(cast.actor("leader")))


@pytest.fixture
def token(cast: Any, asked: Wave) -> str:
    invited(cast.actor("leader"), asked, "Head of purchasing")
    return tokens(cast.actor("leader"), asked)[0]


def text_of(response: Any) -> str:
    return str(response.content.decode()).replace("\u00a0", " ")


class TestThePage:
    def test_it_speaks_formal_dutch_or_english_without_cookie_or_script(self, token):
        browser = Client()
        dutch, english = browser.get(f"/q/{token}/"), browser.get(f"/q/{token}/?language=en")
        assert 'lang="nl"' in text_of(dutch)
        assert "Hoe tevreden bent u?" in text_of(dutch)
        assert "How satisfied are you?" in text_of(english)
        assert not re.search(r"\b(je|jij|jouw|jullie)\b", text_of(dutch))
        for response in (dutch, english):
            assert "<script" not in text_of(response)
            assert response.cookies == {}
            assert response["Referrer-Policy"] == "same-origin"
            assert "noindex" in response["X-Robots-Tag"]

    def test_looking_uses_nothing_up_and_writes_nothing(self, token, rows_written):
        before = rows_written()
        for _time in range(3):
            assert Client().get(f"/q/{token}/").status_code == 200
        assert rows_written() == before

    def test_every_kind_of_answer_is_kept_with_its_type(self, asked, token):
        response = Client().post(f"/q/{token}/", filled(asked))
        assert (response.status_code, response["Location"]) == (302, "/q/thanks/?language=nl")
        assert "Dank u wel" in text_of(Client().get(response["Location"]))
        by_kind = {answer.question.kind: answer for answer in Answer.objects.select_related("question")}
        assert by_kind["scale"].number == 4
        assert by_kind["amount"].number == Decimal("1250.50")
        assert by_kind["several"].codes == ["speed", "advice"]
        assert by_kind["yes_no"].codes == ["yes"]
        assert by_kind["text"].text == "Blijf vooral bellen"
        assert Response.objects.get().invitation == Invitation.objects.get()

    def test_what_was_filled_in_stays_when_something_is_missing(self, asked, token):
        response = Client().post(f"/q/{token}/", filled(asked, scale=None, number="ongeveer tien", text="<b>vet</b>"))
        page = text_of(response)
        assert response.status_code == 422
        assert "Twee antwoorden vragen nog uw aandacht" in page
        assert page.count("asked__fault") == 2
        assert 'value="ongeveer tien"' in page
        assert 'value="1.250,50"' in page
        assert "&lt;b&gt;vet&lt;/b&gt;" in page
        assert re.search(r'value="speed" checked', page)
        assert Response.objects.count() == 0

    def test_another_language_keeps_what_was_filled_in(self, asked, token):
        page = text_of(Client().post(f"/q/{token}/", {**filled(asked, scale=None), "to": "en"}))
        assert "How satisfied are you?" in page
        assert 'value="1250.5"' in page
        assert "asked__fault" not in page

    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            ("scale", "6"),
            ("scale", "2.5"),
            ("ten", "11"),
            ("number", "501"),
            ("number", "-1"),
            ("amount", "1e9"),
            ("one", "other"),
            ("several", ["price", "other"]),
            ("yes_no", "maybe"),
            ("text", "x" * 2001),
        ],
    )
    def test_what_is_no_answer_is_refused_in_words(self, asked, token, kind, value):
        response = Client().post(f"/q/{token}/", filled(asked, **{kind: value}))
        assert response.status_code == 422
        assert Response.objects.count() == 0


class TestTheLink:
    def test_the_same_form_twice_is_one_answer_and_thanked_for_twice(self, asked, token):
        first, second = (Client().post(f"/q/{token}/", filled(asked)) for _time in range(2))
        assert first["Location"] == second["Location"] == "/q/thanks/?language=nl"
        assert Response.objects.count() == 1

    def test_a_link_that_was_used_takes_no_other_answer(self, asked, token):
        Client().post(f"/q/{token}/", filled(asked))
        again = Client().post(f"/q/{token}/", {**filled(asked, scale="1"), "sending": "another-number-altogether"})
        assert again.status_code == 410
        assert Answer.objects.get(question__kind="scale").number == 4

    def test_until_the_closing_day_an_answer_may_be_changed(self, cast, asked, token):
        Wave.objects.update(mode=Wave.Mode.UNTIL)
        Client().post(f"/q/{token}/", filled(asked))
        assert 'value="1250,5"' in text_of(Client().get(f"/q/{token}/"))
        Client().post(f"/q/{token}/", {**filled(asked, scale="1"), "sending": "another-number-altogether"})
        assert Response.objects.count() == 1
        assert Answer.objects.get(question__kind="scale").number == 1

    def test_forged_used_closed_early_withdrawn_and_stopped_links_answer_alike(self, cast, asked):
        today = timezone.localdate()
        other = {"used": {}, "closed": {}, "early": {}, "withdrawn": {}, "stopped": {}}
        pages = [Client().get("/q/forged/")]
        for state in other:
            one = wave(cast.actor("leader"), asked.questionnaire)
            invited(cast.actor("leader"), one, "Head of purchasing")
            (its,) = tokens(cast.actor("leader"), one)
            if state == "used":
                Client().post(f"/q/{its}/", filled(one))
            if state == "closed":
                Wave.objects.filter(pk=one.pk).update(opens_on=today - timedelta(9), closes_on=today - timedelta(1))
            if state == "early":
                Wave.objects.filter(pk=one.pk).update(opens_on=today + timedelta(1))
            if state == "withdrawn":
                asking.withdraw(cast.actor("leader"), one)
            if state == "stopped":
                assert answering.stop(its)
            pages += [
                Client().get(f"/q/{its}/"),
                Client().post(f"/q/{its}/", {"sending": "a-number-of-no-form-at-all"}),
            ]
        assert {page.status_code for page in pages} == {410}
        assert len({page.content for page in pages}) == 1

    def test_guessing_is_slowed_down_and_answers_of_others_are_not(self, token):
        codes = [Client().get(f"/q/guess-{place}/").status_code for place in range(31)]
        assert set(codes[:30]) == {410}
        assert codes[30] == 429
        assert Client().get(f"/q/{token}/").status_code == 200

    def test_only_a_hash_of_256_bits_is_kept(self, asked, token):
        from django.db import connection

        assert len(token) >= 43
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f'SELECT * FROM "{table}"')
                assert token not in str(cursor.fetchall()), table

    def test_the_form_needs_the_seal_of_its_own_link(self, cast, asked, token):
        browser = Client(enforce_csrf_checks=True)
        assert browser.post(f"/q/{token}/", filled(asked)).status_code == 403
        invited(cast.actor("leader"), asked, "Plant manager")
        other = tokens(cast.actor("leader"), asked)[-1]
        seal = re.search(r'csrfmiddlewaretoken" value="(\w+)"', text_of(browser.get(f"/q/{other}/")))[1]
        assert browser.post(f"/q/{token}/", {**filled(asked), "csrfmiddlewaretoken": seal}).status_code == 403
        own = re.search(r'csrfmiddlewaretoken" value="(\w+)"', text_of(browser.get(f"/q/{token}/")))[1]
        assert browser.post(f"/q/{token}/", {**filled(asked), "csrfmiddlewaretoken": own}).status_code == 302
        assert browser.cookies == {}

    def test_the_log_names_the_route_and_not_the_token(self, rf, token):
        from django.urls import resolve

        request = rf.get(f"/q/{token}/")
        request.resolver_match = resolve(f"/q/{token}/")
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Failed: %s", (request.path,), None)
        record.request, record.status_code = request, 500
        assert json.loads(JsonLines().format(record))["event"] == "GET answering: 500"


class TestNothingMore:
    def test_who_wants_nothing_more_is_heard_and_the_link_ends(self, token):
        assert "niets meer" in text_of(Client().get(f"/q/{token}/stop/?language=nl"))
        assert Invitation.objects.get().opted_out_at is None
        assert Client().post(f"/q/{token}/stop/").status_code == 200
        assert Invitation.objects.get().opted_out_at is not None
        assert Client().get(f"/q/{token}/").status_code == 410

    def test_the_page_says_the_same_of_a_link_that_is_none(self, token):
        def said(address: str) -> str:
            return re.sub(r'value="\w+"', "", text_of(Client().post(address)))

        assert said(f"/q/{token}/stop/") == said("/q/forged/stop/")

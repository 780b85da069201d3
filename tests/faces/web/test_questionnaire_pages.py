"""The pages on which questionnaires are made and waves are watched."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from asked_cast import EVERY_KIND, filled, invited, questionnaire, tokens, wave
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bekwaam.records.models import Customer, Invitation, Question, Questionnaire, Wave
from bekwaam.records.questionnaires import answering


@pytest.fixture
def leader(cast: Any) -> Any:
    return cast.actor("leader")


@pytest.fixture
def asked(leader: Any) -> Wave:
    cache.clear()
    return wave(leader, questionnaire(leader))


def page(browser: Client, name: str, *args: Any) -> str:
    return str(browser.get(reverse(name, args=args)).content.decode()).replace("\u00a0", " ")


def test_a_marketer_makes_one_from_first_word_to_first_link(cast):
    browser, today = cast.client("marketer"), timezone.localdate()
    browser.post(reverse("questionnaire_new"), {"title_nl": "Wat vindt u van ons?", "purpose": "survey"})
    made = Questionnaire.objects.get()
    choices = {"kind": "one", "wording_nl": "Wat geeft de doorslag?", "is_required": "on", "choices": "Prijs\n\nAdvies"}
    browser.post(reverse("question_new", args=[made.pk]), choices)
    assert Question.objects.get().choices == [
        {"code": "c1", "nl": "Prijs", "en": ""},
        {"code": "c2", "nl": "Advies", "en": ""},
    ]
    plan = {"opens_on": today, "closes_on": today + timedelta(days=14), "mode": "once", "reminder_days": "7, 3"}
    sent = browser.post(reverse("wave_new", args=[made.pk]), plan)
    planned = Wave.objects.get()
    assert sent["Location"] == reverse("wave_invite", args=[planned.pk])
    assert planned.reminder_days == [3, 7]
    browser.post(sent["Location"], {"people": "Head of purchasing; Purchasing@Example.test; nl\nplant@example.test"})
    assert list(Invitation.objects.values_list("email", flat=True)) == ["purchasing@example.test", "plant@example.test"]
    links = browser.post(reverse("wave_links", args=[planned.pk])).content.decode()
    address = re.search(r"http://testserver(/q/[\w-]+/)", links)[1]
    assert Client().get(address).status_code == 200
    assert address not in page(browser, "wave", planned.pk)


def test_the_first_sentence_says_how_many_have_not_answered(cast, asked, leader):
    assert "Nobody has been invited yet." in page(cast.client("leader"), "wave", asked.pk)
    invited(leader, asked, "Guest 1", "Guest 2", "Guest 3")
    links = tokens(leader, asked)
    Client().post(f"/q/{links[0]}/", filled(asked))
    said = page(cast.client("leader"), "wave", asked.pk)
    assert "Two of the three who were invited have not answered." in said
    assert "Of all who were invited 33% answered (80% chance: between 11% and 68%)." in said
    assert "Two people in open waves have not answered yet." in page(cast.client("leader"), "questionnaires")
    assert said.index("Guest 2") < said.index("Guest 1")


def test_nothing_is_shown_of_fewer_than_three_and_words_are_escaped(cast, asked, leader):
    invited(leader, asked, "Guest 1", "Guest 2", "Guest 3")
    links = tokens(leader, asked)
    for place, token in enumerate(links):
        said = page(cast.client("leader"), "wave", asked.pk)
        assert "Blijf" not in said
        assert ("so far" if place else "No answer yet.") in said
        Client().post(f"/q/{token}/", filled(asked, text=f"Blijf <b>{place}</b>"))
    said = page(cast.client("leader"), "wave", asked.pk)
    assert "Blijf &lt;b&gt;0&lt;/b&gt;" in said
    assert "4.0 on average, of 3 answers" in said
    assert "€1,250.50 on average" in said


def test_links_as_csv_are_safe_against_formulas(cast, asked, leader):
    invited(leader, asked, "=HYPERLINK(1)")
    sent = cast.client("leader").post(reverse("wave_links", args=[asked.pk]), {"as": "csv"})
    lines = sent.content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("'=HYPERLINK(1);")
    assert "attachment" in sent["Content-Disposition"]


@pytest.mark.parametrize(
    ("line", "told"), [("Guest; no address", "no address"), ("a@b.nl; fr", "fr"), ("Guest; a@b.nl; nl; K9", "K9")]
)
def test_a_line_that_cannot_be_read_is_named_and_nobody_is_invited(cast, asked, line, told):
    sent = cast.client("leader").post(reverse("wave_invite", args=[asked.pk]), {"people": f"x@example.test\n{line}"})
    assert f"Line 2: &#x27;{told}&#x27;" in sent.content.decode()
    assert Invitation.objects.count() == 0


def test_an_invitation_can_name_its_customer(cast, asked):
    known = Customer.objects.create(number="K1", name="A customer")
    cast.client("leader").post(reverse("wave_invite", args=[asked.pk]), {"people": "Guest; g@example.test; en; K1"})
    one = Invitation.objects.get()
    assert (one.customer, one.language) == (known, "en")


def test_what_was_asked_offers_a_new_version_and_no_change(cast, asked):
    browser, made = cast.client("leader"), asked.questionnaire
    said = page(browser, "questionnaire", made.pk)
    assert "Make a new version" in said
    assert "Add a question" not in said
    refused = browser.post(reverse("question_new", args=[made.pk]), {"kind": "text", "wording_nl": "Nog iets?"})
    assert "was asked already" in refused.content.decode()
    fresh = browser.post(reverse("questionnaire_version", args=[made.pk]))["Location"]
    assert "Add a question" in browser.get(fresh).content.decode()


def test_two_people_do_not_overwrite_each_other(cast, leader):
    made = questionnaire(leader, EVERY_KIND[:1])
    words = {"title_nl": "Mijn titel", "purpose": "survey", "version": made.version}
    browser = cast.client("leader")
    browser.post(reverse("questionnaire_change", args=[made.pk]), {**words, "version": 2})
    clash = browser.post(reverse("questionnaire_change", args=[made.pk]), {**words, "title_nl": "Anders", "version": 2})
    assert "meanwhile" in clash.content.decode()
    made.refresh_from_db()
    assert made.title_nl == "Mijn titel"


def test_questions_are_put_in_another_sequence_and_removed(cast, leader):
    made = questionnaire(leader, EVERY_KIND[:3])
    first, second, third = Question.objects.all()
    browser = cast.client("leader")
    browser.post(reverse("question_up", args=[third.pk]))
    browser.post(reverse("question_remove", args=[first.pk]))
    assert list(Question.objects.filter(questionnaire=made)) == [third, second]


def test_withdrawing_and_forgetting_are_one_press_each(cast, asked, leader):
    (guest,) = invited(leader, asked, "Guest 1")
    (token,) = tokens(leader, asked)
    browser = cast.client("leader")
    browser.post(reverse("invitation_forget", args=[guest.pk]))
    assert answering.find(token) is None
    assert "Guest 1" not in page(browser, "wave", asked.pk)
    browser.post(reverse("wave_withdraw", args=[asked.pk]))
    assert "withdrawn" in page(browser, "wave", asked.pk)
    assert browser.post(reverse("wave_links", args=[asked.pk])).status_code == 302


@pytest.mark.parametrize("who", ["admin", "account_manager", "board", "outsider"])
def test_others_see_no_wave_and_no_result(cast, asked, leader, who):
    invited(leader, asked, "Guest 1")
    for address in (reverse("questionnaires"), reverse("wave", args=[asked.pk])):
        refused = cast.client(who).get(address)
        assert refused.status_code == 403
        assert "Guest" not in refused.content.decode()


def test_the_page_of_a_wave_asks_as_much_of_a_hundred_people_as_of_one(
    cast, asked, leader, django_assert_max_num_queries
):
    invited(leader, asked, *[f"Guest {place}" for place in range(100)])
    browser = cast.client("leader")
    browser.get(reverse("wave", args=[asked.pk]))
    with django_assert_max_num_queries(25):
        browser.get(reverse("wave", args=[asked.pk]))

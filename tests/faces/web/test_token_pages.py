"""Tokens for programs, on the page."""

from __future__ import annotations

import re

from django.urls import reverse

from bekwaam.access import tokens
from bekwaam.access.models import ApiToken


def test_a_new_token_is_shown_once_and_works(cast, client):
    browser = cast.client("leader")
    page = browser.post(reverse("tokens"), {"name": "nightly export", "days": 30})
    text = re.search(r"bkw_[\w-]+", page.content.decode()).group()
    assert client.get(reverse("api_customers"), headers={"authorization": f"Bearer {text}"}).status_code == 200
    assert "bkw_" not in browser.get(reverse("tokens")).content.decode()


def test_a_withdrawn_one_is_gone(cast):
    token, _text = tokens.make(cast.actor("leader"), "old script")
    page = cast.client("leader").post(reverse("token_withdraw", args=[token.pk]), follow=True)
    assert "old script" in page.content.decode()
    assert ApiToken.objects.get().revoked_at is not None


def test_nobody_withdraws_the_token_of_another_not_even_an_admin(cast):
    token, _text = tokens.make(cast.actor("leader"), "script of the leader")
    assert cast.client("admin").post(reverse("token_withdraw", args=[token.pk])).status_code == 404
    assert "script of the leader" not in cast.client("admin").get(reverse("tokens")).content.decode()


def test_a_token_without_a_name_or_for_years_is_refused_in_words(cast):
    page = cast.client("leader").post(reverse("tokens"), {"name": "", "days": 4000})
    assert page.status_code == 200
    assert not ApiToken.objects.exists()

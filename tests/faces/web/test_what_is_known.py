"""Everyone sees everything that is kept about him, and who may look."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from bekwaam.access import actions, known, tiers, tokens
from bekwaam.faces.web.known_labels import TABLES


def test_every_table_that_names_a_user_has_its_words_on_the_page(db):
    """A new table with a link to a user is asked for here before anyone forgets it."""
    named = {(model._meta.label_lower, field) for model, field in known.tables()}
    assert named == set(TABLES)


def test_what_someone_did_and_what_was_made_for_him_is_counted(cast):
    actor = cast.actor("leader")
    tokens.make(actor, "a script")
    tokens.make(actor, "another")
    assert {(kept.table, kept.rows) for kept in known.kept_about(actor)} >= {
        ("access.apitoken", 2),
        ("access.rolegrant", 1),
    }


def test_nothing_of_others_is_counted(cast):
    tokens.make(cast.actor("marketer"), "a script")
    assert "access.apitoken" not in {kept.table for kept in known.kept_about(cast.actor("leader"))}


def test_who_changed_the_account_is_named_by_role(cast):
    user = cast.user("account_manager")
    actions.change_user(cast.actor("admin"), user, name="Account manager", seller_code="V1")
    page = cast.client("account_manager").get(reverse("me_known")).content.decode()
    assert "your account was changed" in page
    assert "Administrator" in page


def test_a_figure_that_is_on_says_for_whose_eyes_and_until_when(cast):
    ground = tiers.Ground("minutes of March", "coaching", ("leader",), timezone.localdate() + timedelta(90))
    tiers.switch_on(cast.actor("admin"), "follow_up_speed", ground)
    page = cast.client("account_manager").get(reverse("me_known")).content.decode()
    assert "you, and: Sales leader" in page
    assert "coaching" in page

"""This week as a mail: the five sentences, as far as its reader may see them, each with the way to its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bekwaam.access.models import Company
from bekwaam.frame.formats import long_day
from bekwaam.frame.numerals import capital
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.cockpit import pages
from bekwaam.workspaces.cockpit.wording import sentence_of


@dataclass(frozen=True)
class Letter:
    """A mail, ready to be sent."""

    subject: str
    text: str
    html: str


def letter(actor: Actor, *, base_url: str, language: str) -> Letter | None:
    """The mail of this week for one reader; None when there is nothing to say yet."""
    with translation.override(language):
        week = pages.week(actor)
        if week["run"] is None or not week["sentences"]:
            return None
        told = _told(week, actor, base_url)
        return Letter(
            subject=told["subject"],
            text=render_to_string("cockpit/letter.txt", told),
            html=render_to_string("cockpit/letter.html", told),
        )


def _told(week: dict[str, Any], actor: Actor, base_url: str) -> dict[str, Any]:
    company = Company.current()
    question = _("What needs attention this week?")
    return {
        "language": translation.get_language(),
        "subject": f"{question} · {company.name}" if company.name else question,
        "question": question,
        "day": capital(long_day(week["run"].as_of)),
        "run": week["run"],
        "sentences": [_sentence(row, company.currency, actor, base_url) for row in week["sentences"]],
        "small_print": week["small_print"],
        "week_url": base_url + reverse("week"),
        "stop_url": base_url + reverse("me"),
    }


def _sentence(row: dict[str, Any], currency: str, actor: Actor, base_url: str) -> dict[str, str]:
    return {
        "topic": str(row["topic"]),
        "amount": row["amount"],
        "text": sentence_of(row["reading"], currency, actor).plain(),
        "action": str(row.get("action_title", "")),
        "url": base_url + row["action_url"] if "action_url" in row else "",
    }

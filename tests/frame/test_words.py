"""The filters as a template uses them, in both languages, and a README that names them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from bekwaam.frame.templatetags import marks, pictures, words
from bekwaam.frame.undo import done

FRAME = Path(__file__).parents[2] / "src" / "bekwaam" / "frame"
README = (FRAME / "README.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Company:
    currency: str = "EUR"


VALUES: dict[str, Any] = {
    "company": Company(),
    "amount": Decimal("38412.50"),
    "year": Decimal(14_200_000),
    "low": Decimal(13_600_000),
    "count": 54,
    "share": 0.8,
    "on": date(2026, 3, 3),
    "at": datetime(2026, 3, 3, 6, 12, tzinfo=UTC),
    "names": ["A", "B", "C"],
}


@pytest.mark.parametrize(
    ("used", "dutch", "english"),
    [
        ("amount|money:company", "€_38.412,50", "€38,412.50"),
        ("amount|money:'GBP'", "£_38.412,50", "£38,412.50"),
        ("amount|whole_money:company", "€_38.413", "€38,413"),
        ("year|short_money:company", "€_14,2_miljoen", "€14.2_million"),
        ("amount|signed_money:company", "+€_38.413", "+€38,413"),
        ("low|short_amount:year", "13,6", "13.6"),
        ("year|number", "14.200.000", "14,200,000"),
        ("count|signed", "+54", "+54"),
        ("share|decimal:2", "0,80", "0.80"),
        ("share|percent", "80_%", "80%"),
        ("share|signed_percent", "+80_%", "+80%"),
        ("on|day", "03-03-2026", "3_March_2026"),
        ("on|day_and_month", "3_maart", "3_March"),
        ("on|long_day|capital", "Dinsdag_3_maart_2026", "Tuesday_3_March_2026"),
        ("on|month", "maart_2026", "March_2026"),
        ("at|moment", "03-03-2026_07.12", "3_March_2026_07:12"),
        ("'DE'|country", "Duitsland", "Germany"),
        ("count|in_words", "54", "54"),
        ("count|first_in_words", "Vierenvijftig", "Fifty-four"),
        ("names|names", "A, B en C", "A, B and C"),
    ],
)
def test_a_filter_writes_for_its_reader(used: str, dutch: str, english: str) -> None:
    template = Template("{% load words %}{{ " + used + " }}")
    for language, expected in (("nl", dutch), ("en", english)):
        with translation.override(language):
            assert template.render(Context(VALUES)).replace("\u00a0", "_") == expected


def test_a_name_is_escaped_wherever_it_passes() -> None:
    template = Template("{% load words %}{{ names|names }} {{ name|capital }} {{ name|country }}")
    told = template.render(Context({"name": "<b>", "names": ["<b>", "c"]}))
    assert "<b>" not in told


def test_the_readme_names_every_filter_tag_and_include() -> None:
    named = [*words.register.filters, *words.register.tags, *pictures.register.tags, *marks.register.tags]
    inside = {
        "_demo",
        "_head",
        "_hatch",
        "_navigation",
        "_rooms",
        "_search",
        "_visitor",
        "_field_words",
        "_shortcuts",
        "_palette",
    }
    named += [path.stem for path in (FRAME / "templates" / "frame").glob("_*.html") if path.stem not in inside]
    drawn_by_a_tag = {"_rhythm", "_range", "_level", "_strokes"}
    assert [
        name for name in named if f"`{name}" not in README and name not in README and name not in drawn_by_a_tag
    ] == []


def test_what_is_done_carries_its_undo() -> None:
    request = RequestFactory().get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    done(request, "Twelve customers moved.", undo_url="/customers/undo/7/")
    message = next(iter(request._messages))
    assert (message.message, message.extra_tags, message.level_tag) == (
        "Twelve customers moved.",
        "/customers/undo/7/",
        "success",
    )

"""Every include with nothing, one, many and long names: well formed, allowed by the policy, readable without sight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import format_html
from rendered import Page

from bekwaam.frame import charts
from bekwaam.frame.answers import answers
from bekwaam.frame.bars import Part, bars, bridge
from bekwaam.frame.formats import whole_number
from bekwaam.frame.kanban import Card, Column, board
from bekwaam.frame.palette import Line, Section

INCLUDES = Path(__file__).parents[2] / "src" / "bekwaam" / "frame" / "templates" / "frame"
LONG = "Coöperatieve Aardappelverwerking, Sorteerlijnen en Zwammerdammer Opslagtechniek <U.A.> & Zonen"
UNTIL = date(2026, 9, 21)
MONTHS = [date(2026, month, 1) for month in range(1, 13)]


@dataclass(frozen=True)
class Company:
    name: str = LONG
    currency: str = "EUR"


class Form(forms.Form):
    """One field of each sort."""

    hidden = forms.CharField(widget=forms.HiddenInput, initial="h")
    text = forms.CharField(label=LONG, help_text=LONG)
    may_be_empty = forms.CharField(required=False)
    choice = forms.ChoiceField(choices=[("a", "A"), ("b", LONG)], help_text="Pick one")
    radio = forms.ChoiceField(choices=[("a", "A"), ("b", LONG)], widget=forms.RadioSelect, help_text="Pick one")
    boxes = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False)
    tick = forms.BooleanField(label="Closed on holidays", help_text="Of the country")
    file = forms.FileField()
    text_area = forms.CharField(widget=forms.Textarea)


def fan(count: int) -> dict[str, Any]:
    months = MONTHS[:count]
    values = [Decimal(1_000_000 + 20_000 * place) for place in range(count)]
    half = count // 2
    nothing: list[Any] = [None] * half
    return charts.fan_chart(
        months=months,
        actual=[*values[:half], *([None] * (count - half))],
        mean=nothing + values[half:],
        lo80=nothing + [value * Decimal("0.9") for value in values[half:]],
        hi80=nothing + [value * Decimal("1.1") for value in values[half:]],
        unit="EUR",
    )


def facts(count: int) -> list[dict[str, Any]]:
    fact = {"label": LONG, "value": "€ 86.400", "remark": LONG, "url": "/x/", "late": True, "sign": "+"}
    return [fact] * count


def links(count: int) -> list[dict[str, str]]:
    return [{"title": LONG, "url": "/x/", "amount": "€ 86.400"}] * count


def parts(count: int) -> list[Part]:
    return [Part(LONG, 10 - 7 * place, url="/x/" if place else "", remark="seen") for place in range(count)]


def bars_of(count: int) -> dict[str, Any]:
    drawn = bars(parts(count), write=whole_number)
    return {"bars": drawn, "caption": LONG, "label_head": "Part", "value_head": "Points"}


def bridge_of(count: int) -> dict[str, Any]:
    steps = parts(count)
    end = Part("end", 100 + sum(int(step.value) for step in steps))
    drawn = bridge(Part("start", 100), steps, end, write=whole_number)
    return {"bars": drawn, "caption": LONG, "label_head": "Part", "value_head": "Points"}


def sentence(count: int) -> dict[str, Any]:
    html = format_html('<a href="/x/">{}</a> dreigen af te haken.', LONG)
    one = {"topic": LONG, "sentence": html, "links": links(count), "is_first": count == 1}
    return (
        one
        if not count
        else one
        | {
            "amount": "€ 412.000 per jaar",
            "more": "en zes andere",
            "small_print": LONG,
            "action_title": "Bellijst",
            "action_url": "/customers/",
        }
    )


def progress(count: int) -> dict[str, Any]:
    return {"title": "Reading", "step": LONG, "done": max(count - 1, 0), "total": count, "url": "/data/jobs/1/"}


def empty(count: int) -> dict[str, Any]:
    found: dict[str, Any] = {"sentence": LONG}
    if count:
        found |= {"remark": LONG, "action_title": LONG, "action_url": "/x/", "known": count, "needed": 24}
    return found


def messages(count: int) -> dict[str, Any]:
    told = [
        Message(constants.SUCCESS, LONG, extra_tags="/undo/1/"),
        Message(constants.ERROR, LONG),
        Message(constants.SUCCESS, "Saved."),
    ]
    return {"messages": told[:count]}


def table(count: int) -> dict[str, Any]:
    return {"caption": LONG, "table": {"columns": ["", LONG], "rows": [[LONG, "1.284"]] * count, "unit": "€"}}


def kanban(count: int) -> dict[str, Any]:
    cards = [Card(str(place), LONG, "/x/", [LONG], LONG) for place in range(count)]
    columns = [Column("first", LONG, cards), Column("second", LONG), Column("third", LONG)]
    return {"id": "board", "label": LONG, "board": board(columns), "move_url": "/move/"}


def views(count: int) -> dict[str, Any]:
    view = {"title": LONG, "url": "/x/", "count": count, "is_current": count == 1}
    return {"views": [view] * count, "label": LONG, "end_title": LONG, "end_url": "/x/" if count else ""}


def section(count: int) -> Section:
    line = Line([("Hoog", True), (LONG, False)], "/x/", remark=LONG, key="b" if count == 1 else "", is_record=True)
    return Section(LONG, [line] * count, more_url="/x/" if count > 1 else "")


def found(count: int) -> dict[str, Any]:
    return {"sections": [section(count)] * count, "asked": "hoog", "said": LONG}


def chips(count: int) -> dict[str, Any]:
    chip = {"name": LONG, "value": LONG, "remove_url": "/x/"}
    return {"chips": [chip] * count, "add_url": "/x/" if count else "", "ends": links(count)}


def bulk(count: int) -> dict[str, Any]:
    action = {"title": LONG, "name": "action", "value": "label", "url": "/x/" if count == 1 else ""}
    return {"actions": [action] * count, "every_title": LONG, "every_url": "/x/" if count else ""}


def timeline(count: int) -> dict[str, Any]:
    entry = {"day": "4 september", "kind": LONG, "is_late": True, "title": LONG, "text": LONG, "who": LONG}
    return {"entries": [entry] * count, "filters": views(count)["views"], "label": LONG}


def editable(count: int) -> dict[str, Any]:
    field = {"id": "term", "label": LONG, "name": "term", "seen": count, "url": "/x/"}
    if not count:
        return field | {"value": ""}
    clash = {"who": LONG, "when": "09.12", "value": LONG} if count > 1 else None
    return field | {"value": LONG, "clash": clash, "error": LONG if count == 1 else "", "mine": LONG}


def answered(count: int) -> dict[str, Any]:
    given = [answers(), answers("right"), answers("not_right", reason="season"), answers("later", on=UNTIL)][count % 4]
    return {"id": "alert", "answers": given, "url": "/x/", "title": LONG if count else "", "count_words": LONG}


MADE: dict[str, Any] = {
    "_answers.html": answered,
    "_bulk_bar.html": bulk,
    "_editable.html": editable,
    "_filter_line.html": chips,
    "_found.html": found,
    "_found_section.html": lambda count: {"section": section(count)},
    "_kanban.html": kanban,
    "_saved.html": lambda _count: {},
    "_skeleton.html": lambda count: {"is_shown": bool(count)},
    "_timeline.html": timeline,
    "_views.html": views,
    "_answer.html": lambda count: {"question": LONG, "answer": LONG if count else "", "left": LONG, "right": ""},
    "_bars.html": bars_of,
    "_chart.html": lambda count: {"chart": fan(count), "title": LONG},
    "_empty.html": empty,
    "_facts.html": lambda count: {"facts": facts(count)},
    "_messages.html": messages,
    "_pager.html": lambda count: {"number": max(1, count // 2), "pages": count},
    "_progress.html": progress,
    "_sentence.html": sentence,
    "_stand.html": lambda _count: {"known": None},
    "_table.html": table,
}
IN_THE_SKELETON = {
    "_demo.html",
    "_head.html",
    "_hatch.html",
    "_navigation.html",
    "_rooms.html",
    "_search.html",
    "_visitor.html",
    "_palette.html",
}
BY_A_TAG = {"_rhythm.html", "_range.html", "_level.html", "_strokes.html"}
BY_A_FORM = {"_field.html", "_field_words.html", "_form_errors.html", "_drop.html"}
EXTENDED = {"_why.html", "_preview.html", "_shortcuts.html"}


@pytest.fixture(params=["nl", "en"], autouse=True)
def spoken(request: pytest.FixtureRequest) -> Iterator[None]:
    with translation.override(request.param):
        yield


def checked(html: str) -> Page:
    """The page, once it is well formed, allowed by the policy and free of unescaped names and undefined values."""
    page = Page(html)
    assert page.unclosed == []
    assert page.refused() == []
    assert "<U.A.>" not in html
    assert ">None<" not in html
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    return page


def rendered(name: str, context: dict[str, Any]) -> Page:
    return checked(render_to_string(f"frame/{name}", context, request=RequestFactory().get("/here/?view=all")))


def drawn(tag: str, **context: Any) -> Page:
    source = "{% load pictures words marks %}" + tag
    return checked(Template(source).render(Context({"company": Company(), "until": UNTIL} | context)))


def test_every_include_is_looked_at() -> None:
    looked_at = set(MADE) | IN_THE_SKELETON | BY_A_TAG | BY_A_FORM | EXTENDED
    assert {path.name for path in INCLUDES.glob("_*.html")} == looked_at


@pytest.mark.parametrize("count", [0, 1, 2, 12])
@pytest.mark.parametrize("name", sorted(MADE))
def test_an_include_bears_nothing_one_and_many(name: str, count: int) -> None:
    rendered(name, MADE[name](count))


def test_a_fact_strip_is_a_definition_list() -> None:
    page = rendered("_facts.html", {"facts": facts(3)})
    assert [len(page.all("dl")), len(page.all("dt")), len(page.all("dd"))] == [1, 3, 3]
    assert "is-late" in page.all("dd")[0].attributes["class"]


def test_only_the_first_sentence_has_the_filled_button() -> None:
    assert len(rendered("_sentence.html", sentence(1)).all("a", css="button--filled")) == 1
    assert not rendered("_sentence.html", sentence(2)).all("a", css="button--filled")


def test_a_page_line_without_anything_known_stays_empty() -> None:
    assert render_to_string("frame/_stand.html", {"known": None}).strip() == ""


def test_progress_tells_how_far_it_is_and_works_without_script() -> None:
    page = rendered("_progress.html", progress(9))
    bar = page.one("progress")
    assert (bar.attributes["value"], bar.attributes["max"]) == ("8", "9")
    assert page.one(id="progress").attributes["hx-trigger"] == "every 2s"
    assert page.one("a").attributes["href"] == "/data/jobs/1/"


def test_one_page_needs_no_pager_and_many_keep_the_address() -> None:
    assert not rendered("_pager.html", {"number": 1, "pages": 1}).elements
    middle = rendered("_pager.html", {"number": 2, "pages": 3})
    assert [link.attributes["href"] for link in middle.all("a")] == ["?view=all&page=1", "?view=all&page=3"]
    assert len(rendered("_pager.html", {"number": 3, "pages": 3}).all("a")) == 1


def test_an_undo_is_a_form_of_its_own() -> None:
    page = rendered("_messages.html", messages(3))
    assert [form.attributes["action"] for form in page.all("form")] == ["/undo/1/"]
    assert len(page.all(css="message--attention")) == 1
    assert len([one for one in page.all(css="message") if "data-toast" in one.attributes]) == 2


def test_a_chart_is_a_picture_with_words_and_a_table() -> None:
    page = rendered("_chart.html", {"chart": fan(12), "title": "Revenue"})
    picture = page.one(css="chart__canvas")
    assert picture.attributes["role"] == "img"
    assert picture.attributes["aria-label"].startswith("Revenue. ")
    assert page.one("figure").attributes["data-kind"].endswith("chart-fan.js")
    assert len(page.all("tbody")) == 1
    assert len(page.all("th", scope="row")) == 12
    assert "Revenue" in page.one("caption").text
    assert page.one("script").attributes["type"] == "application/json"


def test_every_drag_of_a_card_has_a_button_with_words() -> None:
    page = rendered("_kanban.html", kanban(1))
    assert [button.attributes["value"] for button in page.all("button")] == ["second"]
    columns = [Column("first", "Lead"), Column("second", "Talk", [Card("a", "A customer")]), Column("third", "Order")]
    page = rendered("_kanban.html", {"id": "b", "label": "B", "board": board(columns), "move_url": "/move/"})
    assert [button.attributes["value"] for button in page.all("button")] == ["first", "third"]
    assert "A customer" in page.all("button")[0].text
    assert "Lead" in page.all("button")[0].text


def test_a_value_is_a_form_that_says_which_version_was_read() -> None:
    page = rendered("_editable.html", editable(0) | {"seen": 7})
    assert page.one("input", name="seen").attributes["value"] == "7"
    assert "open" not in page.one("details").attributes


def test_a_clash_keeps_what_was_typed_and_offers_both_values() -> None:
    page = rendered("_editable.html", editable(2) | {"mine": "60 days", "value": "45 days"})
    assert page.one("input", name="term").attributes["value"] == "60 days"
    assert [button.attributes["value"] for button in page.all("button")] == ["take", "keep"]
    assert page.one(role="alert").attributes["id"] == page.one("input", name="term").attributes["aria-describedby"]


@pytest.mark.parametrize("count", range(4))
def test_at_most_one_answer_is_pressed_and_the_reason_replaces_the_dots(count: int) -> None:
    page = rendered("_answers.html", answered(count))
    pressed = [*page.all(aria_pressed="true"), *page.all(css="is-pressed")]
    assert len(pressed) == min(count, 1)
    assert not any("…" in one.text for one in pressed)


def test_what_was_done_goes_to_its_place_when_a_script_asked() -> None:
    page = rendered("_messages.html", messages(1) | {"is_fetched": True})
    assert page.one(id="messages").attributes["hx-swap-oob"] == "innerHTML"
    assert "hx-swap-oob" not in rendered("_messages.html", messages(1)).one(id="messages").attributes


def test_a_level_is_a_band_and_too_few_raters_are_words() -> None:
    assert drawn("{% level 2 3 raters=3 %}").one("rect", css="level__band").attributes["width"] == "25.00%"
    assert not drawn("{% level 2 3 raters=2 %}").all("svg")


def test_a_stroke_per_link_and_two_for_what_points_the_other_way() -> None:
    page = drawn("{% strokes counts %}", counts={"shown": 2, "likely": 1, "not_yet": 3, "contradicted": 1})
    assert len(page.all("line")) == 8
    assert len(page.all("line", css="strokes__stroke--second")) == 1
    assert page.one("svg").attributes["aria-label"]


def test_a_file_may_fall_on_a_labelled_field() -> None:
    page = checked(render_to_string("frame/_drop.html", {"field": Form()["file"], "hint": LONG}))
    assert page.one("label").attributes["for"] == page.one("input").attributes["id"]


def test_bars_are_a_table_with_figures() -> None:
    page = rendered("_bars.html", bars_of(3))
    assert len(page.all("th", scope="row")) == 3
    assert [cell.text for cell in page.all("td", css="number")] == ["10", "3", "−4"]
    assert len(page.all("rect", css="bars__bar--negative")) == 1


@pytest.mark.parametrize("is_bound", [True, False])
def test_every_sort_of_field_has_its_label_help_and_errors(is_bound: bool) -> None:
    form = Form({"text": ""}, {}) if is_bound else Form()
    html = "".join(render_to_string("frame/_field.html", {"field": field}) for field in form)
    page = checked(html)
    labelled = {label.attributes.get("for") for label in page.all("label")}
    ids = {element.attributes.get("id") for element in page.elements}
    for control in page.all("input") + page.all("select") + page.all("textarea"):
        if control.attributes.get("type") != "hidden":
            assert control.attributes["id"] in labelled
    for element in page.elements:
        assert set(element.attributes.get("aria-describedby", "").split()) <= ids
    assert len(page.all("legend")) == 2
    assert len(page.all("ul", css="field__errors")) == (6 if is_bound else 0)


def test_what_is_wrong_with_a_whole_form_is_told_at_once() -> None:
    form = Form({}, {})
    assert not rendered("_form_errors.html", {"form": form}).elements
    form.add_error(None, LONG)
    assert rendered("_form_errors.html", {"form": form}).one("ul").attributes["role"] == "alert"


@pytest.mark.parametrize("days", [[], ["2026-05-21"], [f"2026-0{month}-11" for month in range(1, 8)]])
@pytest.mark.parametrize("more", ["", "low=30 high=45", "low=30 high=45 large=True", "look=until was_named=True"])
def test_a_rhythm_is_a_picture_with_words(days: list[str], more: str) -> None:
    page = drawn("{% rhythm days until=until " + more + " %}", days=days)
    picture = page.one("svg", role="img")
    assert picture.attributes["aria-label"]
    assert bool(page.one("path").attributes["d"]) is bool(days)


@pytest.mark.parametrize("known", ["", "lo80=136 hi80=148", "lo80=136 hi80=148 lo50=140 hi50=144"])
@pytest.mark.parametrize("held", ["", 'reference=160 reference_label="budget"'])
def test_a_range_is_a_picture_with_words(known: str, held: str) -> None:
    page = drawn("{% money_range company mean=142 " + known + " " + held + " %}")
    words = page.one("svg").attributes["aria-label"].replace("\u00a0", "")
    assert "€142" in words
    assert ("148" in words) is bool(known)
    assert ("budget" in words) is bool(held)


def test_a_range_of_shares_runs_from_nothing_to_all() -> None:
    page = drawn("{% share_range mean=0.31 lo80=0.22 hi80=0.41 %}")
    assert page.one("rect", css="range__mean").attributes["x"] == "31.00%"


def test_what_is_not_known_stays_empty_in_words() -> None:
    source = "{{ x|money:company }}{{ x|percent }}{{ x|day }}{{ x|in_words }}{{ missing.deep|number }}|"
    with_default = "{{ x|number|default:'–' }}"
    template = Template("{% load words %}" + source + with_default)
    assert template.render(Context({"x": None, "company": Company()})) == "|–"


def test_zero_is_not_nothing() -> None:
    template = Template("{% load words %}{{ x|whole_money:company }} {{ x|number }} {{ x|percent }} {{ x|in_words }}")
    told = template.render(Context({"x": 0, "company": Company()})).replace("\u00a0", "")
    assert told in ("€0 0 0% nul", "€0 0 0% zero")

"""The parts of the frame, each with its name, when to use it, and the line that includes it.

The example of a part is `frame/living/parts/<code>.html`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """One part: `line` is its markup, `is_wide` asks the whole width of the page."""

    code: str
    title: str | Promise
    when: str | Promise
    line: str
    is_wide: bool = False

    @property
    def template(self) -> str:
        """Its example."""
        return f"frame/living/parts/{self.code}.html"


@dataclass(frozen=True)
class Group:
    """Parts that belong together."""

    code: str
    title: str | Promise
    parts: tuple[Part, ...]


INCLUDE: Final = '{{% include "frame/_{}.html" with {} %}}'


def _include(name: str, variables: str) -> str:
    return INCLUDE.format(name, variables)


LOOK = Group(
    "look",
    _("Look"),
    (
        Part(
            "colours",
            _("Colours"),
            _("Petrol: you can go there, or this is ours. Rust: late, refused or lost, always with a word."),
            "color: var(--accent)",
        ),
        Part("type", _("Two voices"), _("The serif speaks: answers and sentences. Inter works."), "font: var(--t-6)"),
        Part(
            "series",
            _("Colours of charts"),
            _("Six, in this order; the bands only for chance, and always with their ends in figures."),
            "var(--chart-1) … var(--chart-6), var(--band-50), var(--band-80)",
        ),
        Part(
            "verdicts",
            _("Verdict: word and line, never colour alone"),
            _("Beside every link that was measured or believed."),
            '<span class="verdict verdict--likely">…</span>',
        ),
    ),
)
ANSWER = Group(
    "answer",
    _("Answer"),
    (
        Part(
            "answer",
            _("Answer header"),
            _("At the head of every page: where you are, the question, the answer; nothing beside it."),
            "{% block question %} {% block answer %}",
            is_wide=True,
        ),
        Part(
            "sentence",
            _("Sentence with link"),
            _("What is to be done, by money at stake; the first is the largest. Amounts and counts are links."),
            _include("sentence", "topic= amount= sentence= action_title= action_url="),
            is_wide=True,
        ),
        Part(
            "halves",
            _("Two halves"),
            _("The year and what comes after it: equal in size, side by side."),
            "{% money_range … %} {% strokes … %}",
            is_wide=True,
        ),
        Part(
            "facts",
            _("Fact strip"),
            _("Three to six facts about one thing. As a sum it shows its signs."),
            _include("facts", "facts=facts only"),
            is_wide=True,
        ),
        Part(
            "zero",
            _("Zero"),
            _("Looked, and found nothing: a plain sentence, and how far was looked."),
            _include("empty", "sentence= remark="),
        ),
        Part(
            "nothing_known",
            _("Nothing known is not zero"),
            _("No records yet: say so, and give the action that changes it."),
            _include("empty", "sentence= action_title= action_url="),
        ),
        Part(
            "too_little",
            _("Too little history"),
            _("Say how much there is and how much is needed."),
            _include("empty", "sentence= known= needed="),
        ),
        Part(
            "words",
            _("Late, refused, marked"),
            _("Rust with a word; a wrong cell has ground and border, the advice stands under the name."),
            '<span class="is-late">…</span> <span class="marked">…</span>',
        ),
    ),
)
LISTS = Group(
    "lists",
    _("Lists"),
    (
        Part(
            "list",
            _("List with views, bulk bar and preview"),
            _("Choose a row: the bar takes the place of the filter line. Enter on a name opens the side preview."),
            "{% include _views %} {% include _filter_line %} {% include _bulk_bar %} data-previews",
            is_wide=True,
        ),
        Part(
            "skeleton",
            _("Loading"),
            _("Nothing for 300 ms and the old content stays; then lines in the shape of the rows."),
            '{% include "frame/_skeleton.html" %}',
        ),
        Part(
            "progress",
            _("Progress"),
            _("Long work that may be left."),
            _include("progress", "title= done= total= url="),
        ),
        Part(
            "kanban",
            _("Board"),
            _("Things that pass through stages. Every drag has its button."),
            _include("kanban", "id= label= board=board move_url="),
            is_wide=True,
        ),
    ),
)
RECORD = Group(
    "record",
    _("Record"),
    (
        Part(
            "timeline",
            _("Timeline"),
            _("One stream for all functions, filters above. What is late is in rust."),
            _include("timeline", "entries= filters="),
        ),
        Part(
            "why",
            _("Why-panel"),
            _("Beside a computed number: its range, its parts, how good it was, its records."),
            '{% extends "frame/_why.html" %}',
        ),
        Part(
            "editable",
            _("Value changed where it stands"),
            _("Enter saves, Esc leaves it; “saved” stands in the page line. A clash shows the value of the other."),
            _include("editable", "id= label= name= value= seen= url="),
        ),
        Part(
            "answers",
            _("Answers to an alert"),
            _("With every alert, in this order everywhere; the chosen reason replaces the dots."),
            _include("answers", "id= answers=answers url="),
        ),
        Part(
            "level",
            _("Level"),
            _("A band on a rule of five points, never a decimal; with fewer than three raters only words."),
            "{% level low high raters=n %}",
        ),
        Part(
            "rhythm",
            _("Rhythm strip"),
            _("A stroke per order, the expected window as a band, the silence after it in rust."),
            "{% rhythm days until=… low=… high=… %}",
        ),
    ),
)
CHARTS = Group(
    "charts",
    _("Charts"),
    (
        Part(
            "fan",
            _("Fan"),
            _("What is expected, with the range and the budget."),
            "fan_chart(months=, actual=, mean=, lo80=, hi80=)",
            is_wide=True,
        ),
        Part("waterfall", _("Waterfall"), _("How one total became another."), "waterfall_chart(start, steps, end)"),
        Part(
            "bridge", _("Bridge in a table"), _("The same within a text or a panel."), _include("bars", "bars=bridge")
        ),
        Part("whale", _("Whale"), _("Who earns us money, and who costs us money."), "whale_chart(values, unit=)"),
        Part("matrix", _("Matrix"), _("Things by two measures."), "matrix_chart(dots, across=, up=, corners=)"),
        Part("lines", _("Lines"), _("At most six, and the others together."), "line_chart(labels, lines, unit=)"),
        Part("bars", _("Bars"), _("One value per label."), "bar_chart(labels, values, name=, unit=)"),
        Part(
            "multiples",
            _("Small multiples"),
            _("The same picture for up to twelve things, on one scale; dashed is last year."),
            "small_multiples(labels, panels, before=, unit=)",
            is_wide=True,
        ),
    ),
)
FORMS = Group(
    "forms",
    _("Forms and messages"),
    (
        Part(
            "buttons",
            _("Buttons"),
            _("One filled button per page. Dashed: another role may do it."),
            '<button class="button">…</button>',
        ),
        Part(
            "fields",
            _("Fields"),
            _("Label above, help under it, what is wrong before the field."),
            _include("field", "field="),
        ),
        Part("drop", _("Field for a file"), _("Choose a file, or let it fall here."), _include("drop", "field= hint=")),
        Part(
            "toast",
            _("Undo"),
            _("What was done and to how many, for ten seconds; no question beforehand."),
            'undo.done(request, text, undo_url="/…")',
        ),
    ),
)
GROUPS: Final = (LOOK, ANSWER, LISTS, RECORD, CHARTS, FORMS)


def count() -> int:
    """How many parts there are."""
    return sum(len(group.parts) for group in GROUPS)

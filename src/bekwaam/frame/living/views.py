"""The living page, and what its examples answer. Nothing is kept: what was tried travels in the address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.access.doors import needs
from bekwaam.frame.answers import answers
from bekwaam.frame.living import story
from bekwaam.frame.living.forms import ExampleForm, FileForm
from bekwaam.frame.living.parts import GROUPS, count
from bekwaam.frame.living.story_charts import charts
from bekwaam.frame.undo import done

Asked = dict[str, str]


@needs("me.read")
def frame(request: HttpRequest) -> HttpResponse:
    """Every part of the frame, with example content."""
    asked = request.GET.dict()
    whole = {"groups": GROUPS, "count": count(), **_lists(asked), **_record(asked), **_forms()}
    return render(request, "frame/living/page.html", whole | {"charts": charts()})


@needs("me.read")
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """One customer at the side of the example list."""
    found = [customer for customer in story.CUSTOMERS if customer.number == number]
    if not found:
        raise Http404
    return render(request, "frame/living/preview.html", {"customer": found[0], "of": len(story.CUSTOMERS)})


@needs("me.read", post="me.read")
def attempt(request: HttpRequest, part: str) -> HttpResponse:
    """What a part does when it is tried: a fragment for a script, the page for who has none."""
    if request.method != "POST":
        return redirect("frame")
    if part not in TRIED:
        raise Http404
    asked = request.GET.dict() | {name: value for name, value in request.POST.dict().items() if name in KEPT}
    TRIED[part](request, asked)
    if not request.htmx:
        return redirect(f"{reverse('frame')}?{urlencode(asked)}#{part}")
    context = {**_lists(asked), **_record(asked), "is_fetched": True, "is_saved": asked.get("decision") == "save"}
    return render(request, f"frame/living/tried/{part}.html", context)


KEPT: Final = ("answer", "day", "terms", "card", "stage", "decision", "seen")


def _moved(request: HttpRequest, asked: Asked) -> None:
    """The last move joins those before it, as `at-<card>`."""
    card, stage = asked.pop("card", ""), asked.pop("stage", "")
    if card not in {"a", "b", "c", "d"} or stage not in story.STAGES:
        raise Http404
    back = urlencode(asked)
    asked[f"at-{card}"] = stage
    done(request, story.moved_text(card, stage), undo_url=f"{reverse('frame_attempt', args=['undo'])}?{back}")


def _answered(request: HttpRequest, asked: Asked) -> None:
    """Nothing more than what the address says."""


def _undone(request: HttpRequest, asked: Asked) -> None:
    done(request, _("It is as it was."))


TRIED: Final[dict[str, Callable[[HttpRequest, Asked], None]]] = {
    "kanban": _moved,
    "answers": _answered,
    "editable": _answered,
    "toast": lambda request, asked: done(
        request,
        _("The account manager of 12 customers is now AM East."),
        undo_url=reverse("frame_attempt", args=["undo"]),
    ),
    "undo": _undone,
}


def _lists(asked: Asked) -> dict[str, Any]:
    moved = {name.removeprefix("at-"): stage for name, stage in asked.items() if name.startswith("at-")}
    state = urlencode({name: value for name, value in asked.items() if name.startswith("at-")})
    return {
        "customers": story.CUSTOMERS,
        "customers_total": sum(customer.gross_profit for customer in story.CUSTOMERS),
        "until": story.UNTIL,
        "currency": story.CURRENCY,
        "board": story.opportunities(moved),
        "board_url": f"{reverse('frame_attempt', args=['kanban'])}?{state}",
        "views": _views(),
        "chips": _chips(),
        "bulk_actions": _bulk_actions(),
    }


def _views() -> list[dict[str, Any]]:
    return [
        {"title": _("Slipping away"), "count": 9, "url": "#list", "is_current": True},
        {"title": _("Not spoken to this month"), "count": 4, "url": "#list"},
        {"title": _("All customers"), "count": 1_284, "url": "#list"},
    ]


def _chips() -> list[dict[str, str]]:
    above = _("above %(amount)s") % {"amount": story.amount(15_000)}
    return [
        {"name": _("Gross profit"), "value": above, "remove_url": "#list"},
        {"name": _("Rhythm"), "value": _("broken"), "remove_url": "#list"},
    ]


def _bulk_actions() -> list[dict[str, str]]:
    url = reverse("frame_attempt", args=["toast"])
    names = (_("Account manager"), _("Label"), _("Export"))
    return [{"title": name, "name": "action", "value": str(at), "url": url} for at, name in enumerate(names)]


def _record(asked: Asked) -> dict[str, Any]:
    given, _colon, reason = asked.get("answer", "").partition(":")
    kind = asked.get("kind", "")
    return {
        "facts": story.facts(),
        "sum_of_facts": story.sum_of_facts(),
        "timeline": story.timeline(kind),
        "timeline_filters": story.timeline_filters(kind),
        "answers": answers(given, reason=reason, on=_day(asked.get("day", ""))),
        "answers_url": reverse("frame_attempt", args=["answers"]),
        "chain": {"shown": 2, "likely": 13, "not_yet": 31, "contradicted": 1},
        **_editable(asked),
    }


def _editable(asked: Asked) -> dict[str, Any]:
    """Two values: the first is saved, the second was changed by another in the meantime."""
    typed, decision = asked.get("terms", ""), asked.get("decision", "")
    is_other = asked.get("seen") == "2"
    mine, theirs = _("45 days"), _("30 days")
    decided = {"take": theirs, "keep": typed} if is_other else {}
    return {
        "editable_url": reverse("frame_attempt", args=["editable"]),
        "saved_term": typed if typed and not is_other else mine,
        "clashing_term": decided.get(decision, mine),
        "clash": _clash(theirs) if is_other and decision not in decided else None,
        "typed_term": typed,
        "is_clashing": is_other,
    }


def _clash(theirs: str) -> dict[str, str]:
    return {"who": _("Inside sales"), "when": "09:12", "value": theirs}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _forms() -> dict[str, Any]:
    wrong = ExampleForm({"terms": "", "segment": "b2b"})
    return {"form": ExampleForm(auto_id="right_%s"), "wrong_form": wrong, "file_form": FileForm()}

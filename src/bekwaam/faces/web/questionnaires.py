"""The pages on which questionnaires are made: their words, their questions, and a new version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekwaam.access.doors import needs
from bekwaam.faces.web.forms.questionnaires import QuestionForm, WordsForm, initial_of
from bekwaam.frame.sentences import sentence
from bekwaam.records.editing import Clash
from bekwaam.records.models import Question, Questionnaire
from bekwaam.records.models.questionnaire import LANGUAGES, said
from bekwaam.records.questionnaires import making, queries
from bekwaam.terms.errors import Refused


@needs("questionnaires.read")
def questionnaires(request: HttpRequest) -> HttpResponse:
    """Who has not answered yet?"""
    waves = queries.waves_of(request.actor)
    running, silent = queries.open_counts(waves)
    context = {
        "waves": waves,
        "questionnaires": queries.questionnaires(request.actor),
        "running": running,
        "silent": silent,
    }
    return render(request, "web/questionnaires/list.html", context)


@needs("questionnaires.write")
def questionnaire_new(request: HttpRequest) -> HttpResponse:
    """Make a questionnaire."""
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = making.make(request.actor, form.words)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            return redirect("questionnaire", made.pk)
    return render(request, "web/questionnaires/words.html", {"form": form})


@needs("questionnaires.read")
def questionnaire(request: HttpRequest, pk: int) -> HttpResponse:
    """What do we ask?"""
    found = find(request, pk)
    language = speaking()
    asked = list(Question.scoped(request.actor).filter(questionnaire=found))
    for question in asked:
        question.said = said(question, "wording", language)
        question.labels = list(queries.choice_labels(question, language).values()) if question.has_choices else []
    context = {
        "questionnaire": found,
        "title": said(found, "title", language),
        "questions": asked,
        "languages": making.languages(found, asked),
        "waves": [row for row in queries.waves_of(request.actor) if row.wave.questionnaire_id == found.pk],
        "is_asked": queries.is_asked_by_now(found),
    }
    return render(request, "web/questionnaires/questionnaire.html", context)


def find(request: HttpRequest, pk: int) -> Questionnaire:
    """The questionnaire, when the visitor may read it."""
    found = Questionnaire.scoped(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def speaking() -> str:
    """The language of the page: nl or en."""
    code = (get_language() or LANGUAGES[0])[:2]
    return code if code in LANGUAGES else LANGUAGES[0]


@needs("questionnaires.write")
def questionnaire_change(request: HttpRequest, pk: int) -> HttpResponse:
    """What is it called, and what does it say first?"""
    found = find(request, pk)
    initial = {name: getattr(found, name) for name in making.WORDS}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            making.change(request.actor, found, form.words, version=_version(request, found))
        except Clash:
            form.add_error(None, _("Someone else changed this meanwhile. Reload the page and look at it first."))
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            return redirect("questionnaire", pk)
    return render(request, "web/questionnaires/words.html", {"form": form, "questionnaire": found})


def _version(request: HttpRequest, found: Questionnaire) -> int:
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else found.version


@needs("questionnaires.write")
@require_POST
def questionnaire_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of what was asked already."""
    try:
        made = making.new_version(request.actor, find(request, pk))
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect("questionnaire", pk)
    messages.success(request, _("This is the new version; what was asked stays as it was."))
    return redirect("questionnaire", made.pk)


@needs("questionnaires.write")
def question_new(request: HttpRequest, pk: int) -> HttpResponse:
    """One question more."""
    found = find(request, pk)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            making.add_question(request.actor, found, form.asking)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            return redirect("questionnaire", pk)
    return render(request, "web/questionnaires/question.html", {"form": form, "questionnaire": found})


@needs("questionnaires.write")
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a question otherwise."""
    found = _question(request, pk)
    form = QuestionForm(request.POST if request.method == "POST" else None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            making.change_question(request.actor, found, form.asking)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            return redirect("questionnaire", found.questionnaire_id)
    context = {"form": form, "questionnaire": found.questionnaire, "question": found}
    return render(request, "web/questionnaires/question.html", context)


def _question(request: HttpRequest, pk: int) -> Question:
    rows = Question.scoped(request.actor).select_related("questionnaire")
    found = rows.filter(pk=pk, questionnaire__trashed_at__isnull=True).first()
    if found is None:
        raise Http404
    return found


@needs("questionnaires.write")
@require_POST
def question_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A question less."""
    return _done(request, _question(request, pk), making.remove_question)


@needs("questionnaires.write")
@require_POST
def question_up(request: HttpRequest, pk: int) -> HttpResponse:
    """A question one place earlier."""
    return _done(request, _question(request, pk), making.move_up)


def _done(request: HttpRequest, found: Question, action: Any) -> HttpResponse:
    back = found.questionnaire_id
    try:
        action(request.actor, found)
    except Refused as refused:
        messages.error(request, sentence(refused))
    return redirect("questionnaire", back)

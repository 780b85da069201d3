"""The page behind the link of a questionnaire: for people outside, without an account, a cookie or a script."""

from __future__ import annotations

import secrets
from typing import Any, Final

from allauth.core.internal.ratelimit import consume  # the public one never counts a GET
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.access.doors import public
from bekwaam.access.models import Company
from bekwaam.faces.web.asked import Asked, asked, read_all
from bekwaam.faces.web.link_csrf import csrf_by_link
from bekwaam.frame.formats import currency_symbol
from bekwaam.records.models import Invitation
from bekwaam.records.models.questionnaire import LANGUAGES, said
from bekwaam.records.questionnaires import answering as answers
from bekwaam.records.questionnaires.making import languages

LONGEST_SENDING: Final = 64
LEAST_SENDING: Final = 16


@public
@csrf_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def answering(request: HttpRequest, token: str) -> HttpResponse:
    """Answer the questions. Looking at the page does not use the link up."""
    invitation = answers.find(token)
    if invitation is None:
        return _without_answer(request, token)
    if request.method == "POST" and not _may(request, "questionnaire_answer"):
        return _busy(request)
    asked_here = answers.questions_of(invitation)
    spoken = languages(invitation.wave.questionnaire, asked_here) or list(LANGUAGES)
    language = _language(request, invitation, spoken)
    with translation.override(language):
        if request.method == "POST":
            return _posted(request, token, invitation, spoken)
        earlier = answers.earlier_answers(invitation)
        return _page(request, invitation, spoken, asked(asked_here, language, earlier=earlier))


def _language(request: HttpRequest, invitation: Invitation, spoken: list[str]) -> str:
    """The one that he chose on the page, or else that of the invitation; never one in which words are missing."""
    wanted = [request.POST.get("to", ""), request.POST.get("language", ""), request.GET.get("language", "")]
    return next((code for code in [*wanted, invitation.language] if code in spoken), spoken[0])


def _posted(request: HttpRequest, token: str, invitation: Invitation, spoken: list[str]) -> HttpResponse:
    """Keep what was filled in; a change of language or a missing answer keeps it on the page instead."""
    language = translation.get_language() or LANGUAGES[0]
    from_language = request.POST.get("language", language)
    questions = answers.questions_of(invitation)
    if "to" in request.POST:
        return _page(request, invitation, spoken, asked(questions, language, posted=request.POST))
    given, faults = read_all(questions, request.POST, from_language if from_language in LANGUAGES else language)
    if faults:
        return _page(request, invitation, spoken, asked(questions, language, posted=request.POST, faults=faults))
    if not answers.keep(token, given, language=language, sending=_sending(request)):
        return _dead(request)
    return redirect(f"/q/thanks/?language={language}")


def _sending(request: HttpRequest) -> str:
    """The number that the form carried; whoever sends a short one gets a fresh one, and no idempotence."""
    sent = request.POST.get("sending", "")
    return sent if LEAST_SENDING <= len(sent) <= LONGEST_SENDING else secrets.token_urlsafe(LEAST_SENDING)


def _page(request: HttpRequest, invitation: Invitation, spoken: list[str], rows: list[Asked]) -> HttpResponse:
    language = translation.get_language() or LANGUAGES[0]
    questionnaire = invitation.wave.questionnaire
    faults = [row for row in rows if row.fault]
    context: dict[str, Any] = {
        "title": said(questionnaire, "title", language),
        "intro": said(questionnaire, "intro", language),
        "wave": invitation.wave,
        "rows": rows,
        "faults": faults,
        "language": language,
        "others": [code for code in spoken if code != language],
        "sending": request.POST.get("sending") or secrets.token_urlsafe(LEAST_SENDING),
        "currency": currency_symbol(Company.current().currency, language),
    }
    return _sealed(render(request, "web/answering/page.html", context, status=422 if faults else 200))


def _sealed(response: HttpResponse) -> HttpResponse:
    """No address of a link leaves the page, and no search engine keeps one."""
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _without_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The form that was sent twice is thanked for twice; everything else gets one and the same page."""
    if not _may(request, "questionnaire_guess"):
        return _busy(request)
    sending = request.POST.get("sending", "") if request.method == "POST" else ""
    if LEAST_SENDING <= len(sending) <= LONGEST_SENDING and answers.was_sent(token, sending):
        return redirect(f"/q/thanks/?language={request.POST.get('language', '')[:2]}")
    return _dead(request)


def _dead(request: HttpRequest) -> HttpResponse:
    """One answer for a link that is forged, used, too early, closed, withdrawn or stopped."""
    return _sealed(render(request, "web/answering/dead.html", status=410))


def _may(request: HttpRequest, action: str) -> bool:
    """Whether this visitor asks slowly enough."""
    return bool(consume(request, app="allauth.account", action=action, limit_get=True))


def _busy(request: HttpRequest) -> HttpResponse:
    return _sealed(render(request, "web/answering/busy.html", status=429))


@public
@csrf_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def answering_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing more about this. It says the same of every link, so nobody learns here which one exists."""
    if request.method == "POST":
        if not _may(request, "questionnaire_guess"):
            return _busy(request)
        answers.stop(token)
    language = next((code for code in LANGUAGES if code == request.GET.get("language")), None)
    with translation.override(language or translation.get_language()):
        context = {"is_done": request.method == "POST"}
        return _sealed(render(request, "web/answering/stop.html", context))


@public
@require_safe
def answering_thanks(request: HttpRequest) -> HttpResponse:
    """Thanks. It has no token in its address, so it may be reloaded and kept."""
    language = next((code for code in LANGUAGES if code == request.GET.get("language")), None)
    with translation.override(language or translation.get_language()):
        return _sealed(render(request, "web/answering/thanks.html"))

"""The pages of a wave: who is asked, the links, who has not answered, and what came back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bekwaam.access.doors import needs
from bekwaam.access.models import Company
from bekwaam.faces.web.forms.questionnaires import InviteForm, WaveForm
from bekwaam.faces.web.questionnaires import find, speaking
from bekwaam.frame.bars import Part, bars
from bekwaam.frame.formats import decimal_number, money, whole_number
from bekwaam.frame.lists.export import safe_text
from bekwaam.frame.sentences import sentence
from bekwaam.records.models import Invitation, Question
from bekwaam.records.models.questionnaire import said
from bekwaam.records.questionnaires import asking, queries
from bekwaam.records.questionnaires.asking import Handed
from bekwaam.terms.errors import Refused


@needs("questionnaires.write")
def wave_new(request: HttpRequest, pk: int) -> HttpResponse:
    """When do we ask it, and how?"""
    found = find(request, pk)
    initial = {"opens_on": timezone.localdate(), "by_mail": settings.BEKWAAM_MAIL is not None}
    form = WaveForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = asking.plan_wave(request.actor, found, form.plan)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            return redirect("wave_invite", made.pk)
    context = {"form": form, "questionnaire": found, "has_server": settings.BEKWAAM_MAIL is not None}
    return render(request, "web/questionnaires/wave_new.html", context)


@needs("questionnaires.read")
def wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has not answered yet?"""
    row = _row(request, pk)
    results = queries.results(request.actor, row.wave, speaking())
    context = {
        "row": row,
        "wave": row.wave,
        "counts": row.counts,
        "title": said(row.wave.questionnaire, "title", speaking()),
        "people": queries.people_in(request.actor, row.wave),
        "results": [_shown(result) for result in results],
        "is_over": row.state in ("closed", "withdrawn"),
        "least": queries.LEAST_SHOWN,
    }
    return render(request, "web/questionnaires/wave.html", context)


def _row(request: HttpRequest, pk: int) -> queries.WaveRow:
    found = queries.waves_of(request.actor, Q(pk=pk))
    if not found:
        raise Http404
    return found[0]


def _shown(result: queries.Result) -> dict[str, Any]:
    """A result with its bars drawn and its mean in figures."""
    parts = [Part(bar.label, bar.count) for bar in result.bars]
    return {
        "result": result,
        "bars": bars(parts, write=lambda count: whole_number(int(count))) if result.is_shown and parts else None,
        "mean": _mean(result),
    }


def _mean(result: queries.Result) -> str:
    if result.mean is None:
        return ""
    if result.question.kind == Question.Kind.AMOUNT:
        return str(money(result.mean, Company.current().currency))
    unit = result.question.unit if result.question.kind == Question.Kind.NUMBER else ""
    return f"{decimal_number(result.mean, 1)}\u00a0{unit}".strip()


@needs("questionnaires.write")
def wave_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom do we ask?"""
    row = _row(request, pk)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made, left_out = asking.invite(request.actor, row.wave, form.invitees(request.actor))
        except Refused as refused:
            form.add_error("people", sentence(refused))
        else:
            messages.success(request, _told(len(made), left_out))
            return redirect("wave", pk)
    title = said(row.wave.questionnaire, "title", speaking())
    return render(request, "web/questionnaires/invite.html", {"form": form, "wave": row.wave, "title": title})


def _told(made: int, left_out: int) -> str:
    told = ngettext("%(count)s person is invited.", "%(count)s people are invited.", made) % {"count": made}
    if left_out:
        told += " " + ngettext(
            "%(count)s was left out: invited already, or wants to hear nothing more about this.",
            "%(count)s were left out: invited already, or want to hear nothing more about this.",
            left_out,
        ) % {"count": left_out}
    return told


@needs("questionnaires.write")
@require_POST
def wave_links(request: HttpRequest, pk: int) -> HttpResponse:
    """The links of who may still answer: on the page or as CSV, this once."""
    row = _row(request, pk)
    try:
        handed = asking.hand_out(request.actor, row.wave)
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect("wave", pk)
    lines = [(one.invitation, _address(request, one)) for one in handed]
    if request.POST.get("as") == "csv":
        return _csv(pk, lines)
    title = said(row.wave.questionnaire, "title", speaking())
    return render(request, "web/questionnaires/links.html", {"lines": lines, "wave": row.wave, "title": title})


def _address(request: HttpRequest, handed: Handed) -> str:
    """Under the installation's own address, never under one that a visitor typed."""
    address, path = settings.BEKWAAM_ADDRESS, reverse("answering", args=[handed.token])
    return address.base_url.rstrip("/") + path if address.is_tls else request.build_absolute_uri(path)


def _csv(pk: int, lines: list[tuple[Invitation, str]]) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="links-{pk}.csv"'
    csv.writer(response, delimiter=";").writerows(_csv_rows(lines))
    return response


def _csv_rows(lines: list[tuple[Invitation, str]]) -> Iterator[list[str]]:
    yield [_("Name"), _("E-mail address"), _("Language"), _("Link")]
    for invitation, address in lines:
        yield [safe_text(text) for text in (invitation.name, invitation.email, invitation.language, address)]


@needs("questionnaires.write")
@require_POST
def wave_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End a wave at once."""
    asking.withdraw(request.actor, _row(request, pk).wave)
    messages.success(request, _("This wave is withdrawn: its links no longer work and no mail leaves."))
    return redirect("wave", pk)


@needs("questionnaires.write")
@require_POST
def invitation_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who was invited is no longer known."""
    found: Invitation | None = Invitation.scoped(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    asking.forget(request.actor, found)
    messages.success(request, _("Name, address and words are gone; the counts stay."))
    return redirect("wave", found.wave_id)

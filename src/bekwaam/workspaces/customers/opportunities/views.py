"""The pages of opportunities."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.access.doors import needs
from bekwaam.access.models import Company
from bekwaam.frame.lists import asked_by_form, list_page
from bekwaam.frame.sentences import sentence
from bekwaam.frame.undo import done
from bekwaam.records import opportunities
from bekwaam.records.models import StageEntry
from bekwaam.records.record_fields import by_code
from bekwaam.records.saved_views import views_of
from bekwaam.terms.errors import Refused
from bekwaam.workspaces.customers.opportunities.fields import fields_for_page
from bekwaam.workspaces.customers.opportunities.forms import NewForm, SellersForm, StageForm
from bekwaam.workspaces.customers.opportunities.listed import opportunity_list
from bekwaam.workspaces.customers.opportunities.page import opportunity_of, opportunity_page, shares_of
from bekwaam.workspaces.customers.record_views import edited, thrown_away


@needs("opportunities.read")
def all_opportunities(request: HttpRequest) -> HttpResponse:
    """Which opportunities are open, and every other view on the list."""
    definition = opportunity_list(request.actor)
    if (typed := asked_by_form(request.GET, definition)) is not None:
        return redirect(typed.url)
    company = Company.current()
    page = list_page(definition, request.GET, views_of("opportunities", request.actor), currency=company.currency)
    context = {
        "page": page,
        "company": company,
        "known": page.views["all"].count,
        "still": page.views["open"].count,
        "amount": page.views["open"].totals["amount"],
        "late": page.views["late"].count,
    }
    return render(request, "customers/opportunities.html", context)


@needs("opportunities.write")
def new_opportunity(request: HttpRequest) -> HttpResponse:
    """Record an opportunity, of the customer that the address names."""
    form = NewForm(request.POST or None, initial={"customer": request.GET.get("customer", "")}, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        made = _made(request, form)
        if made is not None:
            return redirect("opportunity", made.number)
    return render(request, "customers/opportunity_new.html", {"form": form})


def _made(request: HttpRequest, form: NewForm) -> Any:
    try:
        made = opportunities.make(request.actor, opportunities.Draft(**form.cleaned_data))
    except Refused as refused:
        form.add_error(None, sentence(refused))
        return None
    undo_url = reverse("opportunity_trash", args=[made.number])
    done(request, _("“%(title)s” is recorded.") % {"title": made}, undo_url=undo_url)
    return made


def _found(number: str, request: HttpRequest) -> Any:
    found = opportunity_of(number, request.actor)
    if found is None:
        raise Http404
    return found


@needs("opportunities.read")
def opportunity(request: HttpRequest, number: str) -> HttpResponse:
    """One opportunity: where does it stand, and what comes next?"""
    return render(request, "customers/opportunity.html", opportunity_page(request, _found(number, request)))


@needs("opportunities.write")
def opportunity_edit(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """One field of an opportunity."""
    found, one = _found(number, request), by_code(fields_for_page(), field)
    if one is None:
        raise Http404
    return edited(request, found, one, back=reverse("opportunity", args=[number]))


@needs("opportunities.read", post="opportunities.write")
def opportunity_stage(request: HttpRequest, number: str) -> HttpResponse:
    """Another stage; the undo stands in the message."""
    found = _found(number, request)
    if request.method != "POST":
        return redirect("opportunity", number)
    form = StageForm(request.POST, opportunity=found)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("opportunity", number)
    try:
        _moved(request, found, form)
    except Refused as refused:
        messages.error(request, sentence(refused))
    return redirect("opportunity", number)


def _moved(request: HttpRequest, found: Any, form: StageForm) -> None:
    told = form.cleaned_data
    on: date | None = told["on"]
    seen = request.POST.get("seen", "")
    moved = opportunities.move(request.actor, found, told["stage"], seen=seen, on=on, reason=told["reason"])
    last = StageEntry.scoped(request.actor).filter(opportunity=moved).order_by("-pk").first()
    words = _("“%(title)s”: %(stage)s.") % {"title": moved, "stage": moved.stage_title}
    undo_url = reverse("opportunity_moved_back", args=[last.pk]) if last else ""
    done(request, words, undo_url=undo_url)


@needs("opportunities.read", post="opportunities.write")
def moved_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a move."""
    entry = StageEntry.scoped(request.actor).select_related("opportunity").filter(pk=pk).first()
    if entry is None:
        raise Http404
    number = entry.opportunity.number
    if request.method == "POST":
        try:
            back = opportunities.move_back(request.actor, entry)
            messages.success(request, _("“%(title)s”: %(stage)s.") % {"title": back, "stage": back.stage_title})
        except Refused as refused:
            messages.error(request, sentence(refused))
    return redirect("opportunity", number)


@needs("opportunities.write")
def opportunity_sellers(request: HttpRequest, number: str) -> HttpResponse:
    """Who works on it, and with which share."""
    found = _found(number, request)
    shares = {one.seller.code: one.share for one in shares_of(found, request.actor)}
    form = SellersForm(request.POST or None, actor=request.actor, shares=shares)
    if request.method == "POST" and form.is_valid() and _shared(request, form, found):
        messages.success(request, _("Saved."))
        return redirect("opportunity", number)
    return render(request, "customers/opportunity_sellers.html", {"form": form, "opportunity": found})


def _shared(request: HttpRequest, form: SellersForm, found: Any) -> bool:
    chosen = form.shares()
    whole = {code: share for code, share in chosen.items() if share is not None}
    shares = whole if len(whole) == len(chosen) else opportunities.even_shares(list(chosen))
    try:
        opportunities.share_out(request.actor, found, shares)
    except Refused as refused:
        form.add_error(None, sentence(refused))
        return False
    return True


@needs("opportunities.read", post="opportunities.write")
def opportunity_trash(request: HttpRequest, number: str) -> HttpResponse:
    """Into the trash, and how to take that back."""
    found = opportunity_of(number, request.actor)
    return thrown_away(request, found, page="opportunity", key=number, to="opportunities")

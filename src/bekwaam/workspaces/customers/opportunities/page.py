"""What the page of one opportunity shows, gathered for one reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.access.models import Company
from bekwaam.frame.days import day
from bekwaam.frame.formats import money, names_in_list
from bekwaam.records import stages
from bekwaam.records.files import files_of
from bekwaam.records.models import Opportunity, OpportunitySeller, StageEntry
from bekwaam.records.timeline import Asked, Source, changes_of, stream
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.customers.opportunities.fields import opportunity_fields
from bekwaam.workspaces.customers.opportunities.forms import StageForm
from bekwaam.workspaces.customers.opportunities.timeline import NOTES, TASKS, stages_of
from bekwaam.workspaces.customers.record import filters_of, shown
from bekwaam.workspaces.customers.related import promises_of

SOURCES: Final = (
    Source("stages", gettext_lazy("Stages"), stages_of),
    NOTES,
    TASKS,
    Source("changes", gettext_lazy("Changes"), changes_of),
)
SHOWN: Final = 50


def opportunity_of(number: str, actor: Actor) -> Any:
    """The opportunity with its customer, knowing whether the reader may change it."""
    rows = Opportunity.scoped(actor).select_related("customer", "customer__seller", "created_by")
    found: Any = rows.defer("created_by__report").filter(number=number).first()
    if found is not None:
        found.has_files = False  # what later files changed stands in its stages
        writing = Opportunity.writing(actor)
        found.may_write = writing is not None and rows.filter(writing, pk=found.pk).exists()
    return found


def shares_of(found: Opportunity, actor: Actor) -> list[OpportunitySeller]:
    """Who works on it, the largest share first."""
    return list(OpportunitySeller.scoped(actor).filter(opportunity=found).select_related("seller"))


def opportunity_page(request: HttpRequest, found: Any) -> dict[str, Any]:
    """Everything on the page of an opportunity."""
    company = Company.current()
    fields = opportunity_fields(company.currency)
    titles = {field.name: field.title for field in fields} | {"stage": _("Stage"), "closed_on": _("Closed on")}
    asked = Asked("opportunities", found, found.number, request.actor, {"titles": titles, "currency": company.currency})
    shares = shares_of(found, request.actor)
    return {
        "opportunity": found,
        "facts": _facts(found, shares, company.currency),
        "fields": [shown(one, found, reverse("opportunity_edit", args=[found.number, one.code])) for one in fields],
        "shares": shares,
        "steps": _steps(found, request.actor),
        "stage_form": StageForm(initial={"stage": found.stage}, opportunity=found),
        "today": timezone.localdate(),
        "files": files_of("opportunities", found.number, request.actor),
        "about": asked,
        **promises_of(asked),
        **_stream(request, asked, SOURCES),
    }


def _stream(request: HttpRequest, asked: Asked, sources: Iterable[Source]) -> dict[str, Any]:
    only = next((source.code for source in sources if source.code == request.GET.get("kind")), "")
    found = stream(sources, asked, only=only, most=SHOWN)
    address = reverse("opportunity", args=[asked.key])
    return {"timeline": found.entries, "filters": filters_of(sources, found, only, address)}


def _facts(found: Opportunity, shares: list[Any], currency: str) -> list[dict[str, Any]]:
    """The strip: only what is known."""
    facts: list[dict[str, Any]] = [{"label": _("Stage"), "value": found.stage_title}]
    if found.amount is not None:
        facts.append({"label": _("Amount"), "value": money(found.amount, currency, style="whole")})
    if found.closed_on:
        facts.append({"label": _("Closed on"), "value": day(found.closed_on)})
    elif found.expected_on:
        is_late = found.expected_on < timezone.localdate()
        remark = _("past") if is_late else ""
        facts.append(
            {"label": _("Expected to close on"), "value": day(found.expected_on), "late": is_late, "remark": remark}
        )
    if shares:
        facts.append({"label": _("Seller"), "value": names_in_list([str(one.seller) for one in shares])})
    return facts


def _steps(found: Opportunity, actor: Actor) -> list[dict[str, Any]]:
    """The stages of its market: passed, current, to come; of the two ends only the one that it came to."""
    since = {entry.stage: entry.since for entry in StageEntry.scoped(actor).filter(opportunity=found)}
    here = stages.stage_of(found.stage)
    return [
        {
            "title": stage.title,
            "since": since.get(stage.code) if stage.step <= here.step else None,
            "is_current": stage.code == found.stage,
        }
        for stage in stages.stages_of(found.market_type)
        if not stage.is_closed or stage.code == found.stage
    ]

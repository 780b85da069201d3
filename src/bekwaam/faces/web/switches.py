"""The pages on which figures about persons are switched on and off."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekwaam.access import queries, tiers
from bekwaam.access.doors import needs
from bekwaam.access.indicators import INDICATORS, RESULTS, Indicator
from bekwaam.access.policy import may
from bekwaam.faces.web.forms.switches import SwitchForm


@needs("switches.read")
def switches(request: HttpRequest) -> HttpResponse:
    """What may Bekwaam keep about persons?"""
    rows = queries.switch_rows(request.actor, timezone.localdate())
    context = {
        "tiers": rows,
        "consented": sum(row.switch is not None for _name, of_tier in rows for row in of_tier),
        "may_write": may(request.actor, "switches.write"),
    }
    return render(request, "web/switches.html", context)


@needs("switches.write")
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Record what the works council agreed to, which switches the figure on."""
    indicator = _indicator(code)
    form = SwitchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        tiers.switch_on(request.actor, code, form.ground)
        messages.success(request, _("Recorded."))
        return redirect("switches")
    return render(request, "web/switch.html", {"form": form, "indicator": indicator, "code": code})


@needs("switches.write")
@require_POST
def switch_off(request: HttpRequest, code: str) -> HttpResponse:
    """Switch the figure off, at once."""
    _indicator(code)
    tiers.switch_off(request.actor, code)
    messages.success(request, _("Switched off."))
    return redirect("switches")


def _indicator(code: str) -> Indicator:
    indicator = INDICATORS.get(code)
    if indicator is None or indicator.tier == RESULTS:
        raise Http404
    return indicator

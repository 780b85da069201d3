"""The pages of the cockpit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bekwaam.access.doors import needs
from bekwaam.workspaces.cockpit import pages


@needs("cockpit.read")
def week(request: HttpRequest) -> HttpResponse:
    """What needs attention this week?"""
    page = pages.week(request.actor, shows_all="all" in request.GET)
    return render(request, "cockpit/week.html" if page["run"] else "cockpit/empty.html", page)


@needs("cockpit.read")
def half_year_ago(request: HttpRequest) -> HttpResponse:
    """Would we have seen this half a year ago?"""
    page = pages.half_year_ago(request.actor)
    return render(request, "cockpit/half_year_ago.html" if page["run"] else "cockpit/empty.html", page)

"""The pages for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from bekwaam.access.request_id import current_request_id


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form did not come from a page of ours, or that page had been open too long."""
    return render(request, "web/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke. The page asks nothing of the database or the visitor's account: they may be what broke."""
    return HttpResponse(render_to_string("500.html", {"number": current_request_id()}), status=500)

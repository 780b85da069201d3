"""Whether the process answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bekwaam.access.doors import public


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive. Says nothing about the database, and asks it nothing."""
    return HttpResponse("ok\n", content_type="text/plain")

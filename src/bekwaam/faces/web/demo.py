"""The page that leads from the demo to one's own data."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bekwaam.access.doors import needs
from bekwaam.demo import leaving


@needs("settings.write", post="settings.write")
def leave_demo(request: HttpRequest) -> HttpResponse:
    """Empty the demo and become its administrator; nowhere but in a demo."""
    if not leaving.is_demo():
        raise Http404
    if request.method == "POST":
        link = leaving.leave(request.actor)
        logout(request)
        return redirect(link)
    return render(request, "web/leave_demo.html", {"folder": settings.BEKWAAM_HOME.path})

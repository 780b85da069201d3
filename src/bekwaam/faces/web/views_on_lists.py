"""Saved views: keep one, rename it, share it, take it away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekwaam.access.doors import needs
from bekwaam.faces.web.lists import list_of, state_of
from bekwaam.frame.lists import list_places
from bekwaam.frame.sentences import sentence
from bekwaam.records import saved_views
from bekwaam.records.saved_views import ViewWords
from bekwaam.terms.errors import Refused


@needs("me.write")
def list_views(request: HttpRequest, code: str) -> HttpResponse:
    """One's own views on a list; a sent form keeps one more."""
    definition = list_of(code, request.actor)
    if request.method == "POST" and request.POST.get("name", "").strip():
        return _keep(request, code)
    mine = [view for view in saved_views.views_of(code, request.actor) if view.is_own]
    return render(request, "web/lists/views.html", {"definition": definition, "views": mine})


def _keep(request: HttpRequest, code: str) -> HttpResponse:
    definition = list_of(code, request.actor)
    state = state_of(definition, request.POST.get("query", "")).turned(saved=None)
    words = ViewWords(
        list_code=code,
        name=request.POST["name"].strip()[:60],
        query=state.query,
        is_shared="is_shared" in request.POST,
        is_default="is_default" in request.POST,
    )
    try:
        view = saved_views.save_view(request.actor, words)
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect(state.url)
    messages.success(request, _("View “%(name)s” is saved.") % {"name": view.name})
    return redirect(state.turned(saved=view.pk).url)


@needs("me.write")
def list_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Change or take away one of one's own views."""
    view = saved_views.own_view(pk, request.actor)
    if view is None or view.list_code not in list_places():
        raise Http404
    definition = list_of(view.list_code, request.actor)
    if request.method == "POST" and request.POST.get("do") == "remove":
        saved_views.remove_view(request.actor, view)
        messages.success(request, _("View “%(name)s” is gone.") % {"name": view.name})
    elif request.method == "POST" and request.POST.get("name", "").strip():
        _change(request, view)
    return redirect("list_views", definition.code)


def _change(request: HttpRequest, view: saved_views.SavedView) -> None:
    try:
        saved_views.change_view(
            request.actor,
            view,
            name=request.POST["name"].strip()[:60],
            query=view.query,
            is_shared="is_shared" in request.POST,
            is_default="is_default" in request.POST,
        )
    except Refused as refused:
        messages.error(request, sentence(refused))

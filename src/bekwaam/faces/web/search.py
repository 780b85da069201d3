"""The page of the search, and the part of it that the palette fetches."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from bekwaam.access.doors import needs
from bekwaam.faces.web.searching import IN_PALETTE, ON_PAGE, said, sections_for
from bekwaam.frame.palette import start_for
from bekwaam.records.searching.words import LONGEST_TYPED


@needs("me.read")
def search(request: HttpRequest) -> HttpResponse:
    """What are you looking for?"""
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_TYPED]
    limit = IN_PALETTE if request.htmx else ON_PAGE
    sections = sections_for(text, request.actor, limit=limit, kind=request.GET.get("kind", ""))
    if not text and not request.htmx:
        sections = start_for(request.actor)
    template = "frame/_found.html" if request.htmx else "web/search.html"
    response = render(request, template, {"sections": sections, "asked": text, "said": said(text, sections)})
    patch_vary_headers(response, ["HX-Request"])
    return response

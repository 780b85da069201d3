"""The description of the REST interface. A snapshot stands in the docs, so that no change goes unseen."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from bekwaam.access.doors import needs
from bekwaam.faces.api.interface import description


@needs("me.read")
def openapi(request: HttpRequest) -> JsonResponse:
    """The schema, for whoever is signed in."""
    return JsonResponse(description())

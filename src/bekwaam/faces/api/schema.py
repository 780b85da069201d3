"""The description of the REST interface, as OpenAPI. A snapshot stands in the docs, so that no change goes unseen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse

from bekwaam.access.doors import needs


def description() -> dict[str, Any]:
    """What the interface offers."""
    from bekwaam.faces.api.urls import api  # the addresses name this view, so they are looked up when asked

    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


@needs("me.read")
def openapi(request: HttpRequest) -> JsonResponse:
    """The schema, for whoever is signed in."""
    return JsonResponse(description())

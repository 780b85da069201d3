"""The REST interface of this installation: the resources of all rooms, put together once."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings

from bekwaam.frame.rest.api import Api
from bekwaam.frame.rest.resource import Resource

VERSION = "1"


def resources() -> list[Resource]:
    """Those of each room, in the order of the navigation."""
    return [one for room in settings.BEKWAAM_ROOMS for one in import_module(f"{room}.rest").RESOURCES]


api = Api(version=VERSION, resources=resources())


def description() -> dict[str, Any]:
    """What the interface offers, as OpenAPI."""
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))

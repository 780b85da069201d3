"""The addresses of the REST interface."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.urls import path

from bekwaam.faces.api import schema
from bekwaam.frame.rest.api import Api
from bekwaam.frame.rest.resource import Resource

VERSION = "1"


def resources() -> list[Resource]:
    """Those of each room, in the order of the navigation."""
    return [one for room in settings.BEKWAAM_ROOMS for one in import_module(f"{room}.rest").RESOURCES]


api = Api(version=VERSION, resources=resources())

urlpatterns = [
    path("openapi.json", schema.openapi, name="api_schema"),
    *api.patterns(),
]

"""The addresses of the REST interface."""

from __future__ import annotations

from django.urls import path

from bekwaam.faces.api import schema
from bekwaam.faces.api.interface import api

urlpatterns = [
    path("openapi.json", schema.openapi, name="api_schema"),
    *api.patterns(),
]

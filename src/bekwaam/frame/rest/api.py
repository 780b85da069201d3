"""The whole interface, put together from the resources of all rooms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import URLPattern
from ninja import NinjaAPI

from bekwaam.frame.rest.problems import speak_in_problems
from bekwaam.frame.rest.resource import Resource


class Api(NinjaAPI):
    """Resources under one address, with problems for errors. Its own pages of documentation would load from elsewhere
    and are left out; the schema is served by a view of ours, behind a door."""

    def __init__(self, *, version: str, resources: Iterable[Resource]) -> None:
        super().__init__(title="Bekwaam", version=version, docs_url=None, openapi_url=None, urls_namespace="api")
        self.needed: dict[tuple[str, str], str] = {}
        speak_in_problems(self)
        for resource in resources:
            self.add_router("", resource.router)
            self.needed |= resource.needed

    def patterns(self) -> list[URLPattern]:
        """The addresses, each with the action that every method of it needs: what the tests of the house read."""
        found = [pattern for pattern in self.urls[0] if pattern.name != "api-root"]
        for pattern in found:
            pattern.callback.actions = self._actions_of(pattern.name)
        return found

    def _actions_of(self, name: Any) -> dict[str, str]:
        return {method: action for (known, method), action in self.needed.items() if known == name}

"""What every page may know about the demo."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from bekwaam.demo import leaving


def demo(request: HttpRequest) -> dict[str, Any]:
    """`is_demo`: whether the figures are those of the demo company. Nothing is looked up before a template asks."""
    return {"is_demo": SimpleLazyObject(leaving.is_demo)}

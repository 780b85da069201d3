"""Small marks in a template, drawn on the server.

{% load marks %}
{% level 2.6 3.4 raters=5 %}
{% strokes counts %}   {# {"shown": 2, "likely": 13, "not_yet": 31, "contradicted": 1} #}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from bekwaam.frame import level as levels
from bekwaam.frame import strokes as rows

register = template.Library()


@register.inclusion_tag("frame/_level.html")
def level(low: float, high: float, *, raters: int) -> dict[str, Any]:
    """A band on a rule of five points; the words where fewer than three people gave a level."""
    return {"level": levels.level(low, high, raters=raters)}


@register.inclusion_tag("frame/_strokes.html")
def strokes(counts: Mapping[str, int]) -> dict[str, Any]:
    """A stroke per link of the chain."""
    return {"row": rows.strokes(counts)}

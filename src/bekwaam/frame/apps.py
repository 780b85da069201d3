"""The frame as a Django application."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    """Brings templates, static files and template tags; it has no tables."""

    name = "bekwaam.frame"
    label = "frame"

"""The cockpit: this week."""

from django.apps import AppConfig


class CockpitConfig(AppConfig):
    """What needs attention this week."""

    name = "bekwaam.workspaces.cockpit"
    label = "cockpit"
    default_auto_field = "django.db.models.BigAutoField"

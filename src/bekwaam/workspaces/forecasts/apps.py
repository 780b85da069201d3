"""The forecasts room."""

from django.apps import AppConfig


class ForecastsConfig(AppConfig):
    """Where the year ends, with an honest range."""

    name = "bekwaam.workspaces.forecasts"
    label = "forecasts"
    default_auto_field = "django.db.models.BigAutoField"

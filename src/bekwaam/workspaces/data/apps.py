"""The data room."""

from django.apps import AppConfig


class DataConfig(AppConfig):
    """What was read in, and which rows are not right."""

    name = "bekwaam.workspaces.data"
    label = "data"
    default_auto_field = "django.db.models.BigAutoField"

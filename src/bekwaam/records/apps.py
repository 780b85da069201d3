"""The records app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Who and what: the rows that people know by name."""

    name = "bekwaam.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

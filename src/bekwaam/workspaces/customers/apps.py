"""The customers room."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Who is worth keeping."""

    name = "bekwaam.workspaces.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"

"""The access app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Users, roles, rights, the scoped door and the audit log."""

    name = "bekwaam.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

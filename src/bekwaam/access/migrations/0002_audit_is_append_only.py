"""The audit log cannot be altered, whoever holds the connection."""

from typing import Any

from django.db import migrations

from bekwaam.access import chain_triggers


def put_up(apps: Any, schema_editor: Any) -> None:
    chain_triggers.put_up(schema_editor.connection)


def take_down(apps: Any, schema_editor: Any) -> None:
    chain_triggers.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]

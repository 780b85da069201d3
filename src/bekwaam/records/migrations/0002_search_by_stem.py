"""Records are found by the stems of their words, in an index that the database keeps in step."""

from typing import Any

from django.db import migrations, models

from bekwaam.records.finding import fields_of
from bekwaam.records.searching import index

CHUNK = 2_000
SEARCHED = {"customers": ("Customer", "number", "name", "city"), "products": ("Product", "code", "description", "product_group")}


def write_entries(apps: Any, schema_editor: Any) -> None:
    """Every entry anew: those of an older version know no stems, and none of the towns."""
    entry = apps.get_model("records", "SearchEntry")
    entry.objects.all().delete()
    for kind, (model, *fields) in SEARCHED.items():
        rows = apps.get_model("records", model).objects.values_list(*fields)
        entries = (
            entry(object_type=kind, object_key=key, **fields_of(kind, key, name, [more])) for key, name, more in rows
        )
        entry.objects.bulk_create(entries, batch_size=CHUNK)


def create_index(apps: Any, schema_editor: Any) -> None:
    index.create(schema_editor.connection)


def drop_index(apps: Any, schema_editor: Any) -> None:
    index.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.RemoveField("searchentry", "label"),
        migrations.AlterField("searchentry", "words", models.CharField(max_length=600)),
        migrations.AddField("searchentry", "code", models.CharField(default="", max_length=60)),
        migrations.AddField("searchentry", "name", models.CharField(default="", max_length=300)),
        migrations.AddField("searchentry", "tokens", models.TextField(default="")),
        migrations.RunPython(write_entries, migrations.RunPython.noop),
        migrations.RunPython(create_index, drop_index),
    ]

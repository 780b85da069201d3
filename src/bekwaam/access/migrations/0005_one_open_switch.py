from typing import Any

from django.db import migrations, models
from django.db.models import Max, Q
from django.utils import timezone


def close_what_a_newer_one_replaced(apps: Any, _schema: Any) -> None:
    """Only the newest open switch of a figure was ever in force; older ones are closed, as switching on does."""
    switches = apps.get_model("access", "PersonIndicator").objects
    still_open = switches.filter(closed_at__isnull=True)
    newest = list(still_open.values("indicator").annotate(newest=Max("pk")).values_list("newest", flat=True))
    still_open.exclude(pk__in=newest).update(closed_at=timezone.now(), closed_by="system")


class Migration(migrations.Migration):
    dependencies = [("access", "0004_mail")]

    operations = [
        migrations.RunPython(close_what_a_newer_one_replaced, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="personindicator",
            constraint=models.UniqueConstraint(
                fields=("indicator",), condition=Q(closed_at__isnull=True), name="one_open_switch_per_indicator"
            ),
        ),
    ]

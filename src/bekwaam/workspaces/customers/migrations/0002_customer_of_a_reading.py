import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A reading knows its customer by number: a join for queries, without a column."""

    dependencies = [
        ('customers', '0001_initial'),
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField(
                    model_name='customerreading',
                    name='customer',
                    field=models.ForeignObject(default=None, from_fields=['customer_number'], on_delete=django.db.models.deletion.DO_NOTHING, related_name='readings', to='records.customer', to_fields=['number']),
                    preserve_default=False,
                ),
            ],
        ),
    ]

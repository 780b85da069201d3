from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0007_files_and_custom_fields")]

    operations = [
        migrations.AlterField(
            model_name="upload",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "being read"),
                    ("asks", "waits for an answer"),
                    ("ready", "ready to be read in"),
                    ("refused", "cannot be read"),
                    ("reading_in", "being read in"),
                    ("done", "read in"),
                ],
                default="waiting",
                max_length=16,
            ),
        ),
    ]

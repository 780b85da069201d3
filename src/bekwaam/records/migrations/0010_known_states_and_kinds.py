from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0009_questionnaires"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["pending", "done", "undone"])), name="batch_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["sales", "customers", "products", "sellers", "opportunities"])),
                name="batch_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["preview", "import", "undo", "refresh", "mail", "invite"])),
                name="job_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "running", "done", "refused", "failed"])),
                name="job_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "asks", "ready", "refused", "reading_in", "done"])),
                name="upload_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["sales", "customers", "products", "sellers", "opportunities"])),
                name="upload_kind_is_known",
            ),
        ),
    ]

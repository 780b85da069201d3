from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0006_opportunities'),
    ]

    operations = [
        migrations.CreateModel(
            name='CustomField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('customers', 'Customers'), ('products', 'Products')], max_length=20)),
                ('code', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=60)),
                ('type', models.CharField(choices=[('text', 'Text'), ('number', 'Number'), ('date', 'Date'), ('yes_no', 'Yes or no'), ('choice', 'Choice')], max_length=10)),
                ('choices', models.JSONField(blank=True, default=list)),
                ('position', models.PositiveIntegerField(default=0)),
                ('is_archived', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['kind', 'position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'code'), name='one_custom_field_per_code'), models.UniqueConstraint(fields=('kind', 'title'), name='one_custom_field_per_title')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('touched_at', models.DateTimeField(null=True)),
                ('trashed_at', models.DateTimeField(null=True)),
                ('trashed_by', models.CharField(blank=True, max_length=40)),
                ('about_kind', models.CharField(max_length=20)),
                ('about_key', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=255)),
                ('stored_as', models.CharField(max_length=40, unique=True)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('added_by', models.CharField(max_length=40)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-added_at', '-pk'],
                'indexes': [models.Index(fields=['about_kind', 'about_key'], name='file_by_record')],
            },
        ),
    ]

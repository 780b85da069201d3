import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0002_search_by_stem'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('field', models.CharField(max_length=40)),
                ('value', models.CharField(blank=True, max_length=200)),
                ('label', models.CharField(blank=True, max_length=300)),
                ('count', models.PositiveIntegerField()),
                ('before', models.JSONField(default=dict)),
                ('kept', models.JSONField(default=list)),
                ('made_by', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField(db_index=True)),
                ('undone_at', models.DateTimeField(db_index=True, null=True)),
                ('undone_by', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list_code', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=60)),
                ('query', models.CharField(max_length=4000)),
                ('is_shared', models.BooleanField(default=False)),
                ('is_default', models.BooleanField(default=False)),
                ('position', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('list_code', 'owner', 'name'), name='one_view_per_name_and_owner'), models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('list_code', 'owner'), name='one_default_view_per_owner')],
            },
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(fields=['touched_at'], name='customer_by_last_touch'),
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(fields=['touched_at'], name='product_by_last_touch'),
        ),
    ]

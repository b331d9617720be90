"""How tasks of the worker go."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("core", "0004_keys_of_pulses")]

    operations = [
        migrations.CreateModel(
            name="TaskLease",
            fields=[
                ("task", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("key", models.UUIDField(null=True)),
                ("beats", models.PositiveIntegerField(default=0)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
            ],
            options={"verbose_name": "lease of a task"},
        ),
    ]

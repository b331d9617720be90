import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def keep_this_week(apps, schema_editor):
    """What is on show now is the first week that is kept; nothing of whom it counts goes along."""
    week = apps.get_model("backbone", "PublishedWeek")
    for row in apps.get_model("backbone", "Snapshot").objects.all():
        published = {
            key: {"on": one["on"], "why": one["why"], "number": None if one["why"] else one["number"]}
            for key, one in row.published.items()
        }
        week.objects.create(cohort_id=row.cohort_id, counted_on=row.taken_on, published=published)


class Migration(migrations.Migration):
    dependencies = [
        ("backbone", "0001_snapshots"),
        ("cohorts", "0004_meetings"),
    ]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="named",
            field=models.JSONField(default=dict, verbose_name="who is shown by name"),
        ),
        migrations.CreateModel(
            name="PublishedWeek",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("counted_on", models.DateField(verbose_name="counted on")),
                ("published", models.JSONField(default=dict, verbose_name="what was on show")),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="published_weeks",
                        to="cohorts.cohort",
                    ),
                ),
            ],
            options={
                "verbose_name": "numbers of a past week about a cohort",
                "ordering": ["-counted_on"],
                "constraints": [
                    models.UniqueConstraint(fields=["cohort", "counted_on"], name="week_published_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="NamedProgress",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since when")),
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="named_progress",
                        to="cohorts.membership",
                        verbose_name="in which cohort",
                    ),
                ),
            ],
            options={
                "verbose_name": "progress that is shown by name",
            },
        ),
        migrations.RunPython(keep_this_week, migrations.RunPython.noop),
    ]

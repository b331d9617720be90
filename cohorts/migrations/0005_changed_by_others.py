"""Whether others than who called a meeting have changed it: one's own copy holds no words of theirs."""

from django.db import migrations, models


def be_careful(apps, schema_editor):
    """Who changed what was changed before nobody knows any more, so it counts as changed by others."""
    apps.get_model("cohorts", "Meeting").objects.filter(revision__gt=1).update(is_changed_by_others=True)


class Migration(migrations.Migration):

    dependencies = [("cohorts", "0004_meetings")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="is_changed_by_others",
            field=models.BooleanField(default=False, editable=False, verbose_name="whether others changed it"),
        ),
        migrations.RunPython(be_careful, migrations.RunPython.noop, elidable=True),
    ]

"""The worker’s tasks count tries and tell who died; these rows no longer do."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("cohorts", "0002_cohorts_on_the_desk")]

    operations = [
        migrations.RemoveField(model_name="memberimport", name="taken_at"),
        migrations.RemoveField(model_name="memberimport", name="tries"),
    ]

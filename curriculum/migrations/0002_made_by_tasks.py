"""The worker’s tasks count tries and tell who died; these rows no longer do."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("curriculum", "0001_initial")]

    operations = [
        migrations.RemoveField(model_name="printout", name="taken_at"),
    ]

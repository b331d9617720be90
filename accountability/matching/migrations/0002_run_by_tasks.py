"""The worker’s tasks count tries and tell who died; these rows no longer do."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("matching", "0001_initial")]

    operations = [
        migrations.RemoveField(model_name="round", name="taken_at"),
        migrations.RemoveField(model_name="round", name="tries"),
        migrations.RemoveField(model_name="preview", name="taken_at"),
        migrations.RemoveField(model_name="preview", name="tries"),
    ]

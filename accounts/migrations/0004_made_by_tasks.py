"""The worker’s tasks count tries and tell who died; these rows no longer do."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("accounts", "0003_people_on_the_desk")]

    operations = [
        migrations.RemoveField(model_name="owncopy", name="attempts"),
        migrations.RemoveField(model_name="owncopy", name="taken_at"),
    ]

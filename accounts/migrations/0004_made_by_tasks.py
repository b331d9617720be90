"""The worker’s tasks count tries and tell who died; these rows no longer do.

Only the code forgets the columns: the release before this one still writes them while it is replaced. The next one drops them.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns that new rows may leave out."""

    dependencies = [("accounts", "0003_people_on_the_desk")]

    operations = [
        migrations.AlterField(
            model_name="owncopy",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, db_default=0),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(model_name="owncopy", name="attempts"),
                migrations.RemoveField(model_name="owncopy", name="taken_at"),
            ]
        ),
    ]

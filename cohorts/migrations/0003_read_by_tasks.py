"""The worker’s tasks count tries and tell who died; these rows no longer do.

Only the code forgets the columns: the release before this one still writes them while it is replaced. The next one drops them.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns that new rows may leave out."""

    dependencies = [("cohorts", "0002_cohorts_on_the_desk")]

    operations = [
        migrations.AlterField(
            model_name="memberimport",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0, db_default=0, editable=False),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(model_name="memberimport", name="taken_at"),
                migrations.RemoveField(model_name="memberimport", name="tries"),
            ]
        ),
    ]

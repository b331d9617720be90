"""The worker’s tasks count tries and tell who died; these rows no longer do.

Only the code forgets the columns: the release before this one still writes them while it is replaced. The next one drops them.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns that new rows may leave out."""

    dependencies = [("matching", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="round",
            name="tries",
            field=models.PositiveIntegerField(default=0, db_default=0),
        ),
        migrations.AlterField(
            model_name="preview",
            name="tries",
            field=models.PositiveIntegerField(default=0, db_default=0),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(model_name="round", name="taken_at"),
                migrations.RemoveField(model_name="round", name="tries"),
                migrations.RemoveField(model_name="preview", name="taken_at"),
                migrations.RemoveField(model_name="preview", name="tries"),
            ]
        ),
    ]

"""The worker’s tasks count tries and tell who died; these rows no longer do.

Only the code forgets the columns: the release before this one still writes them while it is replaced. The next one drops them.
"""

from django.db import migrations


class Migration(migrations.Migration):
    """Columns that new rows may leave out."""

    dependencies = [("curriculum", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(model_name="printout", name="taken_at"),
            ]
        ),
    ]

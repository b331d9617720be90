"""The time zone in which a meeting was called is sealed: beside a seat, a rare one told whose seat it was.

What stands there is sealed by the hourly work, room by room, which has the keys. `time_zone` stays for the release before this
one, with UTC in it; the next one drops it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that code of before may leave out."""

    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="zone",
            field=models.BinaryField(db_default=b""),
        ),
    ]

"""A facilitator hides the title of a conversation with the post that begins it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that code of before may leave out."""

    dependencies = [("threads", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="is_title_hidden",
            field=models.BooleanField(
                db_default=False,
                default=False,
                verbose_name="whether a facilitator has hidden its title",
            ),
        ),
    ]

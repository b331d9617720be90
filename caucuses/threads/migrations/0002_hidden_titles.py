"""A facilitator hides the title of a conversation with the post that begins it."""

from django.db import migrations, models
from django.db.models import Exists, F, OuterRef, Q


def hide(apps, _schema_editor):
    """The titles of conversations whose first post is hidden: post and conversation are of one moment and one seat."""
    first = apps.get_model("threads", "Post").objects.filter(
        Q(seat=OuterRef("seat")) | Q(seat__isnull=True, thread__seat__isnull=True),
        thread=OuterRef("pk"),
        written_at=F("thread__opened_at"),
        hidden_at__isnull=False,
    )
    apps.get_model("threads", "Thread").objects.filter(Exists(first)).update(is_title_hidden=True)


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
        migrations.RunPython(hide, migrations.RunPython.noop),
    ]

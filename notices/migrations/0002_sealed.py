"""What a notice is about is sealed from now on. Notices that were kept readable go: they would tell what is sealed now."""

from django.db import migrations, models


def forget(apps, _schema_editor):
    apps.get_model('notices', 'Notice').objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RemoveField(model_name='notice', name='payload'),
        migrations.AddField(
            model_name='notice',
            name='about',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='notice',
            name='sealed',
            field=models.BinaryField(default=b''),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['about'], name='notice_unread_about'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='cohort',
            name='revision',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]

"""Pulses: questions and results, and the sealed answers until the close."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('backbone', '0001_snapshots'),
        ('cohorts', '0004_meetings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pulse',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('opened_on', models.DateField(verbose_name='opened on')),
                ('closes_on', models.DateField(verbose_name='last day to answer')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('asked', models.PositiveSmallIntegerField(verbose_name='how many were asked')),
                ('result', models.JSONField(default=list, verbose_name='what is shown of the answers')),
                ('key_is_gone', models.BooleanField(default=False)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pulses', to='cohorts.cohort', verbose_name='cohort')),
            ],
            options={
                'verbose_name': 'pulse of a cohort',
                'ordering': ['-opened_on'],
            },
        ),
        migrations.CreateModel(
            name='Box',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('waiting', models.BinaryField()),
                ('pulse', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='box', to='backbone.pulse')),
            ],
            options={
                'verbose_name': 'box of a pulse',
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('answers', models.BinaryField()),
                ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='backbone.pulse')),
            ],
            options={
                'verbose_name': 'ballot of a pulse',
            },
        ),
        migrations.CreateModel(
            name='Answered',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('people', models.BinaryField()),
                ('pulse', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='answered', to='backbone.pulse')),
            ],
            options={
                'verbose_name': 'who has answered a pulse',
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='which question')),
                ('words', models.CharField(max_length=200, verbose_name='question')),
                ('answers', models.JSONField(verbose_name='answers to choose from')),
                ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='backbone.pulse', verbose_name='pulse')),
            ],
            options={
                'verbose_name': 'question of a pulse',
                'ordering': ['number'],
            },
        ),
        migrations.AddConstraint(
            model_name='pulse',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('cohort',), name='one_open_pulse_a_cohort'),
        ),
        migrations.AddConstraint(
            model_name='pulse',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gt', models.F('opened_on'))), name='pulse_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('pulse', 'number'), name='question_once_a_pulse'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 3)), name='pulse_has_three_questions_at_most'),
        ),
    ]

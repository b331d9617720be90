"""Data keys and whose they are: tables of the database `keys` (core.routers)."""

from django.db import migrations, models

KINDS = [
    ('member', 'a member'),
    ('pair', 'a pair of buddies'),
    ('caucus', 'a caucus'),
    ('organization', 'an organization'),
    ('report', 'a report of harm'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_content_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeyOwner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=KINDS, max_length=20)),
                ('ref', models.UUIDField()),
                ('generation', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('renewed_at', models.DateTimeField(blank=True, null=True)),
                ('destroyed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('kind', 'ref'), name='key_owner_once'),
                    models.CheckConstraint(condition=models.Q(('kind__in', [kind for kind, _words in KINDS])), name='key_owner_is_of_a_known_kind'),
                    models.CheckConstraint(condition=models.Q(('generation__gte', 1), ('generation__lte', 65535)), name='key_owner_has_a_generation_that_fits'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DataKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner', models.BigIntegerField()),
                ('generation', models.PositiveIntegerField()),
                ('kek', models.CharField(db_index=True, max_length=40)),
                ('wrapped', models.BinaryField(max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner', 'generation'), name='data_key_once_per_generation')],
            },
        ),
    ]

"""A pulse has a key of its own, which is destroyed when it closes."""

from django.db import migrations, models

KINDS = [
    ('member', 'a member'),
    ('pair', 'a pair of buddies'),
    ('caucus', 'a caucus'),
    ('organization', 'an organization'),
    ('report', 'a report of harm'),
    ('pulse', 'a pulse of a cohort'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_keys'),
    ]

    operations = [
        migrations.AlterField(
            model_name='keyowner',
            name='kind',
            field=models.CharField(choices=KINDS, max_length=20),
        ),
        migrations.RemoveConstraint(
            model_name='keyowner',
            name='key_owner_is_of_a_known_kind',
        ),
        migrations.AddConstraint(
            model_name='keyowner',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [kind for kind, _words in KINDS])), name='key_owner_is_of_a_known_kind'),
        ),
    ]

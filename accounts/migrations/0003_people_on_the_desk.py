"""Roles that end with a reason, suspensions by two, own copies, and departures with seven days."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_initiative'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.AddField(
            model_name='role',
            name='end_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='why it ended'),
        ),
        migrations.AddField(
            model_name='role',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='roles_ended', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(('given_by__isnull', True), models.Q(('member', models.F('given_by')), _negated=True), _connector='OR'), name='nobody_gives_themselves_a_role'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(('given_by__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='role_given_by_a_member_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(('ended_by__isnull', True), models.Q(('ended_at__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='role_ended_by_a_member_has_a_reason'),
        ),
        migrations.CreateModel(
            name='Suspension',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.BinaryField()),
                ('until', models.DateField(blank=True, null=True, verbose_name='opens again on')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'suspension',
                'verbose_name_plural': 'suspensions',
            },
        ),
        migrations.AddIndex(
            model_name='user',
            index=models.Index(fields=['chosen_name', 'id'], name='members_by_name'),
        ),
        migrations.AddField(
            model_name='suspension',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='suspension',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='suspension',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='suspension',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suspensions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='suspension',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('member',), name='one_open_suspension_per_member'),
        ),
        migrations.AddConstraint(
            model_name='suspension',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), ('asked_by__isnull', True), models.Q(('confirmed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='suspension_is_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='suspension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_by__isnull', True), models.Q(('asked_by', models.F('member')), _negated=True), _connector='OR'), models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('member')), _negated=True), _connector='OR')), name='nobody_suspends_themselves'),
        ),
        migrations.AddConstraint(
            model_name='suspension',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('confirmed_at__isnull', True), _connector='OR'), name='withdrawn_suspension_was_not_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='suspension',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('confirmed_at__isnull', False), _connector='OR'), name='suspension_ends_after_it_was_confirmed'),
        ),
        migrations.CreateModel(
            name='OwnCopy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('waiting', 'waits for the worker'), ('making', 'is being made'), ('ready', 'is ready'), ('failed', 'could not be made')], default='waiting', max_length=10, verbose_name='how far')),
                ('trouble', models.CharField(blank=True, choices=[('', 'no reason that says anything'), ('keys', 'the keys that open private text are not there'), ('space', 'the disk is full')], default='', max_length=10, verbose_name='why it could not be made')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked for')),
                ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='ready since')),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='size')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('claim', models.UUIDField(blank=True, null=True)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('handing', models.UUIDField(blank=True, null=True)),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='own_copy', to=settings.AUTH_USER_MODEL, verbose_name='whose it is')),
            ],
            options={
                'verbose_name': 'own copy of one’s data',
                'verbose_name_plural': 'own copies of one’s data',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'making', 'ready', 'failed'])), name='own_copy_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('ready_at__isnull', False), ('state', 'ready')), models.Q(models.Q(('state', 'ready'), _negated=True), ('ready_at__isnull', True)), _connector='OR'), name='own_copy_that_is_ready_says_since_when')],
            },
        ),
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('member_ref', models.UUIDField(unique=True, verbose_name='who left')),
                ('asked_at', models.DateTimeField(verbose_name='when you left')),
                ('erase_after', models.DateTimeField(verbose_name='until when you can come back')),
                ('chosen_name', models.CharField(blank=True, max_length=80, verbose_name='name you went by')),
                ('pronouns', models.CharField(blank=True, max_length=40, verbose_name='pronouns')),
                ('takes_along', models.BooleanField(default=False, verbose_name='what you shared goes with you')),
                ('begun_at', models.DateTimeField(null=True, verbose_name='when erasing began')),
                ('tries', models.PositiveIntegerField(default=0, verbose_name='how often it was begun')),
                ('step', models.CharField(blank=True, max_length=120, verbose_name='the last step that was done')),
            ],
            options={
                'verbose_name': 'departure',
                'indexes': [models.Index(fields=['erase_after'], name='departure_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('erase_after__gte', models.F('asked_at'))), name='departure_ends_after_it_began'), models.CheckConstraint(condition=models.Q(('begun_at__isnull', True), models.Q(('chosen_name', ''), ('pronouns', '')), _connector='OR'), name='no_name_waits_once_erasing_began')],
            },
        ),
    ]

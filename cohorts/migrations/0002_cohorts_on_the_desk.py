"""Cohorts that two may change, links and files to join by, meetings and who was there."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('cohorts', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='cohort',
            name='revision',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.CreateModel(
            name='MemberImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('reading', 'Being read'), ('ready', 'Waiting for your word'), ('running', 'Being carried out'), ('done', 'Carried out'), ('refused', 'Not readable'), ('stopped', 'Stopped')], default='reading', max_length=10, verbose_name='how far it is')),
                ('problem', models.CharField(blank=True, choices=[('too_big', 'The file is larger than 1 MB.'), ('too_many', 'The file has more than 10 000 rows. Send it in several parts.'), ('no_text', 'This is no text file. Save the table as CSV.'), ('no_rows', 'The file holds no row.'), ('head', 'The first row must name the columns, with one called “email” and at most one called “role”, or hold an address itself.'), ('quotes', 'Row %(row)d cannot be read: a quotation mark is opened and not closed, or a cell is far too long.'), ('failed', 'The file could not be read, and it is not your fault. The people who run the site find it in their log.')], max_length=10, verbose_name='why it cannot be used')),
                ('problem_row', models.PositiveIntegerField(default=0, editable=False)),
                ('data', models.BinaryField(blank=True, default=bytes)),
                ('uploaded_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='uploaded')),
                ('taken_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='over')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='member_imports', to='cohorts.cohort', verbose_name='cohort')),
                ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='member_imports', to=settings.AUTH_USER_MODEL, verbose_name='who uploaded the file')),
            ],
            options={
                'verbose_name': 'file of people to invite',
                'verbose_name_plural': 'files of people to invite',
                'ordering': ['-uploaded_at'],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='row')),
                ('email', models.CharField(blank=True, db_index=True, max_length=254, verbose_name='e-mail address')),
                ('as_facilitator', models.BooleanField(default=False, verbose_name='as facilitator')),
                ('verdict', models.CharField(choices=[('new', 'New: will be invited'), ('known', 'A member: will be added and told'), ('there', 'Already there: nothing happens'), ('duplicate', 'Twice in the file: the first one counts'), ('refused', 'Refused')], max_length=10, verbose_name='what will happen')),
                ('reason', models.CharField(blank=True, choices=[('empty', 'There is no address in it.'), ('no_address', 'This is no e-mail address.'), ('formula', 'It begins as a formula does (=, +, - or @).'), ('too_long', 'The address is longer than 254 letters.'), ('control', 'It holds characters that nobody types.'), ('role', 'The role is neither participant nor facilitator.'), ('cells', 'It has more cells than the first row.'), ('invited', 'The same invitation is open already.'), ('member', 'This member is in the cohort already.'), ('left', 'This member has left the cohort. By mail they get an invitation, which they can accept.'), ('yourself', 'Already here: this is your own address.'), ('operator', 'Already here: this is an operator of the site, who is invited one by one.'), ('closed', 'Already here: this account takes no invitation now.'), ('failed', 'Something went wrong on our side. Nothing was done; try it again.')], max_length=10, verbose_name='why not')),
                ('became', models.CharField(blank=True, choices=[('invited', 'Invited'), ('added', 'A member: added and told'), ('there', 'Already there: nothing was done'), ('open', 'Invited already: nothing was sent again'), ('refused', 'Refused: nothing was done')], max_length=10, verbose_name='what happened')),
                ('member_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='cohorts.memberimport', verbose_name='file')),
            ],
            options={
                'verbose_name': 'row of a file of people to invite',
                'verbose_name_plural': 'rows of files of people to invite',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='JoinLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('expires_at', models.DateTimeField(verbose_name='open until')),
                ('most_uses', models.PositiveSmallIntegerField(verbose_name='how many can join by it')),
                ('used', models.PositiveSmallIntegerField(default=0, verbose_name='how many have joined by it')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_links', to='cohorts.cohort', verbose_name='cohort')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='join_links_made', to=settings.AUTH_USER_MODEL, verbose_name='who made the link')),
            ],
            options={
                'verbose_name': 'link to join by',
                'verbose_name_plural': 'links to join by',
                'ordering': ['-made_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('most_uses__gte', 1), ('most_uses__lte', 100)), name='join_link_is_for_1_to_100'), models.CheckConstraint(condition=models.Q(('used__lte', models.F('most_uses'))), name='join_link_is_not_used_more_often'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='join_link_expires_after_it_is_made')],
            },
        ),
        migrations.AddConstraint(
            model_name='memberimport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['reading', 'ready', 'running', 'done', 'refused', 'stopped'])), name='import_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='memberimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('problem__in', ['too_big', 'too_many', 'no_text', 'no_rows', 'head', 'quotes', 'failed']), ('state', 'refused')), models.Q(models.Q(('state', 'refused'), _negated=True), ('problem', '')), _connector='OR'), name='import_is_refused_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.UniqueConstraint(fields=('member_import', 'number'), name='import_row_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['new', 'known', 'there', 'duplicate', 'refused'])), name='import_row_verdict_is_known'),
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('starts_at', models.DateTimeField(verbose_name='when it begins')),
                ('ends_at', models.DateTimeField(verbose_name='when it ends')),
                ('time_zone', models.CharField(max_length=64, verbose_name='in which time zone')),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='place')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('agenda', models.TextField(blank=True, max_length=10000, verbose_name='agenda')),
                ('agenda_html', models.TextField(blank=True, editable=False, verbose_name='agenda as shown')),
                ('cleaner_version', models.PositiveSmallIntegerField(editable=False)),
                ('called_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when it was called')),
                ('called_off_at', models.DateTimeField(blank=True, null=True, verbose_name='when it was called off')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='cohorts.cohort', verbose_name='cohort')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='meetings_called', to=settings.AUTH_USER_MODEL, verbose_name='called by')),
            ],
            options={
                'verbose_name': 'meeting of a cohort',
                'verbose_name_plural': 'meetings of cohorts',
                'ordering': ['starts_at'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('there', 'was there'), ('not_there', 'was not there'), ('excused', 'could not come')], max_length=12, verbose_name='whether they were there')),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when it was noted')),
                ('noted_before', models.CharField(blank=True, choices=[('there', 'was there'), ('not_there', 'was not there'), ('excused', 'could not come')], max_length=12, verbose_name='what was noted before')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to=settings.AUTH_USER_MODEL, verbose_name='member')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='cohorts.meeting', verbose_name='meeting')),
            ],
            options={
                'verbose_name': 'attendance at a meeting',
                'verbose_name_plural': 'attendances at meetings',
            },
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['cohort', 'ends_at'], name='cohort_meeting_in_order'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('link', ''), ('link__startswith', 'https://'), _connector='OR'), name='meeting_link_is_https'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'member'), name='one_attendance_per_meeting_and_member'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['there', 'not_there', 'excused'])), name='attendance_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('noted_before', ''), ('noted_before__in', ['there', 'not_there']), _connector='OR'), name='attendance_before_was_noted'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'excused'), _negated=True), ('noted_by', models.F('member')), _connector='OR'), name='only_oneself_is_excused_by_oneself'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='is_changed_by_others',
            field=models.BooleanField(default=False, editable=False, verbose_name='whether others changed it'),
        ),
    ]

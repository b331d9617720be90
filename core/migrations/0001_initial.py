"""The kernel's tables. Rows of the audit are never changed, which the database itself holds (threats F7).

It does not refuse deletions: rows go by age, and the database of a test is emptied row by row. A later migration that
alters the table must make the trigger again on SQLite, where Django copies the table into a new one.
"""

import uuid
from django.db import migrations, models

SENTENCE = "Audit rows are written once and never changed."
TRIGGER = {
    "sqlite": [
        "CREATE TRIGGER audit_rows_never_change BEFORE UPDATE ON core_auditevent"
        f" BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION audit_rows_never_change() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER audit_rows_never_change BEFORE UPDATE ON core_auditevent"
        " FOR EACH ROW EXECUTE FUNCTION audit_rows_never_change()",
    ],
}
AGAIN = {
    "sqlite": ["DROP TRIGGER audit_rows_never_change"],
    "postgresql": [
        "DROP TRIGGER audit_rows_never_change ON core_auditevent",
        "DROP FUNCTION audit_rows_never_change()",
    ],
}


def refuse_changes(_apps, schema_editor):
    for statement in TRIGGER[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def allow_again(_apps, schema_editor):
    for statement in AGAIN[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('verb', models.CharField(max_length=60)),
                ('actor', models.CharField(blank=True, max_length=32)),
                ('subject_kind', models.CharField(max_length=60)),
                ('subject', models.CharField(db_index=True, max_length=32)),
            ],
            options={
                'verbose_name': 'line of the audit',
                'ordering': ['-at'],
                'base_manager_name': 'objects',
            },
        ),
        migrations.RunPython(refuse_changes, allow_again),
        migrations.CreateModel(
            name='AuditKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='FormResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.UUIDField()),
                ('form', models.CharField(max_length=120)),
                ('key', models.UUIDField()),
                ('body', models.CharField(max_length=32)),
                ('location', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'form', 'key', 'body'), name='form_result_once_per_member_and_form')],
            },
        ),
    ]

"""A role that may read every table of PostgreSQL finds nothing of class S, and nothing of keys (`core.walls`)."""

import os

import pytest
from django.db import connections, router, transaction
from django.db.utils import ProgrammingError

from accountability.journal.models import Entry
from accounts.models import User
from core.models import DataKey
from core.walls import build, walled, without_wall
from tests.accountability.notebook import write

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def read_as_another():
    """Asks as a role that was granted all tables and has no rule; it goes with the story's own transaction."""
    roles = {alias: f"reports_{alias}_{os.getpid()}" for alias in ("default", "keys")}
    for alias, role in roles.items():
        with connections[alias].cursor() as cursor:
            cursor.execute(f"CREATE ROLE {role}")
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")  # fmt: skip

    def ask(alias, statement):
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {roles[alias]}")
            cursor.execute(statement)
            found = cursor.fetchall() if cursor.description else cursor.rowcount
            cursor.execute("RESET ROLE")
        return found

    return ask


def quoted(model):
    return connections["default"].ops.quote_name(model._meta.db_table)


def test_every_such_table_has_its_wall(cast):
    assert [without_wall("default"), without_wall("keys")] == [[], []]
    names = {model._meta.label for model in walled()}
    assert {"journal.Entry", "core.DataKey"} <= names
    assert "accounts.User" not in names


def test_a_role_with_every_right_and_no_rule_reads_nothing_of_them(cast, read_as_another):
    write(cast["dev"], "I said nothing, again.")

    assert Entry.objects.exists()
    assert DataKey.objects.exists()
    for model in walled():
        alias = router.db_for_read(model) or "default"
        assert read_as_another(alias, f"SELECT 1 FROM {quoted(model)}") == [], model._meta.label


def test_what_has_no_wall_is_read_so_the_role_is_not_simply_shut_out(cast, read_as_another):
    assert len(read_as_another("default", f"SELECT 1 FROM {quoted(User)}")) == User.objects.count()


def test_nor_does_it_write_change_or_delete_there(cast, read_as_another):
    entry = write(cast["dev"], "I said nothing, again.")
    assert read_as_another("default", f"DELETE FROM {quoted(Entry)}") == 0
    assert read_as_another("default", f"UPDATE {quoted(Entry)} SET deleted_at = now()") == 0
    with pytest.raises(ProgrammingError, match="row-level security"):
        read_as_another("default", f"INSERT INTO {quoted(Entry)} DEFAULT VALUES")
    assert Entry.objects.filter(pk=entry.pk, deleted_at=None).exists()


def test_a_wall_that_somebody_took_down_stands_again_after_the_next_migration(cast):
    table = Entry._meta.db_table
    with connections["default"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {quoted(Entry)} DISABLE ROW LEVEL SECURITY")  # fmt: skip
    assert without_wall("default") == [table]

    build(using="default")

    assert without_wall("default") == []

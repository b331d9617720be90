"""The audit is written once and kept whole; its pseudonyms outlive the keys of the site (threats F7, C7)."""

import hashlib
import hmac
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings as site_settings
from django.db import IntegrityError, connection, connections, transaction

from accounts.actions import give_role
from accounts.acts import acts_on
from accounts.choices import RoleKind
from core import audit
from core.holdings import prune_audit
from core.models import AuditEvent, AuditKey

database = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@database
def test_a_row_is_never_changed_or_deleted(cast):
    """F7."""
    event = audit.record("test.act", by=None, subject=cast["dev"])

    with pytest.raises(TypeError, match="written once"):
        event.save()
    with pytest.raises(TypeError, match="pruned by age only"):
        event.delete()


WAYS = {
    "update": lambda rows, _row: rows.update(verb="forged"),
    "update of the base manager": lambda _rows, _row: AuditEvent._base_manager.update(verb="forged"),
    "bulk_update": lambda rows, row: rows.bulk_update([row], ["verb"]),
    "update_or_create": lambda rows, row: rows.update_or_create(pk=row.pk, defaults={"verb": "forged"}),
    "bulk_create over the old": lambda rows, row: rows.bulk_create(
        [row], update_conflicts=True, update_fields=["verb"], unique_fields=["id"]
    ),
    "delete": lambda rows, _row: rows.delete(),
    "delete by the manager": lambda _rows, _row: AuditEvent.objects.all().delete(),
}  # fmt: skip


@database
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_no_query_changes_or_deletes_a_row(cast, way):
    """F7."""
    event = audit.record("test.act", by=None, subject=cast["dev"])
    before = AuditEvent.objects.count()

    with pytest.raises(TypeError, match=r"written once|by age only"):
        way(AuditEvent.objects.filter(pk=event.pk), event)

    assert AuditEvent.objects.get(pk=event.pk).verb == "test.act"
    assert AuditEvent.objects.count() == before


@database
def test_the_database_itself_refuses_a_change(cast):
    """F7: on SQLite and on PostgreSQL."""
    event = audit.record("test.act", by=None, subject=cast["dev"])

    with (
        pytest.raises(IntegrityError, match="written once and never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE core_auditevent SET verb = 'forged'")

    assert AuditEvent.objects.get(pk=event.pk).verb == "test.act"


@database
def test_rows_go_by_age_alone(cast):
    with time_machine.travel(NOW - timedelta(days=401), tick=False):
        old = audit.record("test.old", by=None, subject=cast["dev"])
    with time_machine.travel(NOW - timedelta(days=399), tick=False):
        audit.record("test.young", by=None, subject=cast["dev"])

    with time_machine.travel(NOW, tick=False):
        gone = prune_audit()

    assert gone == 1
    assert not AuditEvent.objects.filter(pk=old.pk).exists()
    assert AuditEvent.objects.filter(verb="test.young").count() == 1


@database
def test_a_new_secret_key_hides_nothing_of_the_past(cast, settings):
    """C7, F10."""
    give_role(member=cast["dev"], kind=RoleKind.EDITOR, reason="writes", by=cast["ana"])
    before = audit.pseudonym(cast["dev"].pk)

    settings.SECRET_KEY = "another key, sixty letters long, that nobody has ever seen here"

    assert audit.pseudonym(cast["dev"].pk) == before
    assert acts_on(cast["dev"])[0].words == "Ana Reyes (Backbone team) gave you a role."


@database
def test_a_pseudonym_cannot_be_made_from_what_the_main_database_and_the_settings_hold(cast):
    """C1: the key stands in the database of keys alone."""
    person = str(cast["dev"].pk).encode()
    with_secret = hmac.new(
        f"audit:{site_settings.SECRET_KEY}".encode(), person, hashlib.sha256
    ).hexdigest()[:32]

    assert audit.pseudonym(cast["dev"].pk) != with_secret
    assert len(bytes(AuditKey.objects.get().key)) == 32
    tables = {alias: connections[alias].introspection.table_names() for alias in ("default", "keys")}  # fmt: skip
    assert "core_auditkey" not in tables["default"]
    assert "core_auditkey" in tables["keys"]
    assert "core_auditevent" not in tables["keys"]


@database
def test_a_key_that_was_rolled_back_is_not_remembered(cast):
    AuditKey.objects.all().delete()
    with transaction.atomic(using="keys"):
        lost = audit.pseudonym("somebody")
        transaction.set_rollback(True, using="keys")

    assert audit.pseudonym("somebody") != lost
    assert audit.pseudonym("somebody") == audit.pseudonym("somebody")


@pytest.mark.django_db(transaction=True)
def test_several_that_need_the_first_key_at_once_get_the_same():
    AuditKey.objects.all().delete()
    audit._keys.clear()
    together, found = threading.Barrier(6), []

    def ask() -> None:
        try:
            together.wait()
            found.append(audit.pseudonym("somebody"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 6
    assert len(set(found)) == 1
    assert AuditKey.objects.count() == 1

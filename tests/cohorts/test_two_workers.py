"""Two workers and one file of people: each row is done once (threats H7, H9)."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from cohorts.actions import start_import, take_in
from cohorts.actions.imports import carry_out
from cohorts.models import Cohort, Invitation, MemberImport
from notices.models import OutboxMail
from tests.cohorts.inviting import newcomers, table

MANY = 120


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_two_workers_invite_each_person_once_where_one_writes_at_a_time():
    _two_workers_invite_each_person_once()


@pytest.mark.postgres
@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_two_workers_invite_each_person_once():
    """Each takes rows that the other does not hold."""
    _two_workers_invite_each_person_once()


def _two_workers_invite_each_person_once():
    ana = User.objects.get(email="ana@riverton.example")
    cohort = Cohort.objects.create(slug="larch", name="Larch", starts_on=timezone.localdate())
    one = take_in(cohort=cohort, data=table(*newcomers(MANY)), by=ana)
    start_import(member_import=one, by=ana)
    ready, faults = threading.Barrier(2), []

    def work():
        try:
            ready.wait()
            carry_out(MemberImport.objects.get(pk=one.pk))
        except Exception as problem:
            faults.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    carry_out(MemberImport.objects.get(pk=one.pk))  # what one of them left to the other's lock

    one.refresh_from_db()
    assert faults == []
    assert one.state == "done"
    assert Invitation.objects.filter(cohort=cohort).count() == MANY
    sent = OutboxMail.objects.filter(recipient__startswith="person-").values_list("recipient", flat=True)  # fmt: skip
    assert sorted(sent) == sorted(newcomers(MANY))

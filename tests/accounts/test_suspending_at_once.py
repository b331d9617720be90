"""Two of the backbone team who act on one account at the same moment: one of them is first, and the other reads it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from accounts.models import Suspension, User
from accounts.people import note_opening
from accounts.suspending import confirm_suspension, propose_suspension, withdraw_suspension
from core.models import AuditEvent

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """What became of each: done or refused."""

    def go(act):
        try:
            act()
            return "done"
        except PermissionDenied:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(go, acts))


def fresh(member):
    return User.objects.get(pk=member.pk)


def test_one_asks_for_what_two_ask_for(cast):
    def ask(name):
        return lambda: propose_suspension(
            member=fresh(cast["dev"]), reason="He harms.", until=None, by=fresh(cast[name])
        )

    assert at_once(ask("ana"), ask("lena")) == ["done", "refused"]
    assert Suspension.objects.count() == 1


def test_it_is_confirmed_or_withdrawn_and_never_both(cast):
    for name in ("dev", "elu", "jo", "ben"):
        row = propose_suspension(member=cast[name], reason="Harms.", until=None, by=cast["ana"])
        went = at_once(
            lambda row=row: confirm_suspension(suspension=row, by=fresh(cast["lena"])),
            lambda row=row: withdraw_suspension(suspension=row, by=fresh(cast["ana"])),
        )

        assert went == ["done", "refused"]
        row.refresh_from_db()
        assert fresh(cast[name]).is_active == (row.withdrawn_at is not None)
    assert AuditEvent.objects.filter(verb__startswith="suspension.").count() == 8


def test_a_page_that_opens_in_two_tabs_at_once_leaves_one_line(cast):
    for name in ("dev", "elu", "jo", "ben"):
        at_once(
            *[lambda name=name: note_opening(member=fresh(cast[name]), by=fresh(cast["ana"]))] * 2
        )

    assert AuditEvent.objects.filter(verb="member.opened").count() == 4

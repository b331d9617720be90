"""Stopping contact while one is asked: whichever comes first, nothing reaches whoever stopped. On PostgreSQL as two people."""

import threading

import pytest
from django.db import connections

from accountability.commitments.actions import NotPossible, end_between, invite_witness
from accountability.commitments.models import Witness
from accountability.commitments.permissions import witnessing_of
from care.actions import stop_contact
from tests.accountability.commitments.promises import promise

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def at_once(*acts):
    """Let everyone act at the same moment, each with a connection of their own: the name of what went wrong, or nothing."""
    start, results = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place, act):
        try:
            start.wait(timeout=20)
            act()
        except NotPossible:
            pass
        except BaseException as problem:
            results[place] = f"{type(problem).__name__}: {problem}"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize("stops", ["hana", "dev"])
def test_who_stops_contact_while_they_are_asked_is_no_witness(cast, stops):
    two = {"hana": (cast["hana"], cast["dev"]), "dev": (cast["dev"], cast["hana"])}
    by, other = two[stops]
    for _time in range(6):
        rows = [promise(cast["dev"]) for _number in range(3)]
        asking = [
            lambda row=row: invite_witness(by=cast["dev"], commitment=row, member=cast["hana"])
            for row in rows
        ]

        assert at_once(*asking, lambda: stop_contact(by=by, other=other)) == [""] * 4
        assert not witnessing_of(cast["hana"]).exists()
        by.stops.all().delete()
        Witness.objects.all().delete()


def test_an_invitation_that_is_being_written_is_waited_for(cast):
    """The stop waits until the invitation stands, and ends it; else it would look before there is anything to end."""
    from django.db import transaction

    row = promise(cast["dev"])
    thread = threading.Thread(target=_end, args=(cast["hana"], cast["dev"]))
    with transaction.atomic():
        invite_witness(by=cast["dev"], commitment=row, member=cast["hana"])
        thread.start()
        thread.join(timeout=1)
        assert thread.is_alive()
    thread.join(timeout=20)

    assert Witness.objects.get().state == "left"


def _end(by, other):
    try:
        end_between(by=by, other=other)
    finally:
        connections.close_all()

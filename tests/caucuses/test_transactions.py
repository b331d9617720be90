"""PostgreSQL keeps, in every row, the number of the transaction that wrote or locked it last: no key is needed to read it.

So whatever touches a caucus touches no row that names its member in the same transaction.
"""

from uuid import uuid4

import pytest
from django.db import connection

from caucuses.models import Caucus
from caucuses.permissions import seats_of
from tests.caucuses.comings import a_door, path
from tests.caucuses.dump import needles_of

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
    pytest.mark.postgres,  # SQLite keeps no such number
]
INSIDE = ("caucuses_", "threads_", "meetings_", "bringback_", "concerns_", "core_formresult")
NEW = "somebody.new@riverton.example"


def numbers(since):
    """Of every row: its table, its words, and the transactions since then that wrote or locked it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT xmin::text::bigint, xmax::text::bigint, t::text FROM "{table}" t'
            )
            for low, high, words in cursor.fetchall():
                touched = {number for number in (low, high) if number > since}
                if touched:
                    yield table, words, touched


def told_by_numbers(member, since, *addresses):
    """Rows that name the member, or one of these addresses, with a number from between those of what a caucus holds."""
    rows = list(numbers(since))
    inside = set().union(*(found for table, _words, found in rows if table.startswith(INSIDE)))
    needles = {*needles_of(member), *(one.encode() for one in addresses)}
    return [
        (table, words)
        for table, words, found in rows
        if not table.startswith(INSIDE)
        and any(min(inside) <= number <= max(inside) for number in found)
        and any(needle in words.lower().encode() for needle in needles)
    ], inside


def moment():
    with connection.cursor() as cursor:
        cursor.execute("SELECT txid_current()")
        return cursor.fetchone()[0]


def test_no_number_leads_from_a_member_to_what_they_do_in_a_caucus(as_, cast):
    dev, gus = as_("dev"), cast["gus"]
    door = a_door(cast["dev"], name="The bench")[0]
    client = as_("gus")
    client.get("/caucuses/")
    opening = {
        "name": "The porch", "purpose": "To sit.", "text": "We rest.", "joining": "invitation",
        "keeping": "keep", "wait_days": "7", "name_in_room": "Heron",
    }  # fmt: skip
    steps = [
        (client, "/caucuses/open/", opening),
        (client, path(door, "door/join/"), {"name": "Heron"}),
        (client, path(door, "agreement/accept/"), {"number": "1"}),
        (client, path(door, "people/name/"), {"name": "Blue heron"}),
        (client, path(door, "leave/"), {"posts": "go"}),
        (dev, path(door, "coming/invite/"), {"address": gus.email, "as_facilitator": "on", "with_mail": "on"}),
        (client, path(door, "door/accept/"), {"name": "Heron"}),
        (dev, path(door, "coming/take-back/"), {"address": gus.email}),
    ]  # fmt: skip
    for who, address, typed in steps:
        since = moment()
        answer = who.post(address, {**typed, "once": str(uuid4())})
        told, inside = told_by_numbers(gus, since)
        assert answer.status_code == 302, address
        assert told == [], address
        assert inside or address.endswith("take-back/")
    assert len(seats_of(gus)) == 2
    assert Caucus.objects.count() == 2

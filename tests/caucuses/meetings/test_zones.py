"""In which time zone a meeting was called is sealed: beside a seat, a rare one would tell whose seat that is."""

import pytest
from django.db import connection
from django.utils import timezone

from caucuses.meetings.models import Meeting
from caucuses.meetings.offers import hourly
from core import doors
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind
from tests.caucuses.changing import damage
from tests.caucuses.meetings.story import a_meeting, here, of, typed, winter
from tests.caucuses.story import a_room

pytestmark = pytest.mark.django_db
RARE = "Antarctica/Troll"


@pytest.fixture
def fay(cast):
    """Fay facilitates."""
    return a_room(cast["fay"], cast["elu"])[0]


def dump():
    """The rows of all meetings as whoever has no key reads them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM meetings_meeting")
        return b"|".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for row in cursor.fetchall()
            for value in row
        )


def written_by_the_release_before(meeting):
    """As code that does not know the new column leaves it."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_meeting SET time_zone = %s, zone = %s", [RARE, b""])
    return Meeting.objects.get(pk=meeting.pk)


def test_no_row_tells_in_which_zone_a_meeting_was_called(as_, fay):
    as_("fay").post(here(fay, "new/"), typed(winter().date(), time_zone=RARE))
    meeting = Meeting.objects.get()

    assert (meeting.time_zone, meeting.called_in) == ("UTC", RARE)
    assert RARE.encode() not in dump()
    as_("fay").post(of(meeting, "edit/"), typed(winter().date(), "19:00", time_zone=RARE, seen="1"))
    meeting.refresh_from_db()
    assert (meeting.revision, meeting.called_in) == (2, RARE)
    assert RARE.encode() not in dump()


def test_what_stands_readable_is_sealed_within_the_hour(as_, fay):
    meeting = written_by_the_release_before(a_meeting(fay))
    assert meeting.called_in == RARE
    assert RARE.encode() in dump()

    doors.ask("hourly", now=timezone.now())

    assert RARE.encode() not in dump()
    assert Meeting.objects.get().called_in == RARE
    form = as_("fay").get(of(meeting, "edit/")).context["form"]
    assert form.initial["time_zone"] == RARE
    assert hourly(now=timezone.now()) == 0


def test_one_room_without_its_key_keeps_no_other_zone_readable(cast, fay):
    written_by_the_release_before(a_meeting(fay))
    (mo,) = a_room(cast["mo"])
    a_meeting(mo)
    owners.destroy(Owner(OwnerKind.CAUCUS, fay.caucus_id))
    Meeting.objects.filter(caucus=mo.caucus_id).update(time_zone=RARE)

    assert hourly(now=timezone.now()) == 1

    zones = dict(Meeting.objects.values_list("caucus", "time_zone"))
    assert zones == {fay.caucus_id: RARE, mo.caucus_id: "UTC"}


def test_a_zone_that_does_not_open_is_shown_as_utc(as_, fay):
    meeting = a_meeting(fay, time_zone=RARE)
    damage(meeting, "zone")

    form = as_("fay").get(of(meeting, "edit/")).context["form"]

    assert form.initial["time_zone"] == "UTC"


def test_a_row_of_the_release_before_needs_no_zone(fay):
    """It writes rows that leave the new column out."""
    meeting = a_meeting(fay)
    names = [field.column for field in Meeting._meta.concrete_fields if field.name != "zone"]
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE one AS SELECT {columns} FROM meetings_meeting")
        Meeting.objects.all().delete()
        cursor.execute(f"INSERT INTO meetings_meeting ({columns}) SELECT {columns} FROM one")
        cursor.execute("DROP TABLE one")

    assert Meeting.objects.get(pk=meeting.pk).called_in == "UTC"

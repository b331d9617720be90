"""The feed, read by two programs that know nothing of each other; the link, made, renewed and stopped."""

import re
from datetime import timedelta

import icalendar
import pytest
import vobject

from accountability.buddies.actions import leave_pair
from accountability.buddies.models import Place
from accountability.checkins.actions import make_link, move_check_in, stop_link
from accountability.checkins.models import CalendarLink
from tests.accountability.checkins.story import A_WEEK, FIRST, coming

pytestmark = pytest.mark.django_db
LONG = "Walk, talk; and " + "tea 🍵 " * 40 + "é" * 4


@pytest.fixture
def place(cast, pair):
    return Place.objects.get(member=cast["dev"])


def feed(client, token):
    return client.get(f"/buddy/check-ins/calendar/{token}.ics")


def both_read(answer):
    """Titles and moments as icalendar and as vobject read them, which must be the same."""
    ours = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    theirs = vobject.readOne(answer.content.decode()).vevent_list
    by_ours = [(str(row["summary"]), row.decoded("dtstart")) for row in ours]
    by_theirs = [(row.summary.value, row.dtstart.value) for row in theirs]
    assert [row[0] for row in by_ours] == [row[0] for row in by_theirs]
    assert [row[1].timestamp() for row in by_ours] == [row[1].timestamp() for row in by_theirs]
    return by_ours


def test_two_programs_read_the_next_check_ins_and_no_name(nobody, cast, place):
    answer = feed(nobody, make_link(place=place, by=cast["dev"], title=""))

    assert both_read(answer) == [("Appointment", FIRST + number * A_WEEK) for number in range(6)]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    words = answer.content.decode().lower()
    assert [
        word for word in ("dev", "elu", "check", "buddy", "lodestar", "riverton") if word in words
    ] == []


def test_the_title_is_in_the_language_of_the_member(nobody, cast, place):
    cast["dev"].language = "es"
    cast["dev"].save()

    title = both_read(feed(nobody, make_link(place=place, by=cast["dev"], title="")))[0][0]

    assert title in {"Appointment", "Cita"}  # until it is translated


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (LONG[:300], LONG[:300].strip()),
        ("a,b;c\\d", "a,b;c\\d"),
        (
            "x\r\nEND:VEVENT\r\nATTENDEE:mailto:eve@x.example",
            "x END:VEVENT ATTENDEE:mailto:eve@x.example",
        ),
        ("家" * 300, "家" * 300),
    ],
)
def test_a_title_stays_one_line_whatever_is_in_it(as_, nobody, place, title, shown):
    """RFC 5545: lines of at most 75 octets, folded between letters; what looks like another property is text."""
    page = as_("dev").post("/buddy/check-ins/calendar/", {"title": title, "act": "renew"})
    token = re.search(r"calendar/([\w-]+)\.ics", page.content.decode())[1]

    answer = feed(nobody, token)

    assert {row[0] for row in both_read(answer)} == {shown}
    lines = answer.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(line.startswith(b"ATTENDEE") for line in lines)
    assert b"\n" not in answer.content.replace(b"\r\n", b"")


def test_uids_stay_over_a_new_link_and_a_moved_date(nobody, cast, place):
    check_in = coming(place.pair)
    before = feed(nobody, make_link(place=place, by=cast["dev"], title="")).content
    move_check_in(
        check_in=check_in, by=cast["elu"], to=FIRST + timedelta(hours=2), seen=check_in.seen_as
    )

    answer = feed(nobody, make_link(place=place, by=cast["dev"], title=""))

    assert both_read(answer)[0][1] == FIRST + timedelta(hours=2)
    uids = [re.findall(rb"UID:(\S+)", content) for content in (before, answer.content)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 6


@pytest.mark.parametrize("end", ["renew", "stop", "leave", "other leaves"])
def test_a_link_that_ended_is_the_same_404_as_one_that_never_was(nobody, cast, place, end):
    """A18."""
    token = make_link(place=place, by=cast["dev"], title="")
    assert feed(nobody, token).status_code == 200

    {
        "renew": lambda: make_link(place=place, by=cast["dev"], title=""),
        "stop": lambda: stop_link(place=place, by=cast["dev"]),
        "leave": lambda: leave_pair(pair=place.pair, by=cast["dev"]),
        "other leaves": lambda: leave_pair(pair=place.pair, by=cast["elu"]),
    }[end]()

    gone, unknown = feed(nobody, token), feed(nobody, "x" * 32)
    assert (gone.status_code, unknown.status_code) == (404, 404)
    assert bare(gone) == bare(unknown)


def bare(answer):
    """The page without what differs with each request: the token of its forms, its id."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return re.sub(r"[0-9a-f]{8,}", "", page)


def test_of_the_link_a_hash_alone_is_kept(cast, place):
    token = make_link(place=place, by=cast["dev"], title="Walk")

    link = CalendarLink.objects.get()
    assert token not in str(CalendarLink.objects.values().get())
    assert (len(token), len(link.digest)) == (32, 64)


def test_a_title_is_changed_without_a_new_link(as_, nobody, cast, place):
    token = make_link(place=place, by=cast["dev"], title="Walk")

    as_("dev").post("/buddy/check-ins/calendar/", {"title": "Tea", "act": "save"})

    assert both_read(feed(nobody, token))[0][0] == "Tea"


def test_each_has_a_link_and_a_title_of_their_own(nobody, cast, place):
    dev = make_link(place=place, by=cast["dev"], title="Walk")
    elu = make_link(place=Place.objects.get(member=cast["elu"]), by=cast["elu"], title="Tea")

    assert [both_read(feed(nobody, token))[0][0] for token in (dev, elu)] == ["Walk", "Tea"]

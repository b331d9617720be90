"""The neutral calendar, read by two programs that know nothing of each other; it says that there are appointments, and when."""

import re
from datetime import timedelta
from uuid import UUID

import icalendar
import pytest
import vobject
from django.db import connection
from django.utils import timezone

from accounts.actions import suspend_member
from caucuses.actions.holding import AgreementChanged
from caucuses.actions.leaving import leave_caucus
from caucuses.meetings.actions import call_off_meeting, change_meeting, make_link, stop_link
from caucuses.meetings.models import CalendarLink, Meeting
from caucuses.models import Agreement, Caucus
from tests.caucuses.meetings.story import a_meeting, here, in_a_week, of, plan, token_on
from tests.caucuses.story import NAME, a_room, join

pytestmark = pytest.mark.django_db
#: Everything that may stand in a file, by the name of its line.
LINES = {
    "BEGIN", "END", "VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "SEQUENCE", "STATUS",
}  # fmt: skip


@pytest.fixture
def room(cast):
    """Fay facilitates; Inés and Hana are there."""
    return a_room(cast["fay"], cast["ines"], cast["hana"])


def feed(client, token, **headers):
    return client.get(f"/dates/{token}.ics", **headers)


def both_read(answer):
    """Words, begin, end and state, as icalendar and as vobject read them, which must be the same."""
    ours = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    theirs = vobject.readOne(answer.content.decode()).contents.get("vevent", [])
    by_ours = [
        (str(row["summary"]), row.decoded("dtstart"), row.decoded("dtend"), str(row["status"]))
        for row in ours
    ]
    by_theirs = [
        (row.summary.value, row.dtstart.value, row.dtend.value, row.status.value) for row in theirs
    ]
    assert by_ours == by_theirs
    return by_ours


def uids(answer):
    return re.findall(r"UID:(\S+)", answer.text)


def test_two_programs_read_when_and_nothing_else(nobody, room):
    first, second = in_a_week(), in_a_week() + timedelta(days=1)
    a_meeting(room[0], starts_at=second, minutes=90)
    a_meeting(room[0], starts_at=first)

    answer = feed(nobody, make_link(seat=room[1], title="Appointment"))

    assert both_read(answer) == [
        ("Appointment", first, first + timedelta(minutes=60), "CONFIRMED"),
        ("Appointment", second, second + timedelta(minutes=90), "CONFIRMED"),
    ]
    assert {line.split(":")[0].split(";")[0] for line in answer.text.splitlines()} == LINES
    assert set(re.findall(r"(?:CLASS|DTSTAMP|SEQUENCE):(\S+)", answer.text)) == {
        "PRIVATE", "20000101T000000Z", "0",
    }  # fmt: skip
    assert all(part.endswith("Z") for part in re.findall(r"DT\w+:(\S+)", answer.text))


def test_the_link_of_a_suspended_member_leads_nowhere(nobody, cast, room):
    token = make_link(seat=room[1], title="Appointment")
    suspend_member(member=cast["ines"], by=None)

    answer, unknown = feed(nobody, token), feed(nobody, "never-made")

    assert (answer.status_code, answer.content) == (unknown.status_code, unknown.content)
    assert answer.status_code == 404


def test_a_file_names_nothing_and_nobody(nobody, room):
    meeting = a_meeting(room[0], place="https://meet.example/secret", agenda="What do we avoid?")
    answer = feed(nobody, make_link(seat=room[1], title="Appointment"))

    words = answer.text.lower()
    for said in (NAME, "fay", "ines", "inés", "caucus", "lodestar", "riverton", "http", "meet", "avoid", str(meeting.pk), str(room[1].pk), str(room[1].caucus_id)):  # fmt: skip
        assert said.lower() not in words


def test_the_files_of_two_members_have_nothing_in_common_but_the_times(nobody, room):
    a_meeting(room[0])
    ines, hana = (
        feed(nobody, make_link(seat=seat, title=title))
        for seat, title in ((room[1], "Dentist"), (room[2], "Cello"))
    )

    common = set(ines.text.splitlines()) & set(hana.text.splitlines())
    assert {line.split(":")[0] for line in common} == LINES - {"UID", "SUMMARY"}
    assert all(UUID(uid).version == 5 for uid in (*uids(ines), *uids(hana)))
    assert set(uids(ines)) & set(uids(hana)) == set()


def test_a_uid_stays_and_calendars_are_told_of_a_move_and_a_calling_off(nobody, as_, room):
    meeting = a_meeting(room[0])
    token = make_link(seat=room[1], title="Appointment")
    before = feed(nobody, token)
    later = in_a_week() + timedelta(hours=2)

    change_meeting(seat=room[0], meeting=meeting, plan=plan(starts_at=later), seen=1)
    moved = feed(nobody, token)
    call_off_meeting(seat=room[0], meeting=meeting)
    off = feed(nobody, make_link(seat=room[1], title="Appointment"))
    single = as_("ines").get(of(meeting, "appointment.ics"))

    assert [re.findall(r"SEQUENCE:(\d)", file.text) for file in (before, moved, off)] == [
        ["0"], ["1"], ["2"],
    ]  # fmt: skip
    assert [both_read(file)[0][3] for file in (moved, off, single)] == [
        "CONFIRMED", "CANCELLED", "CANCELLED",
    ]  # fmt: skip
    assert both_read(moved)[0][1] == later
    assert len({uids(file)[0] for file in (before, moved, off, single)}) == 1


def test_another_agenda_changes_no_byte(nobody, room):
    meeting = a_meeting(room[0])
    token = make_link(seat=room[1], title="Appointment")
    before = feed(nobody, token)

    change_meeting(seat=room[0], meeting=meeting, plan=plan(agenda="Other", place="Roof"), seen=1)

    after = feed(nobody, token)
    assert after.content == before.content
    assert "Last-Modified" not in after.headers


def test_one_meeting_as_a_file_has_a_neutral_name(as_, room):
    meeting = a_meeting(room[0])

    answer = as_("ines").get(of(meeting, "appointment.ics"))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="appointment.ics"'
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert both_read(answer)[0][0] == "Appointment"


@pytest.mark.parametrize("end", ["renew", "stop", "leave", "unknown", "short", "odd"])
def test_every_link_that_leads_nowhere_gets_the_same_bytes(nobody, as_, room, end):
    a_meeting(room[0])
    token = make_link(seat=room[1], title="Appointment")
    assert feed(nobody, token).status_code == 200

    other = {"unknown": "x" * 43, "short": "x", "odd": "%F0%9F%8D%B5%20"}.get(end, token)
    if end == "renew":
        make_link(seat=room[1], title="Appointment")
    if end == "stop":
        stop_link(seat=room[1])
    if end == "leave":
        leave_caucus(seat=room[1], with_posts=False)

    for client, headers in ((nobody, {}), (as_("ines"), {}), (nobody, {"HTTP_ACCEPT_LANGUAGE": "es"})):  # fmt: skip
        answer = feed(client, other, **headers)
        assert (answer.status_code, answer.content) == (404, b"Not found.\n")
        assert not answer.cookies


def test_the_feed_sets_no_cookie_and_is_kept_by_nobody(nobody, as_, room):
    a_meeting(room[0])
    token = make_link(seat=room[1], title="Appointment")

    answers = [feed(nobody, token), feed(as_("ines"), token), feed(as_("gus"), token)]

    assert len({answer.content for answer in answers}) == 1
    for answer in answers:
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert nobody.post(f"/dates/{token}.ics").status_code == 405


def test_the_link_is_shown_once_made_anew_and_stopped(as_, nobody, room):
    client = as_("ines")
    page = here(room[0], "calendar/")

    first = token_on(client.post(page, {"title": "", "act": "renew"}))
    assert "/dates/" not in client.get(page).text
    second = token_on(client.post(page, {"title": "Dentist", "act": "renew"}))
    renamed = client.post(page, {"title": "Cello,\r\nlesson", "act": "save"})

    assert (len(first), renamed.status_code) == (43, 302)
    assert [feed(nobody, token).status_code for token in (first, second)] == [404, 200]
    link = CalendarLink.objects.get()
    assert link.title == "Cello, lesson"
    assert second not in str(CalendarLink.objects.values().get())
    client.post(here(room[0], "calendar/stop/"))
    assert feed(nobody, second).status_code == 404
    gone = client.post(page, {"title": "Choir", "act": "save"})
    assert gone.status_code == 409
    assert "Choir" in gone.text


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("a,b;c\\d", "a,b;c\\d"),
        ("x\r\nEND:VEVENT\r\nATTENDEE:mailto:eve@x.example", "x END:VEVENT ATTENDEE:mailto:eve@x.example"),
        ("家" * 100, "家" * 100),
        ("", "Appointment"),
        ("   ", "Appointment"),
    ],
    ids=["commas", "another line", "wide", "empty", "blank"],
)  # fmt: skip
def test_the_words_stay_one_line_whatever_is_in_them(as_, nobody, room, title, shown):
    a_meeting(room[0])
    answer = as_("ines").post(here(room[0], "calendar/"), {"title": title, "act": "renew"})

    file = feed(nobody, token_on(answer))

    assert both_read(file)[0][0] == shown
    assert max(len(line) for line in file.content.split(b"\r\n")) <= 75
    assert b"\n" not in file.content.replace(b"\r\n", b"")


def test_words_that_are_too_long_make_no_link_and_stay(as_, room):
    answer = as_("ines").post(here(room[0], "calendar/"), {"title": "x" * 101, "act": "renew"})

    assert "This has 101 characters; 100 fit." in answer.text
    assert "x" * 101 in answer.text
    assert CalendarLink.objects.count() == 0


def test_a_title_that_does_not_open_is_an_appointment(nobody, room):
    a_meeting(room[0])
    token = make_link(seat=room[1], title="Dentist")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE meetings_calendarlink SET title = (SELECT place FROM meetings_meeting)"
        )

    assert both_read(feed(nobody, token))[0][0] == "Appointment"


def test_past_meetings_leave_the_feed(nobody, room):
    a_meeting(room[0])
    token = make_link(seat=room[1], title="Appointment")
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=2))

    assert both_read(feed(nobody, token)) == []


def test_until_a_new_agreement_is_accepted_the_feed_holds_what_was_known_before(nobody, room):
    known = a_meeting(room[0])
    token = make_link(seat=room[1], title="Appointment")
    Agreement.objects.create(caucus=room[0].caucus, number=2, text="Newer", terms="{}")
    Caucus.objects.update(agreement=2)
    room[0].accepted = 2
    room[0].save(update_fields=["accepted"])
    a_meeting(room[0], starts_at=in_a_week() + timedelta(days=3))

    assert [row[1] for row in both_read(feed(nobody, token))] == [known.starts_at]


def test_who_never_accepted_has_no_feed(cast, room):
    a_meeting(room[0])
    elu = join(room[0], cast["elu"], has_accepted=False)

    with pytest.raises(AgreementChanged):
        make_link(seat=elu, title="Appointment")

    assert not CalendarLink.objects.filter(seat=elu).exists()


def test_the_feed_asks_the_same_however_many_meetings_there_are(
    nobody, room, django_assert_num_queries
):
    token = make_link(seat=room[1], title="Appointment")
    for number in range(3):
        a_meeting(room[0], starts_at=in_a_week() + timedelta(days=number))
        feed(nobody, token)
        with django_assert_num_queries(3):
            feed(nobody, token)

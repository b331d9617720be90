"""A facilitator calls a meeting, changes it and calls it off; members read it by their own clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caucuses.choices import Happening
from caucuses.meetings.models import Meeting
from caucuses.models import Event, Seat
from core.models import FormResult
from tests.caucuses.meetings.story import (
    PLACE,
    a_meeting,
    fall_change,
    held,
    here,
    in_a_week,
    of,
    spring_change,
    typed,
    winter,
)
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    """Fay facilitates; Inés, Hana and Dev are there."""
    return a_room(cast["fay"], cast["ines"], cast["hana"], cast["dev"])


@pytest.fixture
def fay(room):
    return room[0]


def zone(member, name):
    member.time_zone = name
    member.save(update_fields=["time_zone"])


def test_the_form_begins_with_six_parts_and_the_facilitators_own_zone(as_, cast, fay):
    zone(cast["fay"], "America/Puerto_Rico")

    form = as_("fay").get(here(fay, "new/")).context["form"]

    agenda = form.initial["agenda"]
    assert [line[2:] for line in agenda.splitlines() if line.startswith("# ")] == [
        "Arrival", "Agreements", "Prompt", "Silence", "Round", "Closing",
    ]  # fmt: skip
    assert form.initial["time_zone"] == "America/Puerto_Rico"


def test_a_facilitator_calls_a_meeting_and_the_log_of_the_room_says_so(as_, fay):
    day = winter().date()

    answer = as_("fay").post(here(fay, "new/"), typed(day))

    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == of(meeting)
    assert meeting.starts_at == winter() + timedelta(days=1)  # 18:00 in Chicago
    assert (meeting.place, meeting.minutes, meeting.seat) == (PLACE, 60, fay)
    assert "<h3>Prompt</h3>" in meeting.agenda_html
    assert Event.objects.filter(what=Happening.MEETING, seat=fay).count() == 1


def test_a_form_that_is_sent_twice_calls_one_meeting_and_what_is_kept_of_it_names_a_seat(
    as_, cast, fay
):
    data = {**typed(winter().date()), "once": "5e0ee1d4-ad1f-4bb4-9d0e-7d4d53a3a6b3"}
    client = as_("fay")

    first, second = (client.post(here(fay, "new/"), data) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Meeting.objects.count() == 1
    assert {row.member for row in FormResult.objects.all()} == {fay.pk}


def test_ines_in_puerto_rico_reads_another_clock_time_than_fay(as_, cast, fay):
    zone(cast["fay"], "America/Chicago")
    zone(cast["ines"], "America/Puerto_Rico")
    meeting = a_meeting(fay, starts_at=winter(23))

    for address in (of(meeting), here(fay), f"/caucuses/{fay.caucus_id}/"):
        to_fay, to_ines = (as_(name).get(address).text for name in ("fay", "ines"))
        assert "5 p.m.</time> to" in to_fay
        assert "America/Chicago (CST)" in to_fay
        assert "7 p.m.</time> to" in to_ines
        assert "America/Puerto Rico (AST)" in to_ines


def test_the_form_to_change_it_shows_the_zone_in_which_it_was_called(as_, cast, fay):
    zone(cast["fay"], "Europe/Madrid")
    meeting = a_meeting(fay, starts_at=winter(23))

    form = as_("fay").get(of(meeting, "edit/")).context["form"]

    assert f"{form.initial['at']:%H:%M} {form.initial['time_zone']}" == "17:00 America/Chicago"


def test_a_time_that_clocks_skip_gets_a_sentence(as_, fay):
    answer = as_("fay").post(here(fay, "new/"), typed(spring_change(), "02:30"))

    assert answer.status_code == 200
    assert "put forward and never show 02:30" in answer.text
    assert PLACE in answer.text
    assert Meeting.objects.count() == 0


def test_a_time_that_clocks_show_twice_gets_a_sentence(as_, fay):
    answer = as_("fay").post(here(fay, "new/"), typed(fall_change(), "01:30"))

    assert answer.status_code == 200
    assert "put back and show 01:30 twice" in answer.text
    assert Meeting.objects.count() == 0


def test_a_zone_without_such_hours_takes_the_same_times(as_, fay):
    for day, at in ((spring_change(), "02:30"), (fall_change(), "01:30")):
        as_("fay").post(here(fay, "new/"), typed(day, at, time_zone="America/Puerto_Rico"))

    assert Meeting.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": "2020-01-01"}, "still to come, within a year"),
        ({"day": "0001-01-01"}, "still to come, within a year"),
        ({"day": "9999-12-31"}, "still to come, within a year"),
        ({"day": "soon"}, "Choose a day, such as"),
        ({"at": "late"}, "Choose a time, such as"),
        ({"at": ""}, "Choose a time."),
        ({"time_zone": "Mars/Olympus"}, "Choose a time zone from the list."),
        ({"minutes": "4"}, "from 5 to 600"),
        ({"minutes": "601"}, "from 5 to 600"),
        ({"minutes": "an hour"}, "from 5 to 600"),
        ({"place": "javascript:alert(1)"}, "A link begins with https:// or http://."),
        ({"place": "data:text/html,x"}, "A link begins with https:// or http://."),
        ({"place": "ftp://files.example"}, "A link begins with https:// or http://."),
        ({"place": "x" * 501}, "This has 501 characters; 500 fit."),
        ({"agenda": "y" * 10_001}, "This has 10,001 characters; 10,000 fit."),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_keeps_every_word(as_, fay, changes, sentence):
    data = typed(winter().date(), **changes)

    answer = as_("fay").post(here(fay, "new/"), data)

    assert answer.status_code == 200
    assert sentence in answer.text
    form = answer.context["form"]
    assert [form[name].value() for name in ("day", "at", "minutes", "place", "agenda")] == [
        data[name] for name in ("day", "at", "minutes", "place", "agenda")
    ]
    assert Meeting.objects.count() == 0


def test_more_than_a_year_ahead_gets_a_sentence(as_, fay):
    day = (timezone.now() + timedelta(days=368)).date()

    assert "within a year" in as_("fay").post(here(fay, "new/"), typed(day)).text


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("Room: two, upstairs", '<bdi class="place">Room: two, upstairs</bdi>'),
        (
            "https://meet.example/a?b=1&c=2",
            '<a href="https://meet.example/a?b=1&amp;c=2" rel="nofollow ugc noopener noreferrer">https://meet.example/a?b=1&amp;c=2</a>',
        ),
        ("Here: https://meet.example/a.", 'rel="nofollow ugc noopener noreferrer">https://meet.example/a</a>.'),
        ("https://bank.example@evil.example/", '<bdi class="place">https://bank.example@evil.example/</bdi>'),
        ("<b>loud</b>", "&lt;b&gt;loud&lt;/b&gt;"),
        ("https://", '<bdi class="place">https://</bdi>'),
        ("", "Where is not said yet."),
    ],
)  # fmt: skip
def test_a_place_is_words_and_links_that_lead_nowhere_else(as_, fay, place, shown):
    as_("fay").post(here(fay, "new/"), typed(winter().date(), place=place))

    assert shown in as_("ines").get(of(Meeting.objects.get())).text


def test_members_who_do_not_facilitate_call_nothing_and_lose_no_word(as_, fay):
    answer = as_("ines").post(here(fay, "new/"), typed(winter().date(), agenda="My long agenda"))

    assert as_("ines").get(here(fay, "new/")).status_code == 403
    assert answer.status_code == 403
    assert "My long agenda" in answer.text
    assert Meeting.objects.count() == 0


def test_a_facilitator_changes_it_and_calendars_are_told_only_of_another_time(as_, fay):
    meeting = a_meeting(fay, starts_at=winter(23))
    data = typed(winter().date(), "17:00", seen="1")
    client = as_("fay")

    client.post(of(meeting, "edit/"), {**data, "place": "The kitchen"})
    meeting.refresh_from_db()
    assert (meeting.place, meeting.revision, meeting.sequence) == ("The kitchen", 2, 0)

    client.post(of(meeting, "edit/"), {**data, "place": "The kitchen", "at": "17:30", "seen": "2"})
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.revision, meeting.sequence) == (winter(23, 30), 3, 1)
    assert Event.objects.filter(what=Happening.MEETING_CHANGED).count() == 2


def test_two_facilitators_change_it_at_once_and_read_both(as_, cast, fay, room):
    Seat.objects.filter(pk=room[2].pk).update(is_facilitator=True)
    meeting = a_meeting(fay, starts_at=winter(23))
    data = typed(winter().date(), "17:00", seen="1")
    as_("hana").post(of(meeting, "edit/"), {**data, "agenda": "What Hana wrote"})

    answer = as_("fay").post(of(meeting, "edit/"), {**data, "agenda": "What Fay wrote"})

    assert answer.status_code == 409
    assert "What Hana wrote" in answer.text
    assert "What Fay wrote" in answer.text
    seen = answer.context["form"]["seen"].value()
    again = as_("fay").post(
        of(meeting, "edit/"), {**data, "agenda": "What both wrote", "seen": seen}
    )
    assert again.status_code == 302
    assert Meeting.objects.get().agenda == "What both wrote"


def test_it_is_called_off_after_a_question_and_stays_to_be_seen(as_, fay):
    meeting = a_meeting(fay)
    client = as_("fay")

    asked = client.get(of(meeting, "call-off/"))
    done = client.post(of(meeting, "call-off/"))
    again = client.post(of(meeting, "call-off/"))

    assert "Call this meeting off?" in asked.text
    assert (done.status_code, again.status_code) == (302, 302)
    assert "called off" in as_("ines").get(here(fay)).text
    assert "This meeting was called off." in as_("ines").get(of(meeting)).text
    assert "None is called at the moment." in as_("ines").get(f"/caucuses/{fay.caucus_id}/").text
    assert Event.objects.filter(what=Happening.CALLED_OFF).count() == 1


def test_what_was_typed_for_a_meeting_that_was_called_off_meanwhile_stands_on_the_page(as_, fay):
    meeting = a_meeting(fay)
    client = as_("fay")
    client.post(of(meeting, "call-off/"))

    answer = client.post(
        of(meeting, "edit/"), typed(in_a_week().date(), agenda="Long in the making", seen="1")
    )

    assert answer.status_code == 409
    assert "Long in the making" in answer.text


def test_what_was_typed_for_a_meeting_that_went_meanwhile_stands_on_the_page(as_, fay):
    meeting = a_meeting(fay)
    Meeting.objects.all().delete()

    gone = as_("fay").post(of(meeting, "edit/"), typed(in_a_week().date(), agenda="Long words"))
    bare = as_("fay").post(of(meeting, "edit/"))

    assert gone.status_code == 404
    assert "Long words" in gone.text
    assert bare.status_code == 404


def test_when_it_has_begun_its_time_stays_and_the_link_can_still_be_put_right(as_, fay):
    Seat.objects.update(since=timezone.now() - timedelta(days=2))
    meeting = held(fay, ago=timedelta(minutes=5))
    local = meeting.starts_at.astimezone(timezone.get_fixed_timezone(0))
    Meeting.objects.update(starts_at=local.replace(second=0, microsecond=0), time_zone="UTC")
    same = typed(local.date(), f"{local:%H:%M}", time_zone="UTC", place="Now in the hall", seen="1")

    moved = as_("fay").post(of(meeting, "edit/"), {**same, "day": in_a_week().date().isoformat()})
    put_right = as_("fay").post(of(meeting, "edit/"), same)

    assert "so its time stays" in moved.text
    assert put_right.status_code == 302
    assert Meeting.objects.get().place == "Now in the hall"


@pytest.mark.parametrize("name", ["elu", "mo", "ana", "gus"])
def test_who_is_not_in_the_room_gets_the_same_404_everywhere(as_, fay, name):
    meeting = a_meeting(fay)
    client = as_(name)

    for address in (here(fay), here(fay, "new/"), here(fay, "calendar/"), of(meeting), of(meeting, "edit/"), of(meeting, "call-off/"), of(meeting, "notes/"), of(meeting, "appointment.ics")):  # fmt: skip
        assert client.get(address).status_code == 404
    for address in (here(fay, "new/"), here(fay, "calendar/stop/"), of(meeting, "edit/"), of(meeting, "call-off/"), of(meeting, "notes/")):  # fmt: skip
        assert client.post(address, typed(in_a_week().date())).status_code == 404


def test_a_meeting_of_another_room_is_a_404_in_this_one(as_, cast, fay):
    other = a_meeting(a_room(cast["fay"])[0])

    assert as_("fay").get(here(fay, f"{other.pk}/")).status_code == 404


def test_a_newcomer_sees_what_is_to_come_and_not_what_was_held_before(as_, cast, fay):
    before = held(fay, ago=timedelta(days=2))
    to_come = a_meeting(fay)
    join(fay, cast["elu"])
    client = as_("elu")

    assert client.get(of(before)).status_code == 404
    assert client.get(of(before, "notes/")).status_code == 404
    assert client.get(of(to_come)).status_code == 200
    rows = client.get(here(fay)).context
    assert [row.meeting for row in rows["coming"].meetings] == [to_come]
    assert rows["past"].meetings == []


def test_who_has_to_accept_a_new_agreement_sees_no_meeting_before(as_, fay):
    meeting = a_meeting(fay)
    Seat.objects.filter(caucus=fay.caucus_id).update(accepted=0)

    assert as_("ines").get(of(meeting)).status_code == 302
    assert as_("fay").post(here(fay, "new/"), typed(winter().date())).status_code == 403

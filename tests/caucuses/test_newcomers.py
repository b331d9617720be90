"""What was written before somebody came is not shown to them: in reports, agendas and notes of meetings either."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from caucuses.actions.expiring import expire_words
from caucuses.choices import Keeping
from caucuses.concerns.actions.reporting import send_concern
from caucuses.concerns.models import Concern
from caucuses.concerns.permissions import can_read_concern, concerns_read_by
from caucuses.meetings.actions import Plan, call_meeting, save_notes
from caucuses.meetings.models import Meeting
from caucuses.models import Seat
from caucuses.threads.actions import begin_thread
from caucuses.threads.models import Post
from tests.caucuses.concerns.hands import facilitating
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db


def address(seat, *parts):
    return "/caucuses/" + "/".join(str(part) for part in (seat.caucus_id, *parts)) + "/"


@pytest.fixture
def seats(cast):
    """Dev, Elu and Jo, here for long, in a room that keeps words for 90 days."""
    found = a_room(cast["dev"], cast["elu"], cast["jo"], keeping=Keeping.DAYS_90)
    Seat.objects.filter(caucus=found[0].caucus).update(since=timezone.now() - timedelta(days=200))
    return [Seat.objects.select_related("caucus").get(pk=seat.pk) for seat in found]


def reported(elu, jo, *, days):
    """Jo reports what Elu said so many days ago."""
    post = begin_thread(seat=elu, title="T", text="Said long ago.")
    Post.objects.filter(pk=post.pk).update(written_at=timezone.now() - timedelta(days=days))
    post.refresh_from_db()
    return send_concern(seat=jo, concern_id=uuid4(), words="Why.", about=elu, post=post)


def test_a_new_facilitator_reads_no_report_from_before_and_no_passage_from_before(as_, cast, seats):
    dev, elu, jo = seats
    earlier = reported(elu, jo, days=40)
    ben = facilitating(join(dev, cast["ben"]))
    later = reported(elu, jo, days=40)

    assert list(concerns_read_by(ben)) == [later]
    assert [can_read_concern(ben, one) for one in (earlier, later)] == [False, True]
    client = as_("ben")
    assert client.get(address(dev, "reports", earlier.pk)).status_code == 404
    assert "Said long ago." not in client.get(address(dev, "reports", later.pk)).text
    assert "Said long ago." in as_("dev").get(address(dev, "reports", later.pk)).text


def test_what_the_post_said_goes_when_the_post_does(seats):
    _dev, elu, jo = seats
    old, young = reported(elu, jo, days=91), reported(elu, jo, days=89)

    expire_words(now=timezone.now())

    passages = {row.pk: str(row.excerpt) for row in Concern.objects.filter(pk__in=[old.pk, young.pk])}  # fmt: skip
    assert passages == {old.pk: "", young.pk: "Said long ago."}


def test_agenda_and_notes_from_before_are_not_shown_to_a_newcomer(as_, cast, seats):
    dev, elu, _jo = seats
    plan = Plan(timezone.now() + timedelta(days=2), 60, "UTC", "The hall", "An old agenda")
    meeting = call_meeting(seat=dev, plan=plan)
    save_notes(seat=dev, meeting=meeting, text="Old notes.", seen=0)
    join(dev, cast["ben"])
    client, page = as_("ben"), address(dev, "meetings", meeting.pk)

    shown = client.get(page).text
    written = client.post(address(dev, "meetings", meeting.pk, "notes"), {"text": "Ben’s words", "seen": "0"})  # fmt: skip

    assert "The hall" in shown
    assert not any(words in shown for words in ("An old agenda", "Old notes."))
    assert shown.count("before you came") == 2
    assert written.status_code == 403
    assert "Ben’s words" in written.text
    assert "Old notes." not in written.text
    assert "These notes were written before you came" in written.text

    save_notes(seat=elu, meeting=meeting, text="Notes of today.", seen=1)
    assert "Notes of today." in client.get(page).text


def test_a_facilitator_who_came_later_calls_off_what_they_do_not_read(as_, cast, seats):
    dev, *_others = seats
    plan = Plan(timezone.now() + timedelta(days=2), 60, "UTC", "The hall", "An old agenda")
    meeting = call_meeting(seat=dev, plan=plan)
    facilitating(join(dev, cast["ben"]))
    client = as_("ben")

    change = client.get(address(dev, "meetings", meeting.pk, "edit"))
    off = client.post(address(dev, "meetings", meeting.pk, "call-off"), {"once": str(uuid4())})

    assert change.status_code == 403
    assert "An old agenda" not in change.text
    assert off.status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).cancelled_at is not None


def test_meetings_to_come_have_pages(as_, seats):
    dev, *_others = seats
    for number in range(25):
        at = timezone.now() + timedelta(days=number + 1)
        call_meeting(seat=dev, plan=Plan(at, 60, "UTC", f"Room {number:02}", ""))
    client = as_("elu")

    first = client.get(address(dev, "meetings"))
    last = first.context["coming"].meetings[-1].meeting
    second = client.get(address(dev, "meetings") + f"?after={last.pk}")

    assert [len(page.context["coming"].meetings) for page in (first, second)] == [20, 5]
    assert ("Later ones" in first.text, "Later ones" in second.text) == (True, False)
    assert "Room 24" in second.text

"""Who reads a report when members come and go, and what its pages cost."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.utils import timezone

from caucuses.actions.leaving import leave_caucus
from caucuses.concerns.models import Concern
from caucuses.concerns.permissions import (
    can_read_concern,
    can_see_concern,
    concerns_read_by,
    concerns_visible_to,
    concerns_written_by,
    did_write_concern,
)
from caucuses.models import Seat
from caucuses.threads.models import Post
from core import doors
from core.crypto.fields import Sealed
from tests.care.hands import seen
from tests.caucuses.concerns.hands import WORDS, facilitating, report
from tests.caucuses.story import a_room, join
from tests.caucuses.threads.saying import room, said

pytestmark = pytest.mark.django_db
NOTHING = uuid4()


def test_when_the_writer_leaves_nothing_leads_to_them_and_nothing_changes(seats, as_):
    concern = report(seats[1], seats[2])
    pages = [room(seats[0], "reports/"), room(seats[0], f"reports/{concern.pk}/")]
    before = [seen(as_("dev").get(page)) for page in pages]

    leave_caucus(seat=seats[1], with_posts=True)

    assert Concern.objects.get().writer == ""
    assert [seen(as_("dev").get(page)) for page in pages] == before


def test_who_leaves_and_comes_back_to_facilitate_does_not_read_what_was_said_of_them(
    seats, cast, as_
):
    post = said(seats[2], "How funny.")
    concern = report(seats[1], seats[2], post=post)

    leave_caucus(seat=seats[2], with_posts=True)
    back = facilitating(join(seats[0], cast["hana"]))

    row = Concern.objects.get()
    assert (row.about_id, str(row.excerpt), str(row.words)) == (None, "", WORDS)
    assert list(concerns_read_by(back)) == []
    assert as_("hana").get(room(seats[0], f"reports/{concern.pk}/")).status_code == 404
    assert as_("dev").get(room(seats[0], f"reports/{concern.pk}/")).status_code == 200


def test_a_post_of_a_former_member_is_read_by_who_was_here_when_it_was_written(seats, cast, as_):
    post = said(seats[2], "How funny.")
    leave_caucus(seat=seats[2], with_posts=False)
    back = facilitating(join(seats[0], cast["hana"]))
    post = Post.objects.get(pk=post.pk)

    concern = report(seats[1], None, post=post)

    assert [can_read_concern(one, concern) for one in (seats[0], seats[3], back)] == [
        True,
        True,
        False,
    ]


def test_who_comes_later_does_not_read_what_was_reported_before(seats, cast):
    with time_machine.travel(timezone.now() - timedelta(days=2), tick=False):
        concern = report(seats[1], seats[2])
    newcomer = facilitating(join(seats[0], cast["jo"]))

    assert list(concerns_read_by(newcomer)) == []
    assert not can_read_concern(newcomer, concern)


def test_a_report_that_nobody_can_read_any_more_says_so_to_its_writer(seats, as_):
    concern = report(seats[1], seats[2])
    address = room(seats[0], f"reports/{concern.pk}/")
    before = as_("elu").get(address).text

    Seat.objects.filter(is_facilitator=True).update(is_facilitator=False)

    after = as_("elu").get(address).text
    said_so = "Nobody is left in this room who can read it."
    assert (said_so in before, said_so in after) == (False, True)


def test_both_forms_of_the_rules_agree(seats, cast):
    report(seats[1], seats[2])
    report(seats[1], seats[3])
    report(seats[0], seats[2])
    report(seats[3], None, post=said(seats[2], "How funny."))
    stranger = a_room(cast["fay"])[0]

    for seat in (*seats, stranger):
        for rows, can in (
            (concerns_written_by, did_write_concern),
            (concerns_read_by, can_read_concern),
            (concerns_visible_to, can_see_concern),
        ):
            listed = set(rows(seat).values_list("pk", flat=True))
            assert listed == {one.pk for one in Concern.objects.all() if can(seat, one)}, can


def test_a_damaged_report_does_not_take_the_list_down(seats, as_):
    broken, fine = report(seats[1], seats[2]), report(seats[1], seats[2])
    Concern.objects.filter(pk=broken.pk).update(words=Sealed(b"damaged"))

    for name in ("dev", "elu"):
        page = as_(name).get(room(seats[0], "reports/"))
        assert (page.status_code, "A report that cannot be opened" in page.text) == (200, True)
        assert WORDS[:20] in page.text
        assert (
            "This cannot be opened." in as_(name).get(room(seats[0], f"reports/{broken.pk}/")).text
        )
    assert isinstance(fine.pk, UUID)


def test_the_lists_are_as_much_work_with_three_as_with_one(seats, as_, django_assert_num_queries):
    address = room(seats[0], "reports/")
    for name, number in (("dev", 10), ("elu", 9)):
        client = as_(name)
        for count in (1, 3):
            while Concern.objects.count() < count:
                report(seats[1], seats[2])
            client.get(address)
            with django_assert_num_queries(number):
                client.get(address)
        Concern.objects.all().delete()


def test_quiet_links_stand_beside_others_alone(seats, cast):
    there = doors.ask("beside_seat", seat=seats[0], other=seats[2])
    stranger = a_room(cast["fay"])[0]

    assert ["Stop contact" in there[0], "Report" in there[1]] == [True, True]
    assert doors.ask("beside_seat", seat=seats[0], other=seats[0]) == []
    assert doors.ask("beside_seat", seat=seats[0], other=stranger) == []

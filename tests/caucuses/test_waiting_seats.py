"""Whoever took a seat and never accepted keeps nothing alive and nobody waiting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caucuses.actions import SomebodyDoes, begin_to_facilitate, leave_caucus, remove_seat
from caucuses.actions.leaving import end_waiting_seats
from caucuses.models import Agreement, Caucus, Parting, Seat
from caucuses.permissions import can_remove_seat, has_facilitator, seats_removable_by
from core import doors
from tests.caucuses.changing import change, fresh
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db


def room_of(seat):
    return f"/caucuses/{seat.caucus_id}/"


def long_ago(seat, days=31):
    Seat.objects.filter(pk=seat.pk).update(taken_at=timezone.now() - timedelta(days=days))


def test_the_last_who_came_in_ends_the_room(as_, cast):
    (dev,) = a_room(cast["dev"])
    join(dev, cast["ben"], has_accepted=False)

    page = as_("dev").get(f"{room_of(dev)}leave/").content.decode()
    leave_caucus(seat=dev, with_posts=False)

    assert "You are the last one." in page
    assert not Caucus.objects.filter(pk=dev.caucus_id).exists()
    assert as_("ben").get(f"{room_of(dev)}agreement/").status_code == 404


def test_who_never_came_in_leaves_and_the_room_stays(as_, cast):
    (dev,) = a_room(cast["dev"])
    ben = join(dev, cast["ben"], has_accepted=False)

    page = as_("ben").get(f"{room_of(dev)}leave/").content.decode()
    leave_caucus(seat=ben, with_posts=True)

    assert "You are the last one." not in page
    assert Caucus.objects.filter(pk=dev.caucus_id).exists()


def test_after_thirty_days_the_seat_goes_by_itself(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    ben = join(dev, cast["ben"], has_accepted=False)
    jo = join(dev, cast["jo"], has_accepted=False)
    for seat, days in ((dev, 90), (elu, 90), (ben, 29), (jo, 31)):
        long_ago(seat, days)

    doors.ask("hourly", now=timezone.now())

    assert set(Seat.objects.filter(caucus=dev.caucus)) == {dev, elu, ben}
    page = as_("jo").get(f"{room_of(dev)}agreement/")
    assert page.status_code == 404
    posted = as_("jo").post(f"{room_of(dev)}agreement/accept/", {"number": "1"})
    assert posted.status_code == 404
    assert Parting.objects.count() == 0


def test_a_room_in_which_nobody_is_any_more_ends(cast):
    (dev,) = a_room(cast["dev"])
    ben = join(dev, cast["ben"], has_accepted=False)
    long_ago(ben)
    dev.delete()

    assert end_waiting_seats(now=timezone.now()) == 1
    assert not Caucus.objects.filter(pk=dev.caucus_id).exists()


def test_a_facilitator_removes_a_seat_that_never_accepted(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    ben = join(dev, cast["ben"], has_accepted=False)
    address = f"{room_of(dev)}people/{ben.pk}/remove/"

    page = as_("dev").get(f"{room_of(dev)}people/").content.decode()
    others = as_("elu").get(f"{room_of(dev)}people/").content.decode()

    assert address in page
    assert "Ben" not in others
    assert as_("dev").get(address).status_code == 200
    assert as_("elu").get(address).status_code == 403
    assert ben in seats_removable_by(dev)
    assert can_remove_seat(dev, ben)
    assert not can_remove_seat(elu, ben)
    assert as_("dev").post(f"{room_of(dev)}people/{ben.pk}/ask/").status_code == 404
    as_("dev").post(address, {"reason": "We did not hear from you."})
    assert not Seat.objects.filter(pk=ben.pk).exists()
    assert Parting.objects.get().reason == "We did not hear from you."


def test_one_who_was_invited_to_facilitate_and_never_came_can_be_removed(cast):
    (dev,) = a_room(cast["dev"])
    ben = join(dev, cast["ben"], has_accepted=False)
    Seat.objects.filter(pk=ben.pk).update(is_facilitator=True)

    assert fresh(ben) in seats_removable_by(dev)
    remove_seat(seat=dev, other=fresh(ben), reason="So.")

    assert not Seat.objects.filter(pk=ben.pk).exists()


@pytest.mark.parametrize(("days", "blocks"), [(13, True), (15, False)])
def test_a_facilitator_who_does_not_accept_anew_does_not_block_the_role(cast, days, blocks):
    dev, elu = a_room(cast["dev"], cast["elu"])
    change(elu, dev, text="We sing.")
    Agreement.objects.filter(caucus=dev.caucus, number=2).update(
        adopted_at=timezone.now() - timedelta(days=days)
    )

    assert has_facilitator(dev.caucus) is has_facilitator(fresh(elu).caucus) is blocks
    if blocks:
        with pytest.raises(SomebodyDoes):
            begin_to_facilitate(seat=fresh(elu))
        return
    begin_to_facilitate(seat=fresh(elu))
    assert fresh(elu).is_facilitator


def test_the_pages_say_that_nobody_facilitates(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    change(elu, dev, text="We sing.")
    Agreement.objects.filter(caucus=dev.caucus, number=2).update(
        adopted_at=timezone.now() - timedelta(days=15)
    )

    for address in ("", "people/"):
        page = as_("elu").get(f"{room_of(dev)}{address}").content.decode()
        assert "Nobody facilitates this room at the moment" in page

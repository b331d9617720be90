"""A room goes whole: its rows first, then its key; and one that is broken keeps no other from its regular work."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.utils import OperationalError
from django.utils import timezone

from caucuses.actions import leave_caucus, leaving, remove_seat
from caucuses.actions.ending import end_broken_rooms
from caucuses.actions.expiring import expire_words
from caucuses.actions.leaving import end_waiting_seats, leave_all
from caucuses.actions.parting import empty_partings
from caucuses.choices import Keeping
from caucuses.models import Caucus, Ended, Parting, Seat
from caucuses.threads.actions import begin_thread
from caucuses.threads.models import Post
from caucuses.tokens import outside_stand_in
from core import doors
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import FormResult, KeyOwner, OwnerKind
from tests.caucuses.changing import fresh
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db


def key_of(seat):
    return KeyOwner.objects.get(kind=OwnerKind.CAUCUS, ref=seat.caucus_id)


def destroy(seat):
    owners.destroy(Owner(OwnerKind.CAUCUS, seat.caucus_id))
    owners.forget()


def test_the_key_stays_where_the_rows_do(cast, monkeypatch, django_capture_on_commit_callbacks):
    (dev,) = a_room(cast["dev"])
    real = leaving.end_caucus

    def then_fails(caucus):
        real(caucus)
        raise OperationalError

    monkeypatch.setattr(leaving, "end_caucus", then_fails)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(OperationalError):
        leave_caucus(seat=dev, with_posts=True)
    owners.forget()

    assert str(Seat.objects.get(pk=dev.pk).name) == "Dev"


def test_a_key_whose_room_ended_is_destroyed_within_the_hour_and_no_other(cast):
    (dev,), (elu,) = a_room(cast["dev"]), a_room(cast["elu"])
    elsewhere = Owner(OwnerKind.CAUCUS, uuid4())  # of a room in another, or a newer, database
    owners.get_ready([elsewhere])
    leave_caucus(seat=dev, with_posts=True)  # what follows the commit does not happen here

    doors.ask("hourly", now=timezone.now())

    assert key_of(dev).destroyed_at
    assert not Ended.objects.exists()
    assert key_of(elu).destroyed_at is None
    assert KeyOwner.objects.get(ref=elsewhere.ref).destroyed_at is None
    assert end_broken_rooms() == 0


def test_rows_whose_key_is_destroyed_go(cast):
    (dev,), (elu,) = a_room(cast["dev"]), a_room(cast["elu"])
    destroy(dev)

    assert end_broken_rooms() == 1

    assert set(Caucus.objects.all()) == {elu.caucus}


def test_one_room_without_its_key_stops_no_other(cast):
    dev, elu = a_room(cast["dev"], cast["elu"], keeping=Keeping.DAYS_90)
    two, jo = a_room(cast["dev"], cast["jo"], keeping=Keeping.DAYS_90)
    for seat, other in ((dev, elu), (two, jo)):
        begin_thread(seat=seat, title="T", text="x")
        remove_seat(seat=fresh(seat), other=other, reason="So.")
        waits = join(seat, cast["ben"], has_accepted=False)
        Seat.objects.filter(pk=waits.pk).update(taken_at=timezone.now() - timedelta(days=31))
    old = timezone.now() - timedelta(days=91)
    Parting.objects.update(at=old)
    Post.objects.update(written_at=old)
    destroy(dev)

    empty_partings()
    expire_words(now=timezone.now())
    end_waiting_seats(now=timezone.now())

    assert Parting.objects.get(caucus=two.caucus).read_at is not None
    assert not Parting.objects.filter(caucus=dev.caucus).exists()
    assert not Post.objects.filter(caucus=two.caucus).exists()
    assert set(Seat.objects.filter(caucus=two.caucus)) == {two}


def test_a_room_that_fails_stops_no_other(cast, monkeypatch):
    a_room(cast["dev"], keeping=Keeping.DAYS_90)
    a_room(cast["elu"], keeping=Keeping.DAYS_90)
    heard = []

    def fails_once(*, caucus, before):
        heard.append(caucus.pk)
        if len(heard) == 1:
            raise ValueError
        return 3

    monkeypatch.setattr(doors, "_offers", {**doors._offers})
    doors._offers["caucus_expired"] = [(1, "fails", fails_once)]

    assert expire_words(now=timezone.now()) == 3
    assert len(heard) == 2


def test_how_many_were_opened_today_is_not_forgotten_by_leaving(as_, cast):
    _dev, elu = a_room(cast["dev"], cast["elu"])
    whose = outside_stand_in(cast["elu"].pk)
    for _opened in range(2):
        FormResult.objects.create(
            member=whose,
            form="caucuses:caucus_open",
            key=uuid4(),
            body="b",
            location="/caucuses/",
        )

    leave_caucus(seat=fresh(elu), with_posts=False)

    assert FormResult.objects.filter(member=whose).count() == 2


def test_an_account_that_closes_leaves_no_mark_of_what_it_opened(cast):
    whose = outside_stand_in(cast["elu"].pk)
    FormResult.objects.create(
        member=whose, form="caucuses:caucus_open", key=uuid4(), body="b", location="/caucuses/"
    )

    leave_all(member=cast["elu"])

    assert not FormResult.objects.filter(member=whose).exists()

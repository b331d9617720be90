"""Whatever else happens at the same moment, stopping contact comes about, each time: rows are really locked on PostgreSQL alone."""

import threading
from datetime import time, timedelta

import pytest
from django.db import connection, connections, transaction
from django.db.utils import OperationalError
from django.utils import timezone

from accountability.buddies.actions import accept_request, ask_listed, form_pair, set_openness
from accountability.buddies.choices import CameAbout
from accountability.buddies.models import Pair, Place, Request
from accountability.checkins.actions import hand_in, plan_check_ins
from accountability.checkins.actions.settling import settle_due
from accountability.checkins.models import CheckIn
from accountability.checkins.texts import Words
from accountability.matching.actions import accept_match
from accountability.matching.models import Match
from care.actions import stop_contact
from care.actions.turns import TRIES, hold, until_it_lands
from care.models import Stop
from care.permissions import is_stopped_between
from tests.accountability.buddies.test_at_once import at_once
from tests.accountability.matching.hands import cohort_of, run_round, seat_of, wants

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
TIMES = 8


@pytest.fixture
def dev_and_elu(cast):
    Pair.objects.all().delete()
    return cast["dev"], cast["elu"]


def anew(*members):
    """As if none of them had ever stopped contact with anybody, and none had a buddy."""
    Stop.objects.all().delete()
    Place.objects.filter(member__in=members).delete()
    Pair.objects.all().delete()
    Request.objects.all().delete()


def paired(dev, elu):
    anew(dev, elu)
    pair = form_pair(members=[dev, elu], came_about=CameAbout.ASKED)
    plan_check_ins(
        pair=pair, now=timezone.now(), rhythm="weekly", weekday=1, at=time(18), time_zone="UTC"
    )
    return pair


def landed(outcomes, dev, elu):
    assert [repr(row) for row in outcomes if isinstance(row, OperationalError)] == []
    assert is_stopped_between(dev.pk, elu.pk)
    assert not Place.objects.open().filter(member__in=[dev, elu]).exists()


def test_both_stop_each_other(dev_and_elu):
    dev, elu = dev_and_elu
    for _ in range(TIMES):
        paired(dev, elu)

        outcomes = at_once(
            lambda: stop_contact(by=dev, other=elu), lambda: stop_contact(by=elu, other=dev)
        )

        landed(outcomes, dev, elu)
        assert {row.by_id for row in Stop.objects.all()} == {dev.pk, elu.pk}


def test_one_stops_while_the_other_hands_in(dev_and_elu):
    dev, elu = dev_and_elu
    for _ in range(TIMES):
        check_in = CheckIn.objects.get(pair=paired(dev, elu))
        hand_in(check_in=check_in, by=dev, words=Words(did="First."), seen=0)

        outcomes = at_once(
            lambda: stop_contact(by=dev, other=elu),
            lambda row=check_in: hand_in(check_in=row, by=elu, words=Words(did="This."), seen=0),
        )

        landed(outcomes, dev, elu)


def test_one_stops_while_the_worker_shows_what_was_handed_in(dev_and_elu):
    dev, elu = dev_and_elu
    for _ in range(TIMES):
        check_in = CheckIn.objects.get(pair=paired(dev, elu))
        hand_in(check_in=check_in, by=elu, words=Words(did="This."), seen=0)
        then = timezone.now() + timedelta(days=8)

        outcomes = at_once(
            lambda: stop_contact(by=dev, other=elu), lambda now=then: settle_due(now)
        )

        landed(outcomes, dev, elu)


@pytest.mark.parametrize("who", ["who asked", "who was asked"])
def test_one_stops_while_the_request_is_accepted(dev_and_elu, who):
    """It lands first, and nothing can be accepted; or last, and the pair has ended."""
    dev, elu = dev_and_elu
    by, other = (dev, elu) if who == "who asked" else (elu, dev)
    for _ in range(TIMES):
        anew(dev, elu)
        set_openness(is_open=True, by=elu)
        request = ask_listed(member=elu, words="", by=dev)

        outcomes = at_once(
            lambda: stop_contact(by=by, other=other),
            lambda row=request: accept_request(request=row, by=elu),
        )

        landed(outcomes, dev, elu)


def test_one_stops_while_the_other_says_yes_to_a_match(dev_and_elu):
    dev, elu = dev_and_elu
    for number in range(3):
        anew(dev, elu)
        Match.objects.all().delete()
        wants(dev, elu)
        cohort = cohort_of(dev, elu, slug=f"reed{number}")
        wants(dev, elu)
        run_round(cohort)
        accept_match(by=dev, seat=seat_of(dev))

        outcomes = at_once(
            lambda: stop_contact(by=dev, other=elu),
            lambda: accept_match(by=elu, seat=seat_of(elu)),
        )

        landed(outcomes, dev, elu)


def test_a_hold_lets_others_name_the_member(dev_and_elu):
    """Foreign keys are not kept waiting: a row that names Dev is written while he is held."""
    dev, elu = dev_and_elu
    named = threading.Event()

    def name():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            set_openness(is_open=True, by=dev)
            named.set()
        finally:
            connections.close_all()

    with transaction.atomic():
        hold(dev, elu)
        thread = threading.Thread(target=name)
        thread.start()
        thread.join()

    assert named.is_set()


def test_a_deadlock_is_tried_again_until_it_lands(dev_and_elu):
    """Dev is held by one and Elu by the other, and each wants the other as well: one of the two is ended, and comes again."""
    dev, elu = dev_and_elu
    meet, tries = threading.Barrier(2), {dev.pk: 0, elu.pk: 0}

    def cross(first, second):
        def act():
            tries[first.pk] += 1
            hold(first)
            if tries[first.pk] == 1:
                meet.wait()
            hold(second)
            return first.pk

        return lambda: until_it_lands(act)

    assert at_once(cross(dev, elu), cross(elu, dev)) == [dev.pk, elu.pk]
    assert sorted(tries.values()) == [1, 2]
    assert TRIES > 2

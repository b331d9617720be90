"""Two workers, or two people, at the same moment, on the database that lets them run side by side: everything happens once."""

import threading

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from accountability.buddies.models import Pair, Place
from accountability.checkins.actions import hand_in
from accountability.checkins.actions.settling import settle_due, settle_when_due
from accountability.checkins.models import CheckIn, Part, PartDraft
from accountability.letter.actions import AlreadyConfirmed, confirm_signature
from accountability.letter.models import Signature
from accountability.matching.actions import accept_match, start_round
from accountability.matching.models import Match, MatchSeat, Round
from core.tasks import work_off
from notices.models import Notice
from tests.accountability.checkins.story import DEVS, FIRST, MONDAY, coming, pair_up
from tests.accountability.letter.desk import begun, colleague_of
from tests.accountability.matching.hands import cohort_of, wants

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Every act in a thread of its own, begun together; what each gave or raised, in their order."""
    outcomes, start = [None] * len(acts), threading.Barrier(len(acts))

    def run(number, act):
        try:
            start.wait(timeout=20)
            outcomes[number] = act()
        except Exception as problem:
            outcomes[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def kinds(outcomes):
    return sorted(type(row).__name__ for row in outcomes)


@pytest.fixture
def waiting(cast):
    """The check-in of Dev and Elu, for which Dev has handed in, a moment after its date."""
    with time_machine.travel(MONDAY, tick=False):
        check_in = coming(pair_up(cast, "dev", "elu"))
        hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    with time_machine.travel(FIRST, tick=True):
        yield check_in


def settled_once(check_in, others):
    """That it was settled, that what Dev wrote stands there once, that the next one is planned once, and Elu told once."""
    rows = CheckIn.objects.filter(pair=check_in.pair_id)
    return (
        [row.settled_at is not None for row in rows.order_by("number")],
        Part.objects.filter(check_in=check_in).count(),
        PartDraft.objects.filter(check_in=check_in).count(),
        Notice.objects.filter(kind="checkins.open").count(),
    ) == ([True, False], 1, 0, others)


def test_two_workers_settle_the_same_check_in(waiting):
    now = timezone.now()

    outcomes = at_once(*[lambda: settle_due(now)] * 2)

    assert set(kinds(outcomes)) == {"int"}
    assert settled_once(waiting, 1)


def test_the_worker_and_a_page_settle_the_same_check_in(waiting):
    now = timezone.now()

    outcomes = at_once(lambda: settle_due(now), lambda: settle_when_due(waiting, now))

    assert kinds(outcomes) == ["CheckIn", "int"]
    assert settled_once(waiting, 1)


def test_the_last_one_hands_in_while_the_worker_settles(cast, waiting):
    """Whichever comes first, both texts stand there, and nobody is told of their own."""
    now = timezone.now()

    outcomes = at_once(
        lambda: settle_due(now),
        lambda: hand_in(check_in=waiting, by=cast["elu"], words=DEVS, seen=0),
    )

    assert kinds(outcomes) == ["Outcome", "int"]
    assert Part.objects.filter(check_in=waiting).count() == 2
    assert CheckIn.objects.filter(pair=waiting.pair_id).count() == 2


@pytest.fixture
def reed(cast):
    """Dev and Elu, who both want to be matched."""
    cohort = cohort_of(cast["dev"], cast["elu"])
    wants(cast["dev"], cast["elu"])
    return cohort


def test_two_workers_run_the_same_round(cast, reed):
    start_round(by=cast["ana"], cohort=reed)

    outcomes = at_once(*[work_off] * 2)

    assert sorted(outcomes) == [0, 1]
    assert (Match.objects.count(), MatchSeat.objects.count()) == (1, 2)
    assert Notice.objects.filter(kind="matching.round").count() == 2


def test_of_two_who_start_a_round_at_once_one_does(cast, reed):
    at_once(*(lambda by=by: start_round(by=cast[by], cohort=reed) for by in ("ana", "lena")))

    assert Round.objects.filter(cohort=reed).count() == 1


def test_both_of_a_match_accept_at_once(cast, reed):
    """Each says yes once, and they are one pair."""
    start_round(by=cast["ana"], cohort=reed)
    work_off()
    seats = {seat.member_id: seat for seat in MatchSeat.objects.all()}

    outcomes = at_once(
        *(lambda by=by: accept_match(by=by, seat=seats[by.pk]) for by in (cast["dev"], cast["elu"]))
    )

    assert [row for row in outcomes if isinstance(row, Exception)] == []
    there = Place.objects.open().filter(member__in=[cast["dev"], cast["elu"]])
    assert (there.count(), there.values("pair").distinct().count()) == (2, 1)
    assert sorted(MatchSeat.objects.values_list("state", flat=True)) == ["paired", "paired"]


def test_one_accepts_twice_while_the_other_does(cast, reed):
    start_round(by=cast["ana"], cohort=reed)
    work_off()
    before = Pair.objects.count()
    seats = {seat.member_id: seat for seat in MatchSeat.objects.all()}

    at_once(
        *(
            lambda by=by: accept_match(by=by, seat=seats[by.pk])
            for by in (cast["dev"], cast["dev"], cast["elu"])
        )
    )

    assert Pair.objects.count() == before + 1


def test_of_three_colleagues_who_confirm_at_once_one_does(cast):
    row = begun(cast["dev"])
    first = colleague_of(cast["dev"])
    second = colleague_of(cast["dev"], but=[first])

    outcomes = at_once(
        *(
            lambda by=by: confirm_signature(signature=row, seen_revision=1, by=by)
            for by in (first, second, first)
        )
    )

    refused = [one for one in outcomes if isinstance(one, AlreadyConfirmed)]
    assert (len(refused), len(outcomes)) == (2, 3)
    assert Signature.objects.get(pk=row.pk).confirmed_by in (first, second)
    assert Notice.objects.filter(kind="letter.confirmed").count() == 1

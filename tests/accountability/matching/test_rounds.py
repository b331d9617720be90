"""A round from its start to its end: twice started, killed half way, people who leave in the middle."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accountability.buddies.actions import form_pair
from accountability.buddies.choices import CameAbout
from accountability.matching.actions import (
    AlreadyRunning,
    NobodyWaits,
    add_limit,
    ask_for_preview,
    rounds,
    start_round,
    want_round,
)
from accountability.matching.actions.matches import prune_matches
from accountability.matching.actions.rounds import run
from accountability.matching.models import Match, Round, Unmatched
from accountability.matching.planning import plan
from cohorts.actions import CohortIsOver
from cohorts.models import Cohort
from core import doors
from core.clock import today_here
from core.tasks import queue, work_off
from notices.models import Notice
from tests.accountability.matching.hands import (
    cohort_of,
    matched,
    run_round,
    seat_of,
    told_kindly,
    wants,
)
from tests.core.tasks.hands import five_workers_die, leases_run_out, until_given_up

pytestmark = pytest.mark.django_db
FOUR = ("dev", "elu", "chioma", "marisol")


@pytest.fixture
def reed(cast):
    """Dev, Elu, Chioma and Marisol, who all want a buddy; Dev fits Elu, and Chioma fits Marisol."""
    cohort = cohort_of(*(cast[name] for name in FOUR))
    wants(cast["dev"], cast["elu"], languages=("en",))
    wants(cast["chioma"], cast["marisol"], languages=("es",))
    return cohort


def told(member):
    return [notice.kind for notice in Notice.objects.filter(member=member, kind="matching.round")]


def test_everybody_is_told_once_and_sees_what_fits(cast, reed):
    run_round(reed)

    assert matched(reed) == [["chioma", "marisol"], ["dev", "elu"]]
    assert [told(cast[name]) for name in FOUR] == [["matching.round"]] * 4
    assert str(cast["dev"].pk) in seat_of(cast["elu"]).reasons


def test_the_backbone_alone_starts_a_round(cast, reed):
    for name in sorted(set(cast) - {"ana", "lena"}):
        with pytest.raises(PermissionDenied):
            start_round(cohort=reed, by=cast[name])

    assert start_round(cohort=reed, by=cast["lena"]).number == 1


def test_a_round_that_is_started_twice_is_one(cast, reed):
    start_round(cohort=reed, by=cast["ana"])
    with pytest.raises(AlreadyRunning):
        start_round(cohort=reed, by=cast["lena"])

    assert Round.objects.count() == 1
    assert work_off() == 1
    assert work_off() == 0
    assert Match.objects.count() == 2


def test_the_database_itself_holds_no_two_running_rounds_of_a_cohort(reed):
    Round.objects.create(cohort=reed, number=1, seed=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(cohort=reed, number=2, seed=1)
    Round.objects.create(cohort=reed, number=2, seed=1, state="done")


def test_where_nobody_waits_none_starts(cast):
    cohort = cohort_of(cast["dev"])
    wants(cast["dev"])

    with pytest.raises(NobodyWaits):
        start_round(cohort=cohort, by=cast["ana"])


def test_in_a_cohort_that_is_over_nobody_is_looked_for(as_, cast, reed):
    """Its row is asked as it stands now, whatever the one who starts has read."""
    yesterday = today_here() - timedelta(days=1)
    Cohort.objects.filter(pk=reed.pk).update(starts_on=yesterday, ends_on=yesterday)
    ana = as_("ana")

    for start in (start_round, ask_for_preview):
        with pytest.raises(CohortIsOver):
            start(cohort=reed, by=cast["ana"])
    answers = [ana.post(f"/backbone/pairing/reed/{verb}/", follow=True) for verb in ("start", "preview")]  # fmt: skip

    assert all("so no round is started in it" in answer.text for answer in answers)
    assert "Start the round" not in answers[0].text
    assert "/backbone/pairing/reed/" not in ana.get("/backbone/pairing/").text
    assert Round.objects.count() == 0


def test_who_was_matched_is_in_no_second_round_meanwhile(cast, reed):
    run_round(reed)

    with pytest.raises(NobodyWaits):
        start_round(cohort=reed, by=None)


def test_a_worker_that_was_killed_half_way_leaves_nothing_and_another_one_finishes(cast, reed):
    """H7: what it had found is in no table; when its lease has run out another worker begins again."""
    round_ = start_round(cohort=reed, by=None)
    queue.claim()
    plan(cohort=reed, number=1, seed=round_.seed)  # here it is killed
    assert (Match.objects.count(), told(cast["dev"])) == (0, [])

    assert work_off() == 0
    leases_run_out()
    assert work_off() == 1

    assert matched(reed) == [["chioma", "marisol"], ["dev", "elu"]]
    assert told(cast["dev"]) == ["matching.round"]


def test_a_worker_that_was_only_slow_writes_nothing_a_second_time(cast, reed):
    slow = start_round(cohort=reed, by=None)
    work_off()

    assert run(slow) is None

    assert Match.objects.count() == 2
    assert told(cast["dev"]) == ["matching.round"]


def test_after_five_dead_workers_it_is_given_up_and_can_be_started_again(reed):
    start_round(cohort=reed, by=None)

    five_workers_die()

    assert Round.objects.get().state == "failed"
    assert start_round(cohort=reed, by=None).number == 2


def test_what_cannot_be_made_is_said_and_stops_no_worker(cast, reed, caplog):
    start_round(cohort=reed, by=None)
    Round.objects.update(seed=1, number=0)
    Match.objects.all().delete()
    cohort = cohort_of(*(cast[name] for name in ("ben", "hana")), slug="other")
    wants(cast["ben"], cast["hana"])
    type(cast["dev"]).objects.filter(pk=cast["dev"].pk).update(time_zone="Nowhere/Land")
    wants(cast["dev"], times=("1e",))
    start_round(cohort=cohort, by=None)

    until_given_up()

    assert sorted(Round.objects.values_list("cohort__slug", "state")) == [("other", "done"), ("reed", "failed")]  # fmt: skip
    assert "Nowhere" not in caplog.text


def in_the_middle(round_, happens):
    """Run the round; between what it found and what it writes, something happens."""
    found = plan(cohort=round_.cohort, number=round_.number, seed=round_.seed)
    happens()
    groups, left = rounds._as_things_stand(round_, found)
    rounds._write(round_, found, groups, left)


@pytest.mark.parametrize(
    "happens",
    [
        lambda cast: want_round(by=cast["dev"], wanted=False),
        lambda cast: cast["dev"].memberships.filter(cohort__slug="reed").delete(),
        lambda cast: type(cast["dev"]).objects.filter(pk=cast["dev"].pk).update(is_active=False),
        lambda cast: form_pair(members=[cast["dev"], cast["mo"]], came_about=CameAbout.ASKED),
    ],
    ids=["wants no more", "left the cohort", "left the site", "found a buddy"],
)
def test_who_leaves_in_the_middle_is_in_nothing_and_their_partner_is_told_kindly(cast, reed, happens):  # fmt: skip
    round_ = start_round(cohort=reed, by=None)

    in_the_middle(round_, lambda: happens(cast))

    assert (matched(reed), told_kindly(reed)) == ([["chioma", "marisol"]], ["elu"])


def test_a_limit_that_is_set_in_the_middle_holds(cast, reed):
    round_ = start_round(cohort=reed, by=None)

    in_the_middle(round_, lambda: add_limit(by=cast["dev"], other=cast["elu"]))

    assert (matched(reed), told_kindly(reed)) == ([["chioma", "marisol"]], ["dev", "elu"])


def test_a_round_whose_task_is_lost_is_found_within_the_hour(reed):
    """As after a restore, or when the command that ran it was killed."""
    start_round(cohort=reed, by=None, here=True)
    assert work_off() == 0

    doors.ask("hourly", now=timezone.now())

    assert work_off() == 1
    assert Round.objects.get().state == "done"


def test_the_same_people_lead_to_the_same_round(cast, reed):
    first, again = (plan(cohort=reed, number=1, seed=9) for _ in range(2))

    assert first.groups == again.groups


def test_for_whom_nobody_was_found_sees_it_for_thirty_days(cast, as_):
    cohort = cohort_of(cast["dev"], cast["elu"])
    wants(cast["dev"], languages=("en",))
    wants(cast["elu"], languages=("ar",))
    run_round(cohort)

    assert Unmatched.objects.count() == 2
    assert b"Nobody could be found for you" in as_("dev").get("/account/notices/").content
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert prune_matches() == 2

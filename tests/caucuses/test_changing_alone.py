"""Nobody changes the agreement for everybody: not who accepts first, not who removes, and never to a cohort that is over."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from caucuses.actions import (
    NotYourCohort,
    accept_agreement,
    leave_caucus,
    remove_seat,
    take_stance,
    withdraw_proposal,
)
from caucuses.actions.proposing import decide_due
from caucuses.choices import Keeping, StanceKind
from caucuses.models import Proposal, Stance
from caucuses.permissions import cohorts_that_go_on
from cohorts.models import Cohort
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind
from tests.caucuses.changing import change, fresh, propose
from tests.caucuses.story import TEXT, a_room

pytestmark = pytest.mark.django_db

OTHER = TEXT + " We sing."


def say(seat, proposal, kind, words="No."):
    take_stance(seat=fresh(seat), proposal=proposal, kind=kind, words=words)


def now_of(proposal):
    return Proposal.objects.get(pk=proposal.pk)


def test_who_accepts_first_waits_for_everybody(cast):
    dev, elu, jo = a_room(cast["dev"], cast["elu"], cast["jo"])
    change(dev, elu, jo, text=OTHER)

    proposal = propose(dev, "Nothing is private.", is_listed=True)
    assert now_of(proposal).state == "open"
    for seat in (elu, jo):
        accept_agreement(seat=fresh(seat), number=2)
        say(seat, proposal, StanceKind.AGREE)

    assert now_of(proposal).state == "adopted"


def test_who_has_not_accepted_anew_is_told_that_a_change_is_open(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    change(dev, elu, text=OTHER)
    propose(dev, "Nothing is private.", why="So that all can read.")

    page = as_("elu").get(f"/caucuses/{dev.caucus_id}/agreement/").content.decode()

    assert "Another change has been proposed" in page
    assert "Nothing is private." not in page
    assert "So that all can read." not in page


@pytest.mark.parametrize("days", [-1, 0])
def test_a_cohort_that_is_over_cannot_be_named(as_, cast, days):
    dev, _elu = a_room(cast["dev"], cast["elu"])
    spring = Cohort.objects.get(slug="spring")
    today = timezone.localdate()
    Cohort.objects.filter(pk=spring.pk).update(
        starts_on=today - timedelta(days=40), ends_on=today + timedelta(days=days)
    )

    page = as_("dev").get(f"/caucuses/{dev.caucus_id}/agreement/propose/").content.decode()

    assert f'value="{spring.pk}"' not in page
    assert f'value="{spring.pk}"' not in as_("dev").get("/caucuses/open/").content.decode()
    with pytest.raises(NotYourCohort):
        propose(dev, keeping=Keeping.COHORT, cohort=spring.pk)


def test_until_midnight_of_the_initiative_a_cohort_goes_on_for_who_reads_in_another_zone(
    cast, settings
):
    settings.TIME_ZONE = "America/Chicago"
    Cohort.objects.filter(slug="spring").update(ends_on=date(2027, 4, 1))
    evening = datetime(2027, 3, 31, 23, 59, tzinfo=ZoneInfo("America/Chicago"))

    with timezone.override("Asia/Tokyo"):  # where it is the next day
        found = [
            cohorts_that_go_on(moment).filter(slug="spring").exists()
            for moment in (evening, evening + timedelta(minutes=2))
        ]

    assert found == [True, False]


def test_a_cohort_that_ends_while_it_is_considered_is_not_adopted(cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    spring = Cohort.objects.get(slug="spring")
    proposal = propose(dev, keeping=Keeping.COHORT, cohort=spring.pk)
    today = timezone.localdate()
    Cohort.objects.filter(pk=spring.pk).update(starts_on=today - timedelta(days=40), ends_on=today)

    say(elu, proposal, StanceKind.AGREE)

    assert now_of(proposal).state == "dropped"
    assert fresh(dev).caucus.agreement == 1


def test_who_removes_the_one_who_objects_ends_the_proposal(cast):
    dev, elu, jo = a_room(cast["dev"], cast["elu"], cast["jo"])
    proposal = propose(dev, OTHER)
    say(jo, proposal, StanceKind.AGREE)
    say(elu, proposal, StanceKind.OBJECT)

    remove_seat(seat=fresh(dev), other=elu, reason="So.")

    assert now_of(proposal).state == "dropped"
    assert fresh(dev).caucus.agreement == 1


def test_who_removes_a_silent_one_still_waits_for_the_day(cast):
    dev, elu, jo = a_room(cast["dev"], cast["elu"], cast["jo"])
    proposal = propose(dev, OTHER)
    say(jo, proposal, StanceKind.AGREE)

    remove_seat(seat=fresh(dev), other=elu, reason="So.")
    assert now_of(proposal).state == "open"
    say(dev, proposal, StanceKind.AGREE)
    assert now_of(proposal).state == "open"
    decide_due(proposal.decides_at)

    assert now_of(proposal).state == "adopted"


def test_who_leaves_with_their_words_takes_what_they_proposed_along(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    dropped = propose(elu, "We shout.", why="My mother did in Ohio.")
    withdraw_proposal(seat=fresh(elu), proposal=dropped)
    adopted = propose(elu, OTHER, why="My father sang.")
    say(dev, adopted, StanceKind.AGREE)
    for seat in (dev, elu):
        accept_agreement(seat=fresh(seat), number=2)
    still = propose(elu, "We whisper.", why="My sister sleeps.")
    say(dev, still, StanceKind.OBJECT, "I cannot hear you.")
    said = as_("elu").get(f"/caucuses/{dev.caucus_id}/leave/").content.decode()

    leave_caucus(seat=fresh(elu), with_posts=True)

    rows = {row.pk: row for row in Proposal.objects.all()}
    assert [row.state for row in rows.values()].count("open") == 0
    assert [str(row.why) for row in rows.values()] == ["", "", ""]
    assert (rows[dropped.pk].text, rows[still.pk].text) == ("", "")
    assert (rows[adopted.pk].text, rows[still.pk].state) == (OTHER, "dropped")
    assert "What was adopted stays" in said
    assert Stance.objects.filter(proposal=still).count() == 1
    for row in rows:
        page = as_("dev").get(f"/caucuses/{dev.caucus_id}/agreement/proposals/{row}/")
        assert page.status_code == 200
        assert "went with the member who proposed it" in page.content.decode()
        assert "This cannot be opened." not in page.content.decode()


def test_a_room_without_its_key_keeps_no_other_from_deciding(cast):
    (dev,), (hana, _jo) = a_room(cast["dev"]), a_room(cast["hana"], cast["jo"])
    elu = a_room(cast["elu"], cast["ben"])[0]
    proposals = [propose(elu, OTHER), propose(hana, OTHER)]
    owners.destroy(Owner(OwnerKind.CAUCUS, elu.caucus_id))

    decide_due(timezone.now() + timedelta(days=4))

    assert [now_of(row).state for row in proposals] == ["dropped", "adopted"]
    assert dev.caucus_id != hana.caucus_id


def test_terms_that_are_no_terms_keep_no_other_from_deciding(cast):
    dev, _elu = a_room(cast["dev"], cast["elu"])
    hana, _jo = a_room(cast["hana"], cast["jo"])
    broken, whole = propose(dev, OTHER), propose(hana, OTHER)
    broken.terms = "[]"
    broken.save()

    decide_due(timezone.now() + timedelta(days=4))

    assert (now_of(broken).state, now_of(whole).state) == ("dropped", "adopted")

"""Progress by name: seen by those who facilitate, from the weekly count on, and never a way to those without a name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from backbone.insights.actions import show_by_name, stop_showing
from backbone.insights.holdings import _erase
from backbone.insights.models import NamedProgress
from backbone.models import Snapshot
from cohorts.actions import end_facilitator, leave_cohort, make_facilitator
from cohorts.models import Cohort, Membership
from core.clock import today_here
from core.suppression import Number, Why
from curriculum.models import Opening
from tests.backbone.counted import count_again, finish, grow, people, spring
from tests.backbone.named import PAGE, named, names_that_mo_reads, others, place, wish
from tests.backbone.test_insights import first_number

__all__ = ["spring"]  # a fixture

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

HIDDEN = str(Why.NAMES_TELL.sentence)


def test_nobody_is_shown_by_name_who_has_not_switched_it_on(as_, spring):
    count_again()

    assert "It is off" in as_("dev").get(PAGE).text
    assert names_that_mo_reads(as_) == []
    assert "There is no name to show." in as_("mo").get(PAGE).text


def test_one_press_shows_it_from_the_next_count_on(as_, cast, spring):
    finish(spring.first, [cast["dev"], *others(7, cast["dev"])])
    dev = as_("dev")

    told = dev.post(PAGE + "show/", follow=True).text
    before = as_("mo").get(PAGE).text
    count_again()

    assert "Until then nobody sees anything" in told
    assert "It is on" in told
    assert "Dev Banerjee" not in before.split("<main")[1]
    assert names_that_mo_reads(as_) == ["Dev Banerjee"]
    assert "That you finished it." in dev.get(PAGE).text


def test_the_page_says_before_the_press_who_sees_what_and_what_cannot_be_undone(as_, spring):
    page = as_("dev").get(PAGE).text

    assert "Mo Haddad" in page
    assert (
        "Not the other members, and nobody of the backbone team who does not facilitate it." in page
    )
    assert "from the next weekly count" in page
    assert "It cannot undo what somebody has read." in page


def test_who_is_named_is_not_among_the_people_of_the_number(as_, spring):
    """8 of 20 have finished it; two of the eight are named, so six of eighteen are behind the number."""
    wish(*people()[:2])
    count_again()

    assert first_number(spring) == Number(6, 18, today_here())
    assert len(names_that_mo_reads(as_)) == 2


def test_names_stand_from_a_to_z_and_who_has_not_finished_does_not_stand_there(as_, spring):
    done, not_done = people()[:3], people()[15:17]
    for name, member in zip(("zoe Adams", "Ada Zuse", "Milo Ray"), done, strict=True):
        User.objects.filter(pk=member.pk).update(chosen_name=name)
    wish(*done, *not_done)
    count_again()

    page = as_("mo").get(PAGE)

    assert named(page) == ["Ada Zuse", "Milo Ray", "zoe Adams"]
    assert not any(member.get_full_name() in page.text for member in not_done)


def test_who_was_counted_before_is_never_named_and_reads_why(as_, cast, spring):
    finish(spring.first, [cast["dev"], *others(7, cast["dev"])])
    count_again()
    before = as_("dev").get(PAGE).text
    wish(cast["dev"])
    count_again(weeks=1)

    assert "you are already one of those behind the number" in before
    assert spring.first.title in before.split("What it cannot show")[1]
    assert names_that_mo_reads(as_) == []
    assert "Never anything: you are one of those behind its number" in as_("dev").get(PAGE).text


def test_before_the_day_of_a_module_it_is_not_too_late(as_, cast, spring):
    Opening.objects.filter(cohort=spring).delete()
    next_week = today_here() + timedelta(days=6)
    Opening.objects.create(cohort=spring, module_id=spring.first.origin_id, opens_on=next_week)
    finish(spring.first, [cast["dev"]])
    count_again()
    wish(cast["dev"])

    count_again(weeks=1)

    assert names_that_mo_reads(as_) == ["Dev Banerjee"]


def test_a_name_that_is_taken_back_is_gone_at_once_and_comes_with_the_next_count(as_, spring):
    one, other = people()[:2]
    wish(one, other)
    count_again()

    stop_showing(membership=place(one), by=one)
    gone = names_that_mo_reads(as_)
    wish(one)
    still_gone = names_that_mo_reads(as_)
    kept = str(Snapshot.objects.get(cohort=spring).named)
    count_again(weeks=1)

    assert gone == still_gone == [other.get_full_name()]
    assert str(one.pk) not in kept
    assert names_that_mo_reads(as_) == sorted([one.get_full_name(), other.get_full_name()])


def test_who_takes_their_name_back_is_never_counted_in_that_module(spring):
    """Everybody remembers what they had finished."""
    one = people()[0]
    wish(one)
    count_again()
    stop_showing(membership=place(one), by=one)

    count_again(weeks=1)

    assert first_number(spring) == Number(7, 19, today_here())


def test_while_one_to_five_are_left_no_name_is_shown_and_nothing_says_how_many(as_, spring):
    """Sixteen of twenty, and then seventeen."""
    wish(*people()[:16])
    count_again()
    sixteen = as_("mo").get(PAGE).text.split("<main")[1].split("</main>")[0]

    Snapshot.objects.all().delete()
    wish(people()[16])
    count_again()
    seventeen = as_("mo").get(PAGE).text.split("<main")[1].split("</main>")[0]

    assert HIDDEN in sixteen
    assert sixteen == seventeen
    assert names_that_mo_reads(as_) == []


@pytest.mark.parametrize("what", ["leaves", "is suspended", "takes it back", "comes"])
def test_when_one_to_five_would_be_left_without_a_name_all_names_go(as_, spring, what):
    """Of twenty six are without; or none is, and one more takes it back or comes."""
    all_of_them = what in {"takes it back", "comes"}
    wish(*people()[: 20 if all_of_them else 14])
    count_again()
    before = names_that_mo_reads(as_)
    last = people()[-1]

    if what == "leaves":
        leave_cohort(cohort=spring, member=last, by=last)
    elif what == "is suspended":
        User.objects.filter(pk=last.pk).update(is_active=False)
    elif what == "takes it back":
        stop_showing(membership=place(last), by=last)
    else:
        grow("spring", 21)

    assert len(before) == 8
    assert names_that_mo_reads(as_) == []
    assert HIDDEN in as_("mo").get(PAGE).text


@pytest.mark.parametrize("what", ["leaves", "is suspended", "is erased", "facilitates"])
def test_who_goes_takes_their_name_along_and_no_other(as_, cast, spring, what):
    one, other = people()[:2]
    wish(one, other)
    count_again()

    if what == "leaves":
        leave_cohort(cohort=spring, member=one, by=one)
    elif what == "is suspended":
        User.objects.filter(pk=one.pk).update(is_active=False)
    elif what == "is erased":
        for step in _erase(one):
            step()
            step()
        assert str(one.pk) not in str(Snapshot.objects.get(cohort=spring).named)
    else:
        make_facilitator(membership=place(one), by=cast["ana"])

    assert names_that_mo_reads(as_) == [other.get_full_name()]


def test_who_comes_back_decides_anew(as_, cast, spring):
    """Also who facilitated meanwhile."""
    one, other = people()[:2]
    wish(one, other)
    leave_cohort(cohort=spring, member=one, by=one)
    Membership.objects.create(cohort=spring, member=one)
    make_facilitator(membership=place(other), by=cast["ana"])
    end_facilitator(membership=place(other), by=cast["ana"])
    at_once = names_that_mo_reads(as_)

    count_again()

    assert not NamedProgress.objects.filter(membership__cohort=spring).exists()
    assert at_once == names_that_mo_reads(as_) == []


def test_a_name_of_an_earlier_place_does_not_stand_there_before_the_next_count(as_, spring):
    one = people()[0]
    wish(one)
    finish(spring.first, [one])
    count_again()
    leave_cohort(cohort=spring, member=one, by=one)
    Membership.objects.create(cohort=spring, member=one)

    wish(one)

    assert names_that_mo_reads(as_) == []


def test_who_facilitates_now_reads_the_names_and_who_did_before_does_not(as_, cast, spring):
    (one,) = others(1, cast["hana"])
    finish(spring.first, [one])
    wish(one)
    count_again()

    make_facilitator(membership=place(cast["hana"]), by=cast["ana"])
    end_facilitator(membership=place(cast["mo"]), by=cast["ana"])

    assert one.get_full_name() in named(as_("hana").get(PAGE))
    assert one.get_full_name() not in as_("mo").get(PAGE).text.split("<main")[1]


def test_who_facilitates_two_cohorts_reads_each_apart(as_, cast, spring):
    here, there = people()[0], people("autumn")[0]
    autumn = Cohort.objects.get(slug="autumn")
    Membership.objects.create(cohort=autumn, member=cast["mo"], is_facilitator=True)
    finish(spring.first, [here, there])
    wish(here)
    show_by_name(membership=place(there, "autumn"), by=there)
    count_again()

    assert names_that_mo_reads(as_) == [here.get_full_name()]
    assert named(as_("mo").get("/cohorts/autumn/progress/")) == [there.get_full_name()]


@pytest.mark.parametrize("how_many", [1, 3])
def test_both_pages_take_the_same_queries_however_many_are_named(as_, cast, spring, how_many):
    finish(spring.first, [cast["dev"], *others(7, cast["dev"])])
    wish(cast["dev"], *others(how_many - 1, cast["dev"]))
    count_again()
    mo, dev = as_("mo"), as_("dev")
    mo.get(PAGE), dev.get(PAGE)

    with CaptureQueriesContext(connection) as of_mo:
        names = named(mo.get(PAGE))
    with CaptureQueriesContext(connection) as of_dev:
        dev.get(PAGE)

    assert len(names) == how_many
    assert (len(of_mo), len(of_dev)) == (7, 10)

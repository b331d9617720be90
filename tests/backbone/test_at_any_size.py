"""Pages of the desk and of cohorts, and the weekly count, with one, three and thirty of what they show: the same work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from backbone.actions import take_snapshots
from backbone.models import Snapshot
from cohorts.models import Cohort, Membership
from core.clock import today_here

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SIZES = (1, 3, 30)


@pytest.fixture
def larch(cast):
    """A cohort with nobody in it, which began yesterday and is the only one that goes on. Nothing was ever counted."""
    Snapshot.objects.all().delete()
    Cohort.objects.update(starts_on=today_here() + timedelta(days=1), ends_on=None)
    return make_cohort("larch")


def make_cohort(slug):
    yesterday = today_here() - timedelta(days=1)
    return Cohort.objects.create(slug=slug, name=slug.capitalize(), starts_on=yesterday)


def grow(cohort, many, **place):
    """Bring it to so many people who are called Zoe."""
    there = cohort.memberships.filter(member__chosen_name__startswith="Zoe").count()
    zoes = User.objects.bulk_create(
        User(email=f"p{number}@{cohort.slug}.example", chosen_name=f"Zoe {number:02}")
        for number in range(there, many)
    )
    Membership.objects.bulk_create(Membership(cohort=cohort, member=zoe, **place) for zoe in zoes)


@pytest.mark.parametrize(
    ("name", "address", "place", "queries"),
    [
        ("ana", "/backbone/cohorts/larch/", {"is_facilitator": True}, 8),
        ("ana", "/backbone/cohorts/larch/people/", {}, 8),
        ("ana", "/backbone/people/?cohort=larch", {}, 12),
        ("ana", "/cohorts/larch/", {}, 13),
        ("dev", "/cohorts/larch/", {}, 14),
        ("mo", "/cohorts/larch/", {}, 13),
    ],
)
def test_a_page_takes_the_same_queries_for_one_three_and_thirty_people(
    cast, as_, larch, name, address, place, queries, django_assert_num_queries
):
    Membership.objects.create(cohort=larch, member=cast["dev"])
    Membership.objects.create(cohort=larch, member=cast["mo"], is_facilitator=True)
    reader = as_(name)
    reader.get(address)

    for many in SIZES:
        grow(larch, many, **place)
        with django_assert_num_queries(queries):
            page = reader.get(address).text
        assert page.count(">Zoe ") == many


def test_counting_takes_as_many_queries_however_many_people_there_are(larch, django_assert_num_queries):  # fmt: skip
    for week, many in enumerate(SIZES):
        grow(larch, many)
        take_snapshots(now=timezone.now() + timedelta(weeks=2 * week))

        with django_assert_num_queries(28):
            assert take_snapshots(now=timezone.now() + timedelta(weeks=2 * week + 1)) == 1


def test_counting_takes_as_many_queries_for_each_cohort(larch, django_assert_num_queries):
    grow(larch, 3)
    for week, many in enumerate(SIZES):
        for number in range(Cohort.objects.running().count(), many):
            grow(make_cohort(f"larch-{number}"), 3)
        take_snapshots(now=timezone.now() + timedelta(weeks=2 * week))

        with django_assert_num_queries(1 + 27 * many):
            assert take_snapshots(now=timezone.now() + timedelta(weeks=2 * week + 1)) == many

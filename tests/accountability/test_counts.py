"""What insights get of accountability: numbers, and nothing that names anybody."""

import pytest

from accountability.buddies.actions import form_pair, leave_pair
from accountability.buddies.choices import CameAbout
from accountability.buddies.permissions import pairs_writable_by
from accountability.counts import pairs_open
from cohorts.models import Cohort

pytestmark = pytest.mark.django_db


def counted():
    return {cohort.slug: pairs_open(cohort) for cohort in Cohort.objects.all()}


def test_the_demonstration_has_pairs_in_two_cohorts(cast):
    assert counted() == {"pilot": 0, "spring": 3, "autumn": 8}
    assert not pairs_writable_by(cast["dev"]).exists()  # he looks for one


def test_a_trio_is_one_and_what_ended_is_none(cast):
    spring = Cohort.objects.get(slug="spring")
    form_pair(members=[cast[name] for name in ("dev", "elu", "jo")], came_about=CameAbout.MATCHED, cohort=spring)  # fmt: skip
    with_a_trio = pairs_open(spring)

    leave_pair(pair=pairs_writable_by(cast["hana"]).get(), by=cast["ines"])

    assert (with_a_trio, pairs_open(spring)) == (4, 3)

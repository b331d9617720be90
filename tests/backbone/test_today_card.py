"""The backbone's card on Today: short with 200 cohorts, those first that need somebody."""

import re
from datetime import date

import pytest

from cohorts.models import Cohort, Membership
from core import doors
from tests.backbone.desk import day

pytestmark = pytest.mark.django_db

CARD = 'id="cohorts-title"'


def card(rf, member):
    """What stands on Today for this member."""
    request = rf.get("/today/")
    request.user = member
    return "".join(doors.ask("today_card", request=request))


def slugs(text):
    return re.findall(r'href="/cohorts/([^/"]+)/"', text[text.index(CARD) :])


def test_the_backbone_finds_those_that_go_on_and_the_way_to_all(rf, cast):
    text = card(rf, cast["ana"])

    assert slugs(text) == ["autumn", "spring"]
    assert 'href="/backbone/cohorts/"' in text
    for name in ("dev", "mo", "rui", "gus"):
        assert CARD not in card(rf, cast[name])


def test_those_that_need_somebody_stand_first_and_say_why(rf, cast):
    Cohort.objects.filter(slug="spring").update(ends_on=day(10))
    Cohort.objects.filter(slug="autumn").update(starts_on=day(5))
    place = Membership.objects.filter(cohort__slug="autumn").first()
    Membership.objects.filter(pk=place.pk).update(is_facilitator=True)
    Cohort.objects.create(slug="alone", name="Alone", starts_on=date(2026, 3, 2))

    text = card(rf, cast["ana"])

    assert slugs(text) == ["alone", "autumn", "spring"]
    assert re.findall(r'<span class="meta">(nobody|begins|its last)', text) == ["nobody", "begins", "its last"]  # fmt: skip


@pytest.mark.parametrize("many", [1, 200])
def test_with_200_cohorts_it_names_six_and_asks_once(rf, cast, many, django_assert_num_queries):
    Cohort.objects.bulk_create(
        Cohort(slug=f"c-{number}", name=f"C {number}", starts_on=date(2026, 3, 2))
        for number in range(many)
    )
    request = rf.get("/today/")
    request.user = cast["ana"]
    assert request.user.role_names == {"backbone"}
    offered = next(one for one in doors.offers("today_card") if one.__name__ == "cohorts_card")

    with django_assert_num_queries(1):
        text = offered(request=request)

    assert len(slugs(text)) == min(many + 2, 6)
    assert ("The other cohorts, on the desk" in text) == (many == 200)


def test_where_none_goes_on_it_says_so(rf, cast):
    Cohort.objects.update(starts_on=date(2026, 1, 5), ends_on=date(2026, 3, 2))

    text = card(rf, cast["ana"])

    assert "No cohort runs now, and none is to begin." in text
    assert slugs(text) == []

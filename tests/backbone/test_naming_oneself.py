"""The switch of progress by name: its member's alone, told in every place that tells what others see, and gone when it is over."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from backbone.insights.actions import show_by_name, stop_showing
from backbone.insights.holdings import _export, prune_names
from backbone.insights.permissions import (
    can_be_shown,
    can_read_names,
    cohorts_named_to,
    places_shown_by,
)
from backbone.models import NamedProgress, PublishedWeek, Snapshot
from cohorts.actions import CohortIsOver
from cohorts.models import Cohort, Membership
from tests.backbone.counted import count_again, finish, people, spring
from tests.backbone.named import PAGE, names_that_mo_reads, others, place, wish

__all__ = ["spring"]  # a fixture

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_who_is_counted_in_another_cohort_is_not_named_here(as_, cast, spring):
    """Their state would else be behind a number there."""
    autumn, long_ago = Cohort.objects.get(slug="autumn"), timezone.now() - timedelta(days=400)
    Membership.objects.create(cohort=autumn, member=cast["dev"], joined_at=long_ago, left_at=long_ago + timedelta(days=9))  # fmt: skip
    finish(spring.first, [cast["dev"]])
    dev = as_("dev")

    page, answer = dev.get(PAGE).text, dev.post(PAGE + "show/")
    NamedProgress.objects.create(membership=place(cast["dev"]))  # past the rule
    count_again()

    assert "This cannot be switched on here" in page
    assert answer.status_code == 403
    assert "Nothing was changed." in answer.text
    with pytest.raises(PermissionDenied):
        show_by_name(membership=place(cast["dev"]), by=cast["dev"])
    assert names_that_mo_reads(as_) == []


def test_nobody_switches_it_for_somebody_else(cast, spring):
    for name in ("mo", "ana", "hana"):
        with pytest.raises(PermissionDenied):
            show_by_name(membership=place(cast["dev"]), by=cast[name])
        with pytest.raises(PermissionDenied):
            stop_showing(membership=place(cast["dev"]), by=cast[name])


@pytest.mark.parametrize(("days", "status"), [(30, 200), (31, 404)])
def test_after_thirty_days_nobody_reads_a_name(as_, cast, spring, days, status):
    wish(people()[0])
    count_again()
    Cohort.objects.filter(pk=spring.pk).update(ends_on=timezone.localdate() - timedelta(days=days))

    assert [as_(who).get(PAGE).status_code for who in ("dev", "mo", "ana", "fay")] == [status, status, 404, 404]  # fmt: skip


def test_in_a_cohort_that_is_over_it_is_switched_off_and_no_more_on(as_, cast, spring):
    finish(spring.first, [cast["dev"], *others(7, cast["dev"])])
    wish(cast["dev"])
    count_again()
    Cohort.objects.filter(pk=spring.pk).update(ends_on=timezone.localdate() - timedelta(days=2))
    dev, read = as_("dev"), names_that_mo_reads(as_)

    off, on = dev.post(PAGE + "stop/", follow=True), dev.post(PAGE + "show/")

    assert read == ["Dev Banerjee"]
    assert (off.status_code, on.status_code) == (200, 403)
    assert names_that_mo_reads(as_) == []
    with pytest.raises(CohortIsOver):
        wish(cast["dev"])


def test_names_and_wishes_go_thirty_days_after_the_last_day(cast, spring):
    wish(cast["dev"])
    count_again()
    spring.ends_on = timezone.localdate() - timedelta(days=30)
    spring.save()
    before = (prune_names(), bool(Snapshot.objects.get(cohort=spring).named))
    Cohort.objects.filter(pk=spring.pk).update(ends_on=timezone.localdate() - timedelta(days=31))

    gone = prune_names()

    assert (before, gone) == ((0, True), 1)
    assert Snapshot.objects.get(cohort=spring).named == {}
    assert Snapshot.objects.get(cohort=spring).published != {}


def test_what_others_can_see_names_it_with_a_press_that_changes_it(as_, cast, spring):
    dev = as_("dev")

    off = dev.get("/account/visible/").text
    assert f'action="{PAGE}show/"' in off
    assert "Once you switch it on: those who facilitate this cohort" in off
    dev.post(PAGE + "show/")
    on = dev.get("/account/visible/").text
    assert f'action="{PAGE}stop/"' in on
    dev.post(PAGE + "stop/")

    assert not NamedProgress.objects.exists()
    assert f'action="{PAGE}show/"' not in as_("mo").get("/account/visible/").text


def test_the_page_of_the_cohort_shows_each_their_own_way(as_, cast, spring):
    page = "/cohorts/spring/"
    off = as_("dev").get(page).text
    wish(cast["dev"])

    assert "Your progress by name: off" in off
    assert f'action="{PAGE}stop/"' in as_("dev").get(page).text
    assert "of those who chose to show it to you" in as_("mo").get(page).text
    assert PAGE not in as_("ana").get(page).text


def test_no_name_is_in_the_numbers_of_now_or_of_past_weeks(as_, spring):
    one = people()[0]
    wish(one)
    count_again()
    week = PublishedWeek.objects.get(cohort=spring)

    assert str(one.pk) not in str(week.published)
    assert one.get_full_name() in names_that_mo_reads(as_)
    for end in ("/", ".csv", ".json", "/weeks/", f"/weeks/{week.counted_on}/"):
        page = as_("mo").get(f"/cohorts/spring/insights{end}").text
        assert one.get_full_name() not in page


def test_ones_own_copy_says_where_it_is_on(cast, spring):
    wish(cast["dev"])
    since = NamedProgress.objects.get().since.isoformat()

    assert _export(cast["dev"]) == {"shown_by_name": [{"cohort": "Spring", "since": since}]}
    assert _export(cast["elu"]) == {"shown_by_name": []}


def test_the_two_forms_of_each_rule_agree_for_everybody(cast, spring):
    Membership.objects.create(cohort=Cohort.objects.get(slug="autumn"), member=cast["hana"])
    cohorts, places = list(Cohort.objects.all()), list(Membership.objects.all())

    for name, member in cast.items():
        asked = {cohort.pk for cohort in cohorts if can_read_names(member, cohort)}
        assert asked == set(cohorts_named_to(member).values_list("pk", flat=True)), name
        shown = {row.pk for row in places if can_be_shown(member, row)}
        assert shown == set(places_shown_by(member).values_list("pk", flat=True)), name
    assert [cohort.slug for cohort in cohorts_named_to(cast["mo"])] == ["spring"]
    assert not cohorts_named_to(cast["ana"]).exists()

"""Cohorts on the desk: one like last time, and the end of one. For the backbone alone."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.actions import (
    StaleCohort,
    change_cohort,
    clone_cohort,
    end_cohort,
    post_announcement,
)
from cohorts.models import Cohort
from core import doors
from curriculum.models import ModulePage, Opening
from notices.models import Notice
from tests.backbone.desk import DESK, day, facts_of, verbs_about

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def spring(cast):
    """The cohort of the demonstration: it has begun and has no end yet."""
    return Cohort.objects.get(slug="spring")


class TestOneLikeLastTime:
    @pytest.fixture(autouse=True)
    def planned(self, cast):
        """Spring’s plan: two modules, 14 and 63 days after the first day; and something was said."""
        spring = Cohort.objects.get(slug="spring")
        post_announcement(cohort=spring, text="A plum for spring", by=cast["mo"])

    def again(self, as_, **more):
        form = {"name": "Spring 2", "slug": "spring-2", "starts_on": "2027-02-01", "ends_on": "", "once": uuid4(), **more}  # fmt: skip
        answer = as_("ana").post(f"{DESK}again/", form)
        return answer, Cohort.objects.filter(slug="spring-2").first()

    def test_purpose_and_plan_come_along_at_the_same_distance_and_no_person_or_word(self, as_, cast, spring):  # fmt: skip
        answer, new = self.again(as_)

        assert answer["Location"] == "/backbone/cohorts/spring-2/"
        assert new.purpose == spring.purpose
        days = new.openings.values_list("module__slug", "opens_on")
        assert list(days) == [
            ("shared-language", date(2027, 2, 15)),
            ("how-redlining-worked", date(2027, 4, 5)),
        ]
        assert new.memberships.count() == 0
        assert new.announcements.count() == new.prompts.count() == 0
        assert spring.openings.count() == 2

    def test_with_its_facilitators_these_come_along_alone_and_are_told(self, as_, cast):
        _answer, new = self.again(as_, with_facilitators="on")

        rows = list(new.memberships.values_list("member__chosen_name", "is_facilitator"))
        assert rows == [("Mo Haddad", True)]
        assert "You are now in the cohort Spring 2" in as_("mo").get("/account/notices/").text
        assert set(Cohort.objects.facilitated_by(cast["mo"])) == {new, Cohort.objects.get(slug="spring")}  # fmt: skip

    def test_the_form_proposes_the_name_and_as_many_days(self, as_, cast):
        page = as_("ana").get("/backbone/cohorts/pilot/again/").text

        assert 'value="Pilot"' in page
        assert f'value="{day(137).isoformat()}"' in page  # January 12 to May 29

    def test_one_that_would_be_over_at_once_is_a_sentence(self, as_, cast):
        answer, new = self.again(as_, starts_on="2026-01-05", ends_on="2026-02-05")

        assert "That day is past. Choose a later one, or leave it open." in answer.text
        assert new is None

    def test_a_short_name_that_is_taken_is_a_sentence(self, as_, cast):
        answer, new = self.again(as_, slug="autumn")

        assert "Another cohort has this short name." in answer.text
        assert new is None

    def test_when_one_part_fails_nothing_is_made(self, cast, spring, monkeypatch):
        """H10: all or nothing."""

        def fails(**_given):
            raise RuntimeError

        monkeypatch.setitem(doors._offers, "cohort_cloned", [(1, "fails", fails)])
        with pytest.raises(RuntimeError):
            clone_cohort(
                cohort=spring,
                facts=facts_of(spring, slug="spring-2"),
                with_facilitators=True,
                by=cast["ana"],
            )

        assert Cohort.objects.filter(slug="spring-2").count() == 0

    def test_nobody_else_does(self, cast, spring):
        with pytest.raises(PermissionDenied):
            clone_cohort(
                cohort=spring,
                facts=facts_of(spring, slug="x"),
                with_facilitators=False,
                by=cast["mo"],
            )


class TestItsEnd:
    def test_it_asks_first_and_says_what_stays_and_what_goes(self, as_, cast, spring):
        page = as_("ana").get(f"{DESK}end/").text

        assert "Their journals, their buddies" in page
        assert "can be read for 30 days after the last day" in page
        assert "If a caucus has agreed that its words go" in page
        spring.refresh_from_db()
        assert spring.ends_on is None

    def test_a_last_day_to_come_is_set_and_everybody_is_told(self, as_, cast, spring):
        answer = as_("ana").post(f"{DESK}end/", {"ends_on": day(10).isoformat(), "revision": 1, "act": "day", "once": uuid4()})  # fmt: skip

        spring.refresh_from_db()
        assert answer["Location"] == DESK
        assert (spring.ends_on, spring.is_over) == (day(10), False)
        assert Notice.objects.filter(kind="cohorts.ends").count() == 14
        assert verbs_about(spring) == ["cohort.ended"]
        assert "The last day of the cohort Spring" in as_("dev").get("/account/notices/").text

    def test_ended_now_nothing_more_is_written_from_this_moment_on(self, as_, cast, spring):
        as_("ana").post(f"{DESK}end/", {"ends_on": day(10).isoformat(), "revision": 1, "act": "now", "once": uuid4()})  # fmt: skip

        spring.refresh_from_db()
        assert (spring.ends_on, spring.is_over) == (day(-1), True)
        assert "This cohort ended" in as_("dev").get("/cohorts/spring/").text
        assert "This cohort ended" in as_("ana").get(DESK).text

    @pytest.mark.parametrize(("begins", "earliest"), [(0, 0), (5, 5), (-1, -1), (-9, -1)])
    def test_it_ends_at_the_earliest_yesterday_or_on_its_first_day(self, as_, cast, spring, begins, earliest):  # fmt: skip
        Cohort.objects.filter(pk=spring.pk).update(starts_on=day(begins))
        spring.refresh_from_db()

        early = as_("ana").post(f"{DESK}end/", {"ends_on": day(earliest - 1).isoformat(), "revision": 1, "once": uuid4()})  # fmt: skip
        end_cohort(cohort=spring, last_day=day(earliest), seen_revision=1, by=cast["ana"])

        assert early.status_code == 200
        assert "It cannot end on a day that long ago, or before it begins." in early.text
        spring.refresh_from_db()
        assert spring.ends_on == day(earliest)

    @pytest.mark.parametrize(("begins", "offered"), [(-1, True), (0, False), (5, False)])
    def test_end_it_now_is_offered_where_it_can_be(self, as_, cast, spring, begins, offered):
        Cohort.objects.filter(pk=spring.pk).update(starts_on=day(begins))

        assert (">End it now<" in as_("ana").get(f"{DESK}end/").text) is offered

    def test_when_lena_changed_it_meanwhile_nothing_is_ended(self, as_, cast, spring):
        """H9."""
        change_cohort(cohort=spring, facts=facts_of(spring, ends_on=day(40)), seen_revision=1, by=cast["lena"])  # fmt: skip

        stale = as_("ana").post(f"{DESK}end/", {"ends_on": day(3).isoformat(), "revision": 1, "act": "day", "once": uuid4()})  # fmt: skip

        assert stale.status_code == 409
        assert "nothing was ended" in stale.text
        assert f'value="{day(3).isoformat()}"' in stale.text
        spring.refresh_from_db()
        assert spring.ends_on == day(40)

    def test_of_two_who_end_it_now_the_second_is_told_that_it_changed(self, cast, spring):
        """H9: the first one has ended it since the second one asked."""
        end_cohort(cohort=spring, last_day=day(-1), seen_revision=1, by=cast["lena"])

        with pytest.raises(StaleCohort) as told:
            end_cohort(cohort=spring, last_day=day(-1), seen_revision=1, by=cast["ana"])

        assert told.value.current.is_over
        assert Notice.objects.filter(kind="cohorts.ends").count() == 14

    def test_one_that_is_over_is_not_ended_again(self, as_, cast):
        pilot = Cohort.objects.get(slug="pilot")

        answer = as_("ana").post("/backbone/cohorts/pilot/end/", {"ends_on": day(3).isoformat(), "revision": 1, "once": uuid4()})  # fmt: skip

        assert "This cohort has ended" in answer.text
        with pytest.raises(PermissionDenied):
            end_cohort(cohort=pilot, last_day=day(3), seen_revision=1, by=cast["ana"])
        pilot.refresh_from_db()
        assert pilot.ends_on == date(2026, 5, 29)


def test_everybody_knows_the_plan_of_the_starter_files():
    """What the stories above count on."""
    rows = Opening.objects.filter(cohort__slug="spring").values_list("opens_on", flat=True)

    assert list(rows) == [date(2026, 9, 28), date(2026, 11, 16)]
    assert ModulePage.objects.live().filter(locale__language_code="en").count() == 2

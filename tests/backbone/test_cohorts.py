"""Cohorts on the desk: the list, a new one, its facts. For the backbone alone."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.formats import date_format

from accounts.models import User
from cohorts.actions import (
    Facts,
    change_cohort,
    join_cohort,
    leave_cohort,
    make_cohort,
)
from cohorts.models import Cohort, Membership
from core import doors
from notices.models import Notice
from tests.backbone.desk import DESK, LIST, NEW, day, facts_of, sent, verbs_about

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def spring(cast):
    """The cohort of the demonstration: it has begun and has no end yet."""
    return Cohort.objects.get(slug="spring")


class TestTheList:
    def test_the_desk_leads_to_those_that_run_are_coming_or_are_past(self, as_, cast):
        Cohort.objects.create(slug="later", name="Later", starts_on=day(9))
        client = as_("ana")

        assert f'href="{LIST}"' in client.get("/backbone/").text
        running, coming, past = (client.get(LIST, {"when": when}).text for when in ("running", "coming", "past"))  # fmt: skip

        assert [name in running for name in ("Spring", "Autumn", "Pilot", "Later")] == [True, True, False, False]  # fmt: skip
        assert "14 people" in running
        assert "Running (2)" in running
        assert [name in coming for name in ("Spring", "Pilot", "Later")] == [False, False, True]
        assert "0 people" in coming
        assert [name in past for name in ("Spring", "Pilot", "Later")] == [False, True, False]
        assert "4 people" in past

    def test_odd_words_in_the_address_show_those_that_run(self, as_, cast):
        page = as_("ana").get(LIST, {"when": "<b>", "page": "-3"}).text

        assert "Running (2)" in page
        assert "Spring" in page

    @pytest.mark.parametrize("many", [1, 3])
    def test_it_takes_as_many_queries_at_any_length(self, as_, cast, many, django_assert_num_queries):  # fmt: skip
        Cohort.objects.filter(slug="pilot").update(ends_on=None)
        Cohort.objects.exclude(slug__in=["spring", "autumn", "pilot"][:many]).delete()
        client = as_("ana")
        client.get(LIST)

        with django_assert_num_queries(8):
            client.get(LIST)

    def test_200_cohorts_with_10_000_members_take_as_many_queries_and_a_page_shows_20(self, as_, cast, django_assert_num_queries):  # fmt: skip
        """10 000 members in 200 cohorts: list, desk and people at most 15 queries, and the same number."""
        User.objects.bulk_create(
            User(email=f"m{n}@many.example", chosen_name=f"Member {n}", password="!")
            for n in range(10_000)
        )
        cohorts = Cohort.objects.bulk_create(
            Cohort(slug=f"many-{n}", name=f"Many {n}", starts_on=date(2026, 1, 1))
            for n in range(197)
        )
        crowd = User.objects.filter(email__endswith="@many.example").values_list("pk", flat=True)
        Membership.objects.bulk_create(
            Membership(cohort=cohorts[at % 197], member_id=pk) for at, pk in enumerate(crowd)
        )
        client = as_("ana")
        client.get(LIST)

        with django_assert_num_queries(8):
            page = client.get(LIST).text
        with django_assert_num_queries(8):
            last = client.get(LIST, {"page": "10"}).text
        with django_assert_num_queries(8):
            desk = client.get("/backbone/cohorts/many-0/").text
        with django_assert_num_queries(8):
            people = client.get("/backbone/cohorts/many-0/people/").text

        assert page.count("51 people") + page.count("50 people") == 18  # beside spring and autumn
        assert "Page 10 of 10" in last
        assert ">51<" in desk
        assert people.count("Let facilitate") == 50
        assert "51 people are in this cohort." in people


class TestANewOne:
    def test_ana_makes_one_and_nobody_is_in_it(self, as_, cast):
        answer = as_("ana").post(NEW, sent())

        winter = Cohort.objects.get(slug="winter-27")
        assert answer["Location"] == "/backbone/cohorts/winter-27/"
        assert (winter.name, winter.purpose, winter.starts_on, winter.ends_on) == (
            "Winter", "To go on.", date(2027, 1, 11), None,
        )  # fmt: skip
        assert winter.memberships.count() == 0
        assert verbs_about(winter) == ["cohort.made"]
        assert "Nobody yet. Choose somebody among its people." in as_("ana").get(answer["Location"]).text  # fmt: skip

    def test_a_double_press_makes_one(self, as_, cast):
        """H9."""
        client, form = as_("ana"), sent()

        answers = [client.post(NEW, form) for _ in range(2)]

        assert answers[0]["Location"] == answers[1]["Location"]
        assert Cohort.objects.filter(slug="winter-27").count() == 1

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"ends_on": "2027-01-10"}, "A cohort cannot end before it begins. Choose Jan. 11, 2027 or a later day."),
            ({"starts_on": "2026-01-11", "ends_on": "2026-02-11"}, "That day is past. Choose a later one, or leave it open."),
            ({"slug": "spring"}, "Another cohort has this short name. Choose another one."),
            ({"slug": "SPRING"}, "Another cohort has this short name. Choose another one."),
            ({"slug": "new"}, "Another cohort has this short name. Choose another one."),
            ({"slug": "winter 27"}, "Use letters from a to z, digits and hyphens alone, such as spring-2027."),
            ({"slug": ""}, "Give it a short name, such as spring-2027."),
            ({"name": "  "}, "Give it a name; its people see it."),
            ({"starts_on": ""}, "Choose the day on which it begins."),
            ({"starts_on": "tomorrow"}, "This is no day of the calendar. Choose one."),
            ({"starts_on": "0001-01-01"}, "Choose a year from 2000 to 2100."),
            ({"ends_on": "9999-12-31"}, "Choose a year from 2000 to 2100."),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_a_sentence_on_the_field_and_all_stays_typed(self, as_, cast, changes, sentence):  # fmt: skip
        answer = as_("ana").post(NEW, sent(**changes))

        assert answer.status_code == 200
        assert sentence in answer.text
        assert "To go on." in answer.text
        assert Cohort.objects.count() == 3

    @pytest.mark.parametrize("name", ["mo", "rui", "gus", "dev"])
    def test_nobody_else_makes_one(self, as_, cast, name):
        assert as_(name).get(NEW).status_code == 404
        with pytest.raises(PermissionDenied):
            make_cohort(facts=Facts("X", "x", "", day(0), None), by=cast[name])


class TestItsFacts:
    def test_the_cohorts_page_and_the_desk_lead_to_each_other_for_the_backbone(self, as_, cast):
        assert f'href="{DESK}"' in as_("ana").get("/cohorts/spring/").text
        assert 'href="/cohorts/spring/"' in as_("ana").get(DESK).text
        for name in ("dev", "mo"):
            assert "/backbone/" not in as_(name).get("/cohorts/spring/").text

    def test_ana_changes_the_purpose_and_nobody_is_told(self, as_, cast, spring):
        before = Notice.objects.count()
        changes = {"name": "Spring", "purpose": "To go further.", "starts_on": "2026-09-14"}

        answer = as_("ana").post(f"{DESK}edit/", sent(**changes, slug="", revision=1))

        spring.refresh_from_db()
        assert answer["Location"] == DESK
        assert (spring.purpose, spring.ends_on, spring.revision) == ("To go further.", None, 2)
        assert spring.slug == "spring"
        assert verbs_about(spring) == ["cohort.changed"]
        assert Notice.objects.count() == before

    def test_of_another_last_day_its_people_are_told_once_until_they_have_read_it(
        self, as_, cast, spring
    ):
        for number, last in enumerate((60, 70), start=1):
            changes = {"starts_on": "2026-09-14", "ends_on": day(last).isoformat()}
            as_("ana").post(f"{DESK}edit/", sent(**changes, revision=number))

        spring.refresh_from_db()
        assert spring.ends_on == day(70)
        assert Notice.objects.filter(kind="cohorts.ends").count() == 14
        said = date_format(day(70), "DATE_FORMAT")
        assert (
            f"The last day of the cohort Winter: {said}" in as_("dev").get("/account/notices/").text
        )

    def test_the_short_name_is_fixed_once_people_have_been_in_it(self, as_, cast, spring):
        page = as_("ana").get(f"{DESK}edit/").text
        as_("ana").post(f"{DESK}edit/", sent(slug="fall", revision=1, starts_on="2026-09-14"))

        spring.refresh_from_db()
        assert "People have been in this cohort and know its address" in page
        assert (spring.slug, spring.name) == ("spring", "Winter")

    def test_without_people_it_can_change_also_when_somebody_left_it_cannot(self, as_, cast):
        winter = make_cohort(facts=Facts("Winter", "winter", "", day(9), None), by=cast["ana"])

        moved = as_("ana").post("/backbone/cohorts/winter/edit/", sent(slug="snow", revision=1))
        join_cohort(cohort=winter, member=cast["dev"], by=None)
        leave_cohort(cohort=winter, member=cast["dev"], by=cast["dev"])
        as_("ana").post("/backbone/cohorts/snow/edit/", sent(slug="frost", revision=2))

        winter.refresh_from_db()
        assert moved["Location"] == "/backbone/cohorts/snow/"
        assert winter.slug == "snow"

    def test_of_two_who_change_it_neither_overwrites_the_other(self, as_, cast, spring):
        """H9."""
        url = f"{DESK}edit/"
        as_("lena").post(url, sent(name="Spring One", starts_on="2026-09-14", revision=1))

        stale = as_("ana").post(url, sent(name="Spring Two", starts_on="2026-09-14", revision=1))

        assert stale.status_code == 409
        assert "Spring One" in stale.text
        assert "Spring Two" in stale.text
        assert 'name="revision" value="2"' in stale.text
        spring.refresh_from_db()
        assert spring.name == "Spring One"
        as_("ana").post(url, sent(name="Spring Two", starts_on="2026-09-14", revision=2))
        spring.refresh_from_db()
        assert spring.name == "Spring Two"

    def test_one_that_goes_on_is_not_ended_by_the_way(self, as_, cast, spring):
        answer = as_("ana").post(
            f"{DESK}edit/", sent(starts_on="2026-09-14", ends_on=day(-1).isoformat(), revision=1)
        )

        assert answer.status_code == 200
        assert "To end it, use “End this cohort”" in answer.text
        spring.refresh_from_db()
        assert spring.ends_on is None

    def test_one_that_is_over_goes_on_when_it_gets_a_later_last_day(self, as_, cast):
        over = as_("ana").get("/backbone/cohorts/pilot/end/").text
        as_("ana").post(
            "/backbone/cohorts/pilot/edit/",
            sent(name="Pilot", starts_on="2026-01-12", ends_on="", revision=1),
        )

        assert "Its last day was May 29, 2026." in over
        assert "Post to the cohort" in as_("ana").get("/cohorts/pilot/").text

    @pytest.mark.parametrize("name", ["mo", "gus"])
    def test_the_action_asks_again(self, cast, spring, name):
        with pytest.raises(PermissionDenied):
            change_cohort(cohort=spring, facts=facts_of(spring), seen_revision=1, by=cast[name])

    @pytest.mark.parametrize("address", ["", "edit/", "again/", "end/", "plan/", "people/"])
    def test_a_cohort_that_is_not_there_is_a_404(self, as_, cast, address):
        assert as_("ana").get(f"/backbone/cohorts/none/{address}").status_code == 404


def test_the_desk_page_has_a_place_for_what_others_add(as_, cast, monkeypatch):
    """An app offers a line at the door `cohort_desk_line`."""
    seen = []

    def line(*, cohort, **_given):
        seen.append(cohort.slug)
        return "<li>"

    monkeypatch.setitem(doors._offers, "cohort_desk_line", [(1, "line", line)])
    page = as_("ana").get(DESK).text

    assert seen == ["spring"]
    assert "&lt;li&gt;" in page  # what is not marked as safe is shown as text

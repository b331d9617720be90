"""The pace of a member and their cohorts: where to go on, opening days, progress in words, reading time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cohorts.models import Cohort
from curriculum.actions import mark_done
from curriculum.models import LessonDone, LessonPage, ModulePage, Opening
from curriculum.outline import current_module, outline_for
from curriculum.reading_time import minutes_of
from tests.curriculum.editing import edit_address, publish, typed

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

MODULE = "/learn/how-redlining-worked/"


@pytest.fixture
def dev(cast):
    """Dev, who has finished nothing."""
    LessonDone.objects.filter(member=cast["dev"]).delete()
    return cast["dev"]


def lesson_of(slug):
    return LessonPage.objects.get(slug=slug)


def done(member, *slugs):
    for slug in slugs:
        mark_done(lesson=lesson_of(slug), by=member)


def next_title(member):
    module = current_module(outline_for(member), member)
    return module.next_lesson.title if module else None


def opens(day, cohort="spring"):
    Opening.objects.all().delete()
    Opening.objects.create(
        cohort=Cohort.objects.get(slug=cohort),
        module=ModulePage.objects.get(slug="how-redlining-worked"),
        opens_on=day,
    )


class TestContinueWhereYouLeft:
    def test_a_deleted_lesson_leads_to_the_module_of_the_mark_before_it(self, dev):
        done(dev, "grading-a-city", "words-that-travel-badly")
        lesson_of("words-that-travel-badly").delete()

        assert next_title(dev) == "Underwriting by race"

    def test_an_unpublished_lesson_does_the_same_and_counts_again_when_it_is_back(self, dev):
        done(dev, "grading-a-city", "four-levels-of-racism")
        lesson = lesson_of("four-levels-of-racism")
        lesson.unpublish()

        assert next_title(dev) == "Underwriting by race"
        publish(lesson_of("four-levels-of-racism"))
        assert next_title(dev) == "Words that travel badly"

    def test_the_next_lesson_may_be_gone(self, dev):
        done(dev, "grading-a-city")
        lesson_of("underwriting-by-race").unpublish()

        assert next_title(dev) == "Taken twice: contracts, clearance and highways"

    def test_a_lesson_that_was_moved_takes_the_way_on_with_it(self, dev):
        done(dev, "grading-a-city")
        lesson_of("grading-a-city").move(
            ModulePage.objects.get(slug="shared-language"), pos="last-child"
        )

        assert next_title(dev) == "Four levels of racism"

    def test_all_lessons_of_the_marks_are_gone(self, dev):
        done(dev, "grading-a-city")
        ModulePage.objects.get(slug="how-redlining-worked").unpublish()

        assert next_title(dev) == "Four levels of racism"

    def test_everything_is_unpublished(self, as_, dev):
        done(dev, "grading-a-city")
        for module in ModulePage.objects.all():
            module.unpublish()

        assert next_title(dev) is None
        assert as_("dev").get("/learn/").status_code == 200
        assert as_("dev").get("/today/").status_code == 200

    def test_today_and_the_index_lead_to_the_same_lesson(self, as_, dev):
        done(dev, "grading-a-city")
        address = "/learn/how-redlining-worked/underwriting-by-race/"

        assert f'href="{address}"' in as_("dev").get("/today/").text
        assert (
            f'href="{address}">Go on with “Underwriting by race”' in as_("dev").get("/learn/").text
        )

    def test_who_is_signed_out_or_through_with_everything_is_sent_nowhere(self, as_, nobody, dev):
        for lesson in LessonPage.objects.all():
            mark_done(lesson=lesson, by=dev)

        assert "Go on with" not in as_("dev").get("/learn/").text
        assert "Go on with" not in nobody.get("/learn/").text


class TestOpeningDays:
    def test_a_member_reads_when_the_cohort_begins_and_how_long_that_is(self, as_, dev):
        today = datetime.now(ZoneInfo("America/Chicago")).date()
        opens(today + timedelta(days=3))

        for address in ("/learn/", MODULE):
            page = as_("dev").get(address).text
            assert page.count("Spring reads this from ") == 1
            assert "opens in 3 days" in page

    def test_tomorrow_is_said_and_what_has_begun_waits_no_more(self, as_, dev):
        today = datetime.now(ZoneInfo("America/Chicago")).date()

        opens(today + timedelta(days=1))
        assert "opens tomorrow" in as_("dev").get(MODULE).text
        opens(today)
        assert "Spring reads this from " in as_("dev").get(MODULE).text
        assert "opens " not in as_("dev").get(MODULE).text

    def test_the_day_is_that_of_the_members_own_clock(self, as_, dev):
        """On an island in the far east of the calendar it is a day or two later than on one in the far west, always."""
        early, late = "Pacific/Kiritimati", "Pacific/Pago_Pago"
        opens(datetime.now(ZoneInfo(early)).date())

        pages = {}
        for zone in (early, late):
            dev.time_zone = zone
            dev.save(update_fields=["time_zone"])
            pages[zone] = as_("dev").get(MODULE).text

        assert "opens " not in pages[early]
        assert "opens tomorrow" in pages[late] or "opens in 2 days" in pages[late]

    def test_the_signed_out_and_other_cohorts_see_nothing_of_it(self, as_, nobody, dev):
        """Fay is in no cohort."""
        opens(timezone.localdate() + timedelta(days=3))

        assert "Spring" in as_("dev").get("/learn/").text
        for client in (as_("fay"), nobody):
            for address in ("/learn/", MODULE):
                assert "Spring" not in client.get(address).text

    def test_who_has_left_the_cohort_sees_nothing_of_it(self, as_, dev):
        opens(timezone.localdate() + timedelta(days=3))
        dev.memberships.update(left_at=timezone.now())

        assert "Spring" not in as_("dev").get("/learn/").text

    def test_another_year_is_named(self, as_, dev):
        day = timezone.localdate().replace(month=1, day=1) + timedelta(days=800)
        opens(day)

        assert f", {day.year}" in as_("dev").get(MODULE).text

    def test_it_costs_one_query_however_many_there_are(self, as_, dev, django_assert_num_queries):
        client = as_("dev")
        Opening.objects.all().delete()
        client.get("/learn/")
        with django_assert_num_queries(15):
            client.get("/learn/")
        spring = Cohort.objects.get(slug="spring")
        for module in ModulePage.objects.all():
            Opening.objects.create(cohort=spring, module=module, opens_on=timezone.localdate())
        with django_assert_num_queries(15):
            client.get("/learn/")


class TestProgress:
    def test_it_is_said_in_words_with_a_bar_to_the_member_alone(self, as_, nobody, dev):
        done(dev, "grading-a-city", "underwriting-by-race")

        for address in ("/learn/", MODULE):
            page = as_("dev").get(address).text
            assert "2 of 4 lessons" in page
            assert '<progress value="2" max="4" aria-labelledby="progress-' in page
            assert "%" not in page.partition("<main")[2].partition("</main")[0].replace("%20", "")
            assert "<progress" not in nobody.get(address).text

    def test_the_index_has_no_bar_for_what_nobody_began(self, as_, dev):
        assert "<progress" not in as_("dev").get("/learn/").text
        assert "0 of 4 lessons" in as_("dev").get(MODULE).text


class TestReadingTime:
    def test_it_is_counted_from_the_words_when_a_lesson_is_published(self, dev):
        lesson = lesson_of("grading-a-city")
        body = LessonPage._meta.get_field("body")
        lesson.body = body.to_python([{"type": "markdown", "value": "word " * 401 + "[@RL04]"}])

        assert publish(lesson).minutes == 3

    def test_an_editors_own_number_stays(self, as_, dev):
        lesson = lesson_of("grading-a-city")
        rui = as_("rui")
        form = typed(rui, lesson, ("markdown", "It was so [@RL04]."), minutes="9")

        rui.post(edit_address(lesson), {**form, "action-publish": "1"})
        own = lesson_of("grading-a-city").minutes
        form = typed(rui, lesson, ("markdown", "It was so [@RL04]."), minutes="9")
        rui.post(edit_address(lesson), {**form, "action-publish": "1", "minutes_counted": "on"})

        assert (own, lesson_of("grading-a-city").minutes) == (9, 1)

    def test_the_form_shows_the_number_that_readers_see(self, as_, dev):
        lesson = lesson_of("grading-a-city")
        lesson.minutes = 50
        publish(lesson)

        form = as_("rui").get(edit_address(lesson)).context["form"]

        assert form["minutes"].value() == lesson_of("grading-a-city").minutes == 7

    def test_every_starter_lesson_says_what_its_words_say(self, dev):
        wrong = [
            lesson.title
            for lesson in LessonPage.objects.all()
            if not lesson.minutes_counted or lesson.minutes != minutes_of(lesson)
        ]
        assert wrong == []

    def test_a_body_without_words_takes_a_minute(self, dev):
        assert minutes_of(LessonPage()) == 1

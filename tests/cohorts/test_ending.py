"""The end of a cohort: on its last day everything goes on, then it is read for 30 days, then by who runs it alone.

Days are those of the initiative, whose clocks stand in Chicago here; Hana’s stand in Tokyo.
"""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from caucuses.bringback.models import Released
from caucuses.bringback.models import Reply as ReplyToNote
from caucuses.bringback.permissions import (
    can_answer_released,
    released_answerable_by,
    released_visible_to,
)
from caucuses.bringback.permissions import can_change_reply as can_change_reply_to_note
from caucuses.bringback.permissions import can_delete_reply as can_delete_reply_to_note
from caucuses.bringback.permissions import replies_changeable_by as note_replies_changeable_by
from caucuses.bringback.permissions import replies_deletable_by as note_replies_deletable_by
from cohorts.actions import (
    delete_reply,
    edit_announcement,
    open_prompt,
    post_announcement,
    post_reply,
    remove_reply,
)
from cohorts.models import Announcement, Cohort, Membership, Prompt, Reply
from cohorts.permissions import (
    announcements_changeable_by,
    announcements_deletable_by,
    announcements_visible_to,
    can_announce_in_cohort,
    can_carry_on_cohort,
    can_change_announcement,
    can_change_cohort,
    can_change_membership,
    can_change_reply,
    can_delete_announcement,
    can_delete_reply,
    can_remove_reply,
    can_reply_to_prompt,
    can_run_cohort,
    can_see_announcement,
    can_see_cohort,
    can_see_prompt,
    can_see_reply,
    can_write_in_cohort,
    cohorts_announced_in_by,
    cohorts_changeable_by,
    cohorts_going_on_for,
    cohorts_run_by,
    cohorts_visible_to,
    cohorts_written_in_by,
    memberships_changeable_by,
    prompts_answerable_by,
    prompts_visible_to,
    replies_changeable_by,
    replies_deletable_by,
    replies_removable_by,
    replies_visible_to,
)
from cohorts.reading import own_cohorts, read_cohorts
from cohorts.talk import Question
from core import doors, register
from tests.cohorts.talking import LESSON, asked_in, say, talk

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PAGE = "/cohorts/larch/"
CHICAGO = ZoneInfo("America/Chicago")
LAST_MINUTE = datetime(2027, 3, 31, 23, 59, tzinfo=CHICAGO)
FIRST_MINUTE_AFTER = datetime(2027, 4, 1, 0, 1, tzinfo=CHICAGO)
LAST_MINUTE_OF_DAY_30 = datetime(2027, 4, 30, 23, 59, tzinfo=CHICAGO)
FIRST_MINUTE_OF_DAY_31 = datetime(2027, 5, 1, 0, 1, tzinfo=CHICAGO)
MOMENTS = (LAST_MINUTE, FIRST_MINUTE_AFTER, LAST_MINUTE_OF_DAY_30, FIRST_MINUTE_OF_DAY_31)


@pytest.fixture
def ending(settings, house):
    """Larch, which ends on March 31 of next year, with an announcement, a talk, a reply of Dev’s and a note of a caucus."""
    settings.TIME_ZONE = "America/Chicago"
    house.larch.ends_on = date(2027, 3, 31)
    house.larch.save()
    house.hana.time_zone = "Asia/Tokyo"
    house.hana.save()
    house.announcement = post_announcement(cohort=house.larch, text="Plum tree", by=house.mo)
    house.prompt = asked_in(house.larch, house.dev)
    house.reply = say(house.prompt, house.dev)
    house.note = Released.objects.create(
        cohort=house.larch, text="From us", text_html="<p>From us</p>", cleaner_version=1,
        released_on=date(2027, 3, 1),
    )  # fmt: skip
    return house


class TestOnTheLastDay:
    def test_everything_goes_on_until_midnight_in_chicago(self, as_, ending, time_machine):
        time_machine.move_to(LAST_MINUTE, tick=False)

        replied = as_("hana").post(f"{talk(ending.prompt)}replies/", {"text": "Me too", "once": uuid4()})  # fmt: skip
        announced = as_("mo").post(f"{PAGE}announcements/", {"text": "Goodbye", "once": uuid4()})

        assert (replied.status_code, announced.status_code) == (302, 302)
        page = as_("dev").get(PAGE).text
        assert "Until the end of March 31, 2027 everything goes on here" in page
        assert "This cohort ended" not in page


class TestTheDayAfter:
    @pytest.fixture(autouse=True)
    def after(self, ending, time_machine):
        time_machine.move_to(FIRST_MINUTE_AFTER, tick=False)

    @pytest.mark.parametrize(("name", "form"), [("mo", "Post to the cohort"), ("ana", "Post to the cohort")])  # fmt: skip
    def test_a_sentence_stands_in_the_place_of_the_form(self, as_, name, form):
        page = as_(name).get(PAGE).text

        assert form not in page
        assert "This cohort ended on March 31, 2027. Nothing new is written here." in page
        assert "until April 30, 2027" in page

    def test_talks_are_read_without_a_form(self, as_, ending):
        page = as_("dev").get(talk(ending.prompt)).text

        assert "Under the plum tree" in page
        assert "Nothing new is written here" in page
        assert 'name="text"' not in page
        assert f"replies/{ending.reply.pk}/edit/" not in page
        assert f"replies/{ending.reply.pk}/delete/" in page

    def test_who_posts_from_an_open_tab_gets_the_words_back(self, as_, ending):
        """Nothing typed is lost: the page shows it and says that nothing was posted."""
        note = f"{PAGE}notes/{ending.note.pk}/"
        edit = f"{talk(ending.prompt)}replies/{ending.reply.pk}/edit/"
        ways = [
            ("mo", f"{PAGE}announcements/"),
            ("mo", f"{PAGE}announcements/{ending.announcement.pk}/edit/"),
            ("dev", f"{talk(ending.prompt)}replies/"),
            ("dev", edit),
            ("dev", f"{note}replies/"),
        ]

        for name, url in ways:
            answer = as_(name).post(url, {"text": "A late pear", "revision": 1, "once": uuid4()})
            assert answer.status_code == 403, url
            assert "This cohort has ended" in answer.text, url
            assert "A late pear" in answer.text, url
        assert ending.larch.announcements.count() == 1
        assert Reply.objects.filter(prompt=ending.prompt).count() == 1
        assert ReplyToNote.objects.filter(released=ending.note).count() == 0

    def test_no_question_is_opened(self, as_, ending):
        question = Question(str(uuid4()), str(uuid4()), "Who?", "Grading", LESSON)
        sent = {"question": question.signed_for(ending.dev), "once": uuid4()}

        assert as_("dev").post(f"{PAGE}talk/", sent).status_code == 403
        with pytest.raises(PermissionDenied):
            open_prompt(cohort=ending.larch, question=question, by=ending.dev)
        assert ending.larch.prompts.count() == 1

    def test_the_actions_ask_again(self, ending):
        for act in (
            lambda: post_announcement(cohort=ending.larch, text="x", by=ending.ana),
            lambda: post_reply(prompt=ending.prompt, text="x", by=ending.dev),
            lambda: edit_announcement(
                announcement=ending.announcement, text="x", seen_revision=1, by=ending.mo
            ),
        ):
            with pytest.raises(PermissionDenied):
                act()

    def test_ones_own_words_can_be_taken_back_and_what_hurts_removed(self, as_, ending):
        other = Reply.objects.create(
            prompt=ending.prompt, author=ending.elu, text="x", text_html="x", cleaner_version=1
        )

        delete_reply(reply=ending.reply, by=ending.dev)
        remove_reply(reply=other, reason="It names somebody.", by=ending.mo)
        url = f"{PAGE}announcements/{ending.announcement.pk}/delete/"
        as_("mo").post(url, {"once": uuid4()})

        assert Reply.objects.filter(pk=ending.reply.pk).count() == 0
        assert "It names somebody." in as_("elu").get(talk(ending.prompt)).text
        assert ending.larch.announcements.count() == 0

    def test_under_a_lesson_it_is_offered_where_it_is_talked_about_already(self, ending, rf):
        def offered(key, block):
            class Page:
                translation_key, title = key, "Grading"

            request = rf.get(LESSON)
            request.user = ending.elu
            given = {"lesson": Page, "block": str(block), "prompt": "Who?", "place": "cohort"}
            return "".join(doors.ask("discuss", request=request, **given))

        known = offered(ending.prompt.lesson_key, ending.prompt.block)
        new = offered(uuid4(), uuid4())

        assert "Read along in Larch" in known
        assert "Talk about it in Spring" in new
        assert "Larch" not in new


class TestAfter30Days:
    def test_on_day_30_it_can_still_be_read_wherever_ones_clock_stands(
        self, as_, ending, time_machine
    ):
        time_machine.move_to(LAST_MINUTE_OF_DAY_30, tick=False)

        assert [as_(name).get(PAGE).status_code for name in ("dev", "hana", "mo", "ana")] == [200] * 4  # fmt: skip

    def test_on_day_31_its_facilitators_and_the_backbone_read_it_alone(
        self, as_, ending, time_machine
    ):
        time_machine.move_to(FIRST_MINUTE_OF_DAY_31, tick=False)

        urls = [PAGE, talk(ending.prompt), f"{PAGE}notes/{ending.note.pk}/"]
        for url in urls:
            assert [as_(name).get(url).status_code for name in ("dev", "hana")] == [404, 404], url
            assert [as_(name).get(url).status_code for name in ("mo", "ana")] == [200, 200], url
        assert "Its participants no longer open this page" in as_("mo").get(PAGE).text

    def test_on_day_31_nothing_leads_its_participants_there(self, as_, ending, time_machine, rf):
        before = as_("dev").get("/account/notices/").text
        time_machine.move_to(FIRST_MINUTE_OF_DAY_31, tick=False)
        after = as_("dev").get("/account/notices/").text

        assert "A new announcement in Larch" in before
        assert "Larch" not in after
        for name, is_led in (("dev", False), ("mo", True)):
            assert (PAGE in as_(name).get("/today/").text) is is_led
            request = rf.get("/help/")
            request.user = ending.people[name]
            assert (PAGE in "".join(doors.ask("navigation", request=request))) is is_led

    def test_what_others_see_of_me_says_so(self, ending, time_machine):
        holding = next(row for row in register.holdings() if row.name == "cohorts")

        def who():
            lines = {str(line.what): str(line.who) for line in holding.visible(ending.dev)}
            return lines["That you are in the cohort Larch, and since when"]

        time_machine.move_to(LAST_MINUTE_OF_DAY_30, tick=False)
        before = who()
        time_machine.move_to(FIRST_MINUTE_OF_DAY_31, tick=False)

        assert before == "Your cohort, its facilitators and the backbone team"
        assert who() == "Facilitators of that cohort, which has ended, and the backbone team"

    def test_one_question_finds_each_cohort_once_and_says_whose_page_is_read(
        self, ending, time_machine, rf, django_assert_num_queries
    ):
        time_machine.move_to(FIRST_MINUTE_OF_DAY_31, tick=False)
        found = {}
        for name in ("dev", "mo"):
            request = rf.get("/today/")
            request.user = ending.people[name]
            with django_assert_num_queries(1):
                mine, read = own_cohorts(request), read_cohorts(request)
            found[name] = [[row.slug for row in rows] for rows in (mine, read)]

        assert found == {
            "dev": [["larch", "spring"], ["spring"]],
            "mo": [["larch", "spring"], ["larch", "spring"]],
        }

    def test_commitments_for_the_cohort_stay_open(self, as_, ending, time_machine):
        time_machine.move_to(FIRST_MINUTE_OF_DAY_31, tick=False)

        assert "What people in Larch let the others read" in as_("dev").get("/commitments/").text


@pytest.mark.parametrize("moment", MOMENTS)
def test_each_rule_is_the_same_on_an_object_and_on_a_query(ending, cast, time_machine, moment):
    """Convention 1, on each of the four days and for everybody."""
    time_machine.move_to(moment, tick=False)
    ReplyToNote.objects.create(
        released=ending.note, author=ending.dev, text="x", text_html="x", cleaner_version=1
    )
    pairs = [
        (Cohort, can_see_cohort, cohorts_visible_to),
        (Cohort, can_write_in_cohort, cohorts_written_in_by),
        (Cohort, can_run_cohort, cohorts_run_by),
        (Cohort, can_announce_in_cohort, cohorts_announced_in_by),
        (Cohort, can_change_cohort, cohorts_changeable_by),
        (Cohort, can_carry_on_cohort, cohorts_going_on_for),
        (Membership, can_change_membership, memberships_changeable_by),
        (Announcement, can_see_announcement, announcements_visible_to),
        (Announcement, can_change_announcement, announcements_changeable_by),
        (Announcement, can_delete_announcement, announcements_deletable_by),
        (Prompt, can_see_prompt, prompts_visible_to),
        (Prompt, can_reply_to_prompt, prompts_answerable_by),
        (Reply, can_see_reply, replies_visible_to),
        (Reply, can_change_reply, replies_changeable_by),
        (Reply, can_delete_reply, replies_deletable_by),
        (Reply, can_remove_reply, replies_removable_by),
        (Released, can_answer_released, released_answerable_by),
        (Released, lambda user, row: can_see_cohort(user, row.cohort), released_visible_to),
        (ReplyToNote, can_change_reply_to_note, note_replies_changeable_by),
        (ReplyToNote, can_delete_reply_to_note, note_replies_deletable_by),
    ]

    for model, rule, rows in pairs:
        for member in cast.values():
            one_by_one = {row.pk for row in model.objects.all() if rule(member, row)}
            assert one_by_one == set(rows(member).values_list("pk", flat=True)), (member, rule)


def test_what_participants_and_facilitators_may_on_each_of_the_four_days(ending, time_machine):
    found = {}
    for moment in MOMENTS:
        time_machine.move_to(moment, tick=False)
        found[moment.date()] = [
            (can_see_cohort(who, ending.larch), can_write_in_cohort(who, ending.larch))
            for who in (ending.dev, ending.mo, ending.ana)
        ]

    both, read, nothing = (True, True), (True, False), (False, False)
    assert list(found.values()) == [
        [both, both, both],
        [read, read, read],
        [read, read, read],
        [nothing, read, read],
    ]

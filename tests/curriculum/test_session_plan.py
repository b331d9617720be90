"""The session plan of a module: for facilitators of a cohort that has not ended and for the backbone, and kept nowhere."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from wagtail import blocks

from accounts.models import User
from cohorts.models import Cohort
from core.clock import today_here
from curriculum.blocks import LessonBlocks
from curriculum.blocks.base import LessonBlock
from curriculum.models import LessonPage
from curriculum.outline import outline_for
from curriculum.paper.planning import Meeting, PlanLesson, plan_of
from curriculum.permissions import can_read_facilitator_notes, readers_of_facilitator_notes
from tests.curriculum.editing import publish, short_lesson, with_blocks
from tests.curriculum.papers import MODULE, PLAN, PRINT

pytestmark = pytest.mark.django_db


def test_mo_finds_the_plan_on_the_module_and_reads_what_the_cohort_will_need(as_):
    mo = as_("mo")
    module = mo.get(MODULE)

    plan = mo.get(PLAN)

    assert f'href="{PLAN}"' in module.text
    assert plan.status_code == 200
    assert "4 lessons, about 25 minutes to read." in plan.text
    assert "One meeting of 85 minutes" in plan.text
    assert "Bring one form that your organization fills in" in plan.text
    assert "Read a survey sheet of the Home Owners’ Loan Corporation" in plan.text


def test_nobody_else_finds_it(as_, nobody):
    """The answer is that of an unused address, and the module does not name it."""
    for name in ("dev", "fay", "rui", "gus"):
        assert as_(name).get(PLAN).status_code == 404, name
        assert as_(name).get("/learn/no-such-module/session-plan/").status_code == 404
        assert PLAN not in as_(name).get(MODULE).text
    assert nobody.get(PLAN).status_code == 302
    assert PLAN not in nobody.get(MODULE).text
    assert as_("ana").get(PLAN).status_code == 200
    assert as_("ana").get("/learn/no-such-module/session-plan/").status_code == 404


def test_it_is_stored_nowhere(as_):
    assert as_("mo").get(PLAN).headers["Cache-Control"] == "private, no-store"


def test_a_facilitator_whose_cohort_has_ended_or_who_has_left_it_reads_no_plan(as_, cast):
    spring = Cohort.objects.get(slug="spring")
    today = today_here()  # the same day for everybody, wherever Mo is
    for ends_on, status in ((None, 200), (today, 200), (today - timedelta(days=1), 404)):
        Cohort.objects.filter(pk=spring.pk).update(
            starts_on=today - timedelta(days=30), ends_on=ends_on
        )
        assert as_("mo").get(PLAN).status_code == status, ends_on
    Cohort.objects.filter(pk=spring.pk).update(ends_on=None)
    spring.memberships.filter(member=cast["mo"]).update(left_at=timezone.now())
    assert as_("mo").get(PLAN).status_code == 404


def test_the_rule_on_a_member_and_the_filter_agree_for_the_whole_cast(cast):
    readers = set(readers_of_facilitator_notes())

    everybody = User.objects.filter(is_active=True)
    assert readers == {member for member in everybody if can_read_facilitator_notes(member)}
    assert {cast["mo"], cast["ana"], cast["lena"]} <= readers
    assert readers.isdisjoint({cast[name] for name in ("dev", "fay", "rui", "gus", "ben", "hana")})
    assert can_read_facilitator_notes(AnonymousUser()) is False


def test_a_plan_costs_the_same_for_one_lesson_and_for_four(as_, cast, django_assert_num_queries):
    (line,) = (one for one in outline_for(cast["mo"]).modules if one.url == MODULE)
    first = type(line)(**{**line.__dict__, "lessons": line.lessons[:1]})

    with django_assert_num_queries(2):  # the facts that its notes lend
        assert len(plan_of(line).lessons) == 4
    with django_assert_num_queries(1):
        assert len(plan_of(first).lessons) == 1


def test_what_a_prompt_cites_is_listed_at_the_end(as_, cast):
    asked = {"text": "What does it count [@RL04]? [=RL03]", "place": "cohort"}
    publish(with_blocks(short_lesson(), {"type": "discussion", "value": asked}))

    page = as_("mo").get(PLAN).text

    assert 'href="#source-RL04"' in page
    assert 'id="source-RL04"' in page
    assert "graded neighborhoods in more than 200" in page
    assert page.count('<li id="source-') == 3  # the third is lent by a note
    assert "[@" not in page


def test_lessons_go_into_meetings_of_an_hour_and_a_half():
    def lesson(read, talk):
        return PlanLesson("A", "/", "B", (), (), read=read, write=5, talk=talk)

    line = next(iter(outline_for(AnonymousUser()).modules))
    plan = type(plan_of(line))(line, (lesson(20, 10), lesson(20, 10), lesson(5, 0), lesson(200, 0)), ())  # fmt: skip

    assert [len(meeting.lessons) for meeting in plan.meetings] == [2, 1, 1]
    assert [meeting.minutes for meeting in plan.meetings] == [90, 30, 225]
    assert plan.minutes == 345
    assert Meeting(()).minutes == 20


class NoteBlock(LessonBlock, blocks.StructBlock):
    """A note for facilitators, as small as one can be."""

    text = blocks.CharBlock()

    class Meta:
        template = "curriculum/blocks/heading.html"


@pytest.fixture
def noted(cast, settings, tmp_path, monkeypatch):
    """A lesson with a note for facilitators and its template for plans."""
    if "facilitator" not in LessonBlocks.base_blocks:
        block = NoteBlock()
        block.set_name("facilitator")
        monkeypatch.setitem(
            LessonPage._meta.get_field("body").stream_block.child_blocks, "facilitator", block
        )
        folder = tmp_path / "curriculum" / "paper"
        folder.mkdir(parents=True)
        (folder / "facilitator.html").write_text("<p>{{ value.text }}</p>")
        settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]  # fmt: skip
        value = {"text": "Expect a long silence here."}
    else:
        block = LessonBlocks.base_blocks["facilitator"]
        name = next(iter(block.prose or block.child_blocks))
        value = {name: "Expect a long silence here."}
    lesson = with_blocks(short_lesson(), {"type": "facilitator", "value": value})
    LessonPage.objects.filter(pk=lesson.pk).update(body=lesson.body.get_prep_value())
    return lesson


def test_notes_for_facilitators_stand_in_the_plan_and_on_no_print_page(noted, as_, nobody):
    assert "Expect a long silence here." in as_("mo").get(PLAN).text
    for client in (nobody, as_("dev"), as_("mo"), as_("ana")):
        assert "Expect a long silence" not in client.get(PRINT).text
    assert as_("dev").get(PLAN).status_code == 404

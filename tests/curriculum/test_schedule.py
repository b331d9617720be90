"""Pages that Rui gave a date: published on the minute, or refused with a word to Rui."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from curriculum.models import Fact, LessonPage, ModulePage
from curriculum.schedule import publish_due
from notices.actions import notify
from notices.chores import do_due_chores
from notices.models import Notice
from notices.showing import lines
from tests.curriculum.editing import edit_address, numbers_of, short_lesson, typed, with_blocks

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TOMORROW = timedelta(days=1)
MISSING = "Body, part 1 (Markdown): the text cites XX01, which is neither a fact nor among the lesson’s own sources."


@pytest.fixture
def fact(cast):
    """A fact that nothing but the scheduled draft cites."""
    values = {name: getattr(Fact.objects.first(), name) for name in ("statement", "period", "source_title", "source_year", "checked", "checked_on", "check_again_on")}  # fmt: skip
    return Fact.objects.create(key="XX01", **values)


@pytest.fixture
def lesson(fact):
    return short_lesson()


def scheduled_by_rui(as_, lesson):
    """Rui sets a date in the form and presses Publish; then the time comes."""
    rui = as_("rui")
    day = f"{timezone.now() + TOMORROW:%Y-%m-%d %H:%M}"
    form = typed(
        rui, lesson, ("markdown", "It was so [@XX01], as others say [@RL04]."), go_live_at=day
    )
    rui.post(edit_address(lesson), {**form, "action-publish": "1"})
    return Revision.objects.get(approved_go_live_at__isnull=False)


def clock(after):
    """What the worker does when this much time has passed."""
    with time_machine.travel(timezone.now() + after, tick=False):
        return publish_due(now=timezone.now())


def test_a_page_that_is_ready_comes_out_when_its_time_has_come(as_, lesson):
    scheduled_by_rui(as_, lesson)

    early = clock(TOMORROW / 2)
    on_time = clock(TOMORROW * 2)

    assert early.count == 0
    assert on_time.published == ["Grading a city"]
    assert numbers_of(lesson) == [1, 2]


def test_rui_is_told_of_what_the_clock_could_not_publish_and_why(as_, cast, lesson, fact):
    scheduled_by_rui(as_, lesson)
    fact.delete()

    done = clock(TOMORROW * 2)

    assert done.refused == [("Grading a city", [MISSING])]
    notice = Notice.objects.get(kind="curriculum.publish_refused")
    assert notice.member == cast["rui"]
    assert notice.payload == {"page": lesson.pk}
    (line,) = lines(cast["rui"], [notice])
    assert line.shown.words == (
        "“Grading a city” was not published at the time you set. Its page says what is missing."
    )
    page = as_("rui").get(line.shown.url)
    assert "This page was not published at the time you set." in page.text
    assert MISSING in page.text
    history = as_("rui").get(f"/admin/pages/{lesson.pk}/history/").text
    assert "Not published at the time set, because it was not ready" in history
    assert MISSING in history


def test_the_page_stops_saying_so_once_a_newer_draft_is_saved(as_, lesson, fact):
    scheduled_by_rui(as_, lesson)
    fact.delete()
    clock(TOMORROW * 2)
    rui = as_("rui")

    rui.post(edit_address(lesson), typed(rui, lesson, ("markdown", "It was so [@RL04].")))

    assert "was not published at the time" not in rui.get(edit_address(lesson)).text


def test_who_no_longer_edits_is_shown_nothing(as_, cast, lesson, fact):
    scheduled_by_rui(as_, lesson)
    fact.delete()
    clock(TOMORROW * 2)
    notice = Notice.objects.get(kind="curriculum.publish_refused")

    assert lines(cast["dev"], [notice]) == []
    ModulePage.objects.get(slug="how-redlining-worked").openings.all().delete()
    LessonPage.objects.get(pk=lesson.pk).delete()
    assert lines(cast["rui"], [notice]) == []


def test_only_who_can_set_a_date_is_asked_how_to_be_told(as_, cast):
    address = "/account/notices/preferences/"

    assert "Pages that you scheduled" in as_("rui").get(address).text
    assert "Pages that you scheduled" not in as_("dev").get(address).text


def test_showing_many_refusals_asks_once(cast, lesson, django_assert_num_queries):
    pages = LessonPage.objects.values_list("pk", flat=True)[:3]
    kind = "curriculum.publish_refused"
    notices = [notify(member=cast["rui"], kind=kind, payload={"page": page}) for page in pages]
    lines(cast["rui"], notices[:1])
    for some in (notices[:1], notices):
        with django_assert_num_queries(1):
            assert len(lines(cast["rui"], some)) == len(some)


def test_the_worker_looks_each_minute_with_one_question(lesson, django_assert_num_queries):
    with django_assert_num_queries(1):
        publish_due(now=timezone.now())

    now = timezone.now()
    first = do_due_chores(now)
    soon = [do_due_chores(now + timedelta(seconds=after)) for after in (30, 60)]

    assert "every_minute" in first
    assert soon == [[], ["every_minute"]]


def test_the_command_goes_on_after_a_refusal_and_says_what_it_did(as_, lesson, fact):
    scheduled_by_rui(as_, lesson)
    other = with_blocks(LessonPage.objects.get(slug="taken-twice"))
    good = other.save_revision()
    Revision.objects.filter(pk=good.pk).update(approved_go_live_at=timezone.now())
    fact.delete()
    said = StringIO()

    with time_machine.travel(timezone.now() + TOMORROW * 2):
        call_command("publish_scheduled", stdout=said)

    assert said.getvalue().splitlines() == [
        f"published: {other.title}", "stays a draft: Grading a city", f"  {MISSING}",
    ]  # fmt: skip
    assert PageLogEntry.objects.filter(action="wagtail.publish.scheduled").count() == 1


def test_the_command_says_when_nothing_is_due(cast, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("publish_scheduled")

    assert ended.value.code == 2
    assert capsys.readouterr().out == "Nothing is due.\n"

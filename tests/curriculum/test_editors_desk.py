"""Rui edits and publishes, Ana publishes, nobody else does; what the clock refused waits on the editors' first page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from curriculum.models import LessonPage
from curriculum.schedule import publish_due
from tests.curriculum.editing import draft_of, edit_address, short_lesson, typed, with_blocks

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TOLD = "Not published at the time you set"


@pytest.fixture
def lesson(cast):
    return LessonPage.objects.get(slug="grading-a-city")


def refused(lesson):
    """A draft that was due a minute ago and is not ready, after the clock has looked at it."""
    unready = with_blocks(short_lesson(), {"type": "heading", "value": " "})
    revision = unready.save_revision(clean=False)
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    publish_due(now=timezone.now())


@pytest.mark.parametrize("person", ["rui", "ana"])
def test_an_editor_and_the_backbone_publish(as_, lesson, person):
    client = as_(person)
    form = typed(client, lesson, ("markdown", f"By {person} [@RL04]."))

    client.post(edit_address(lesson), {**form, "action-publish": "1"})

    assert LessonPage.objects.get(pk=lesson.pk).body[0].value == f"By {person} [@RL04]."


@pytest.mark.parametrize("person", ["dev", "mo", "jo"])
def test_a_member_or_a_facilitator_does_not(as_, lesson, person):
    form = typed(as_("rui"), lesson, ("markdown", "Not mine [@RL04]."))
    client = as_(person)

    answer = client.post(edit_address(lesson), {**form, "action-publish": "1"})

    assert answer.status_code == 403
    assert draft_of(lesson).body[0].value != "Not mine [@RL04]."


def test_a_gate_is_typed_in_the_form_like_any_other_text(as_, lesson):
    rui = as_("rui")
    reason = "It begins where the other ends."
    form = typed(rui, lesson, ("markdown", "It was so [@RL04]."), gate_reason=reason)

    rui.post(edit_address(lesson), {**form, "action-publish": "1"})

    assert LessonPage.objects.get(pk=lesson.pk).gate_reason == reason
    page = rui.get(edit_address(lesson)).text
    assert "Ask readers to finish the lesson before this one first, because …" in page


def test_what_the_clock_refused_waits_on_the_first_page_until_it_is_mended(as_, lesson):
    rui = as_("rui")
    before = rui.get("/admin/").text
    refused(lesson)

    page = rui.get("/admin/").text

    assert TOLD not in before
    assert TOLD in page
    assert f'<a href="{edit_address(lesson)}">Grading a city</a>' in page
    short_lesson().save_revision()
    assert TOLD not in rui.get("/admin/").text


def test_a_page_that_was_never_out_is_told_of_as_well(as_, lesson):
    lesson.unpublish()
    refused(lesson)

    assert TOLD in as_("ana").get("/admin/").text


def test_the_second_of_two_editors_loses_no_block_and_overwrites_none_unseen(as_, lesson):
    ana, rui = as_("ana"), as_("rui")
    hers = typed(
        ana, lesson, ("markdown", "By Ana [@RL04]."), ("reflection", {"text": "Ana asks?"})
    )
    his = typed(rui, lesson, ("markdown", "By Rui [@RL04]."), ("discussion", {"text": "Rui asks?", "place": "cohort"}))  # fmt: skip

    ana.post(edit_address(lesson), hers)
    answer = rui.post(edit_address(lesson), his)

    assert "Ana Reyes saved this page after you had opened it." in answer.text
    assert "Rui asks?" in answer.text
    assert [part.block_type for part in draft_of(lesson).body] == ["markdown", "reflection"]
    seen = LessonPage.objects.get(pk=lesson.pk).get_latest_revision()
    again = {
        "told_of": answer.context["form"].data["told_of"],
        "loaded_revision_id": seen.pk,
        "loaded_revision_created_at": seen.created_at.isoformat(),
    }
    rui.post(edit_address(lesson), {**his, **again})
    assert [part.block_type for part in draft_of(lesson).body] == ["markdown", "discussion"]

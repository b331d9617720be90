"""Rui and Ana at the same page or fact at once: nobody writes over what they have not seen."""

import pytest

from curriculum.models import Fact, LessonPage
from tests.curriculum.editing import draft_of, edit_address, short_lesson, typed

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def lesson(cast):
    lesson = short_lesson()
    lesson.save_revision(user=cast["rui"])
    return lesson


def words_of(lesson):
    return draft_of(lesson).body[0].value


def again(answer, form):
    """What the browser sends from the page that came back."""
    opened = {
        "loaded_revision_id": answer.context["page"].latest_revision_id,
        "loaded_revision_created_at": answer.context["loaded_revision_created_at"],
    }
    return {**form, **opened, "told_of": answer.context["form"]["told_of"].value()}


def test_the_second_to_save_is_told_keeps_the_words_and_decides(as_, lesson):
    rui, ana = as_("rui"), as_("ana")
    by_rui = typed(rui, lesson, ("markdown", "Rui’s words [@RL04]."))
    by_ana = typed(ana, lesson, ("markdown", "Ana’s words [@RL04]."))
    ana.post(edit_address(lesson), by_ana)

    refused = rui.post(edit_address(lesson), by_rui)

    assert "Ana Reyes saved this page after you had opened it." in refused.text
    assert "Rui’s words" in str(refused.context["form"]["body"].value().raw_data)
    assert words_of(lesson) == "Ana’s words [@RL04]."
    saved = rui.post(edit_address(lesson), again(refused, by_rui))
    assert saved.status_code == 302
    assert words_of(lesson) == "Rui’s words [@RL04]."


def test_publishing_over_somebody_elses_draft_is_refused_too(as_, lesson):
    rui, ana = as_("rui"), as_("ana")
    by_rui = typed(rui, lesson, ("markdown", "Rui’s words [@RL04]."))
    ana.post(edit_address(lesson), typed(ana, lesson, ("markdown", "Ana’s words [@RL04].")))

    refused = rui.post(edit_address(lesson), {**by_rui, "action-publish": "1"})

    assert "Ana Reyes saved this page" in refused.text
    assert "words" not in str(LessonPage.objects.get(pk=lesson.pk).body[0].value)


def test_a_third_who_saves_between_is_told_of_as_well(as_, lesson):
    rui, ana, lena = as_("rui"), as_("ana"), as_("lena")
    by_rui = typed(rui, lesson, ("markdown", "Rui’s words [@RL04]."))
    ana.post(edit_address(lesson), typed(ana, lesson, ("markdown", "Ana’s words [@RL04].")))
    refused = rui.post(edit_address(lesson), by_rui)
    lena.post(edit_address(lesson), typed(lena, LessonPage.objects.get(pk=lesson.pk), ("markdown", "Lena’s words [@RL04].")))  # fmt: skip

    answer = rui.post(edit_address(lesson), again(refused, by_rui))

    assert "Lena Kowalski saved this page" in answer.text
    assert words_of(lesson) == "Lena’s words [@RL04]."


def test_while_one_decides_nothing_is_saved_by_itself(as_, lesson):
    rui, ana = as_("rui"), as_("ana")
    by_rui = typed(rui, lesson, ("markdown", "Rui’s words [@RL04]."))
    ana.post(edit_address(lesson), typed(ana, lesson, ("markdown", "Ana’s words [@RL04].")))
    refused = rui.post(edit_address(lesson), by_rui)

    by_itself = rui.post(
        edit_address(lesson), again(refused, by_rui), headers={"Accept": "application/json"}
    )

    assert by_itself.status_code == 400
    assert by_itself.json()["error_code"] == "invalid_revision"
    assert words_of(lesson) == "Ana’s words [@RL04]."


def test_ones_own_second_save_is_no_conflict(as_, lesson):
    rui = as_("rui")
    form = typed(rui, lesson, ("markdown", "First [@RL04]."))
    rui.post(edit_address(lesson), form)

    saved = rui.post(edit_address(lesson), {**form, "body-0-value": "Second [@RL04]."})

    assert saved.status_code == 302
    assert words_of(lesson) == "Second [@RL04]."


@pytest.mark.parametrize("wrong", [{"loaded_revision_id": "x"}, {"loaded_revision_id": "9" * 30}, {"loaded_revision_created_at": "2026-13-45T99:00"}, {"loaded_revision_created_at": "2026-11-24T09:00"}])  # fmt: skip
def test_a_form_that_was_tampered_with_is_no_error_page(as_, lesson, wrong):
    rui = as_("rui")
    form = typed(rui, lesson, ("markdown", "Words [@RL04]."))

    assert rui.post(edit_address(lesson), {**form, **wrong}).status_code == 302


FACT = "/admin/snippets/curriculum/fact/edit/{}/"


def opened(client, fact, **changes):
    """What a browser sends from the form of a fact that was opened now."""
    form = client.get(FACT.format(fact.pk)).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | changes


def test_two_who_correct_a_fact_both_see_what_the_other_saved(as_, cast):
    fact = Fact.objects.get(key="RL12")
    rui, ana = as_("rui"), as_("ana")
    by_rui = opened(rui, fact, statement="Rui’s sentence.")
    by_ana = opened(ana, fact, statement="Ana’s sentence.", confidence="low")
    ana.post(FACT.format(fact.pk), by_ana)

    refused = rui.post(FACT.format(fact.pk), by_rui)

    assert "Ana Reyes saved this fact after you had opened it." in refused.text
    assert "Ana Reyes saved here meanwhile: “Ana’s sentence.”" in refused.text
    assert "Ana Reyes saved here meanwhile: “Low”" in refused.text
    assert refused.context["form"]["statement"].value() == "Rui’s sentence."
    assert Fact.objects.get(pk=fact.pk).statement == "Ana’s sentence."
    form = refused.context["form"]
    saved = rui.post(FACT.format(fact.pk), {**by_rui, "opened_at": form["opened_at"].value()})
    assert saved.status_code == 302
    assert Fact.objects.get(pk=fact.pk).statement == "Rui’s sentence."


def test_what_the_loader_wrote_meanwhile_is_shown_too(as_, cast):
    fact = Fact.objects.get(key="RL12")
    rui = as_("rui")
    by_rui = opened(rui, fact, statement="Rui’s sentence.")
    fact.statement = "The file’s sentence."
    fact.save()

    refused = rui.post(FACT.format(fact.pk), by_rui)

    assert "Somebody saved here meanwhile: “The file’s sentence.”" in refused.text


def test_two_who_saved_the_same_are_not_stopped(as_, cast):
    fact = Fact.objects.get(key="RL12")
    rui, ana = as_("rui"), as_("ana")
    by_rui = opened(rui, fact, statement="One sentence.")
    ana.post(FACT.format(fact.pk), by_rui)

    assert rui.post(FACT.format(fact.pk), by_rui).status_code == 302

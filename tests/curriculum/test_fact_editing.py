"""Rui corrects facts: readers are told, what is cited stays, what is due for a check is seen."""

from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError

from curriculum.actions import mark_done
from curriculum.loader.facts import COLUMNS, load_facts
from curriculum.models import Edition, Fact
from tests.curriculum.editing import numbers_of, publish, short_lesson, with_blocks
from tests.curriculum.test_facts import ROW, csv_file

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LIST = "/admin/snippets/curriculum/fact/"


@pytest.fixture
def fact(cast):
    fact = Fact(**ROW | {"checked_on": date(2026, 1, 1), "check_again_on": date(2036, 1, 1)})
    fact.save()
    return fact


@pytest.fixture
def lesson(fact):
    """A published lesson that says the fact."""
    return publish(with_blocks(short_lesson(), {"type": "markdown", "value": "We say: [=XX01]"}))


def typed_fact(fact, **changes):
    return {name: getattr(fact, name) for name in COLUMNS} | changes


def test_who_had_finished_is_shown_the_corrected_sentence(as_, cast, lesson, fact):
    mark_done(lesson=lesson, by=cast["dev"])

    as_("rui").post(f"{LIST}edit/{fact.pk}/", typed_fact(fact, statement="The bridge was for few."))

    page = as_("dev").get("/learn/how-redlining-worked/grading-a-city/").text
    assert numbers_of(lesson) == [1, 2, 3]
    assert "since you finished" in page
    assert "<del>We say: The bridge was for all (medium confidence).</del>" in page
    assert "<ins>We say: The bridge was for few (medium confidence).</ins>" in page
    assert page.count("Changed since you finished") == 1


def test_a_doubt_is_a_change_and_a_new_source_is_none(lesson, fact):
    fact.source_title = "Another book"
    fact.save()
    assert numbers_of(lesson) == [1, 2]

    fact.confidence = "low"
    fact.save()

    assert numbers_of(lesson) == [1, 2, 3]
    last = Edition.objects.filter(lesson_key=lesson.translation_key).last()
    assert last.texts[1][1] == "We say: The bridge was for all (low confidence)."


def test_a_card_changes_with_its_figure(fact):
    lesson = publish(with_blocks(short_lesson(), {"type": "fact", "value": {"fact": fact.pk}}))

    fact.figure = "4"
    fact.save()

    last = Edition.objects.filter(lesson_key=lesson.translation_key).last()
    assert (last.number, last.texts[1][1]) == (
        3, "4 bridges.\nThe bridge was for all (medium confidence).",
    )  # fmt: skip


def test_a_lesson_that_only_names_it_as_a_source_says_what_it_said(fact):
    lesson = publish(with_blocks(short_lesson(), {"type": "markdown", "value": "So it was [@XX01]."}))  # fmt: skip

    fact.statement = "The bridge was for few."
    fact.save()

    assert numbers_of(lesson) == [1, 2]


def test_a_lesson_that_is_no_longer_published_gets_no_edition(lesson, fact):
    lesson.unpublish()

    fact.statement = "The bridge was for few."
    fact.save()

    assert numbers_of(lesson) == [1, 2]


def test_the_historians_file_writes_editions_as_the_editor_does(tmp_path, cast):
    load_facts(csv_file(tmp_path, ROW))
    lesson = publish(with_blocks(short_lesson(), {"type": "markdown", "value": "[=XX01]"}))

    load_facts(csv_file(tmp_path, {**ROW, "statement": "The bridge was for few."}))

    assert numbers_of(lesson) == [1, 2, 3]


def test_a_cited_fact_is_deleted_neither_alone_nor_in_bulk(as_, lesson, fact):
    other = Fact.objects.create(**ROW | {"key": "XX02", "checked_on": date(2026, 1, 1), "check_again_on": date(2036, 1, 1)})  # fmt: skip
    rui = as_("rui")

    alone = rui.post(f"{LIST}delete/{fact.pk}/", follow=True)
    many = rui.post(f"/admin/bulk/curriculum/fact/delete/?id={fact.pk}&id={other.pk}", follow=True)

    words = "XX01 was not deleted, because lessons cite it: Grading a city."
    assert [words in page.text for page in (alone, many)] == [True, True]
    assert sorted(Fact.objects.filter(key__startswith="XX").values_list("key", flat=True)) == ["XX01", "XX02"]  # fmt: skip
    with pytest.raises(ProtectedError, match=r"XX01 is cited in: Grading a city\."):
        Fact.objects.filter(key__startswith="XX").delete()


def test_a_fact_that_nothing_cites_is_deleted(as_, fact):
    as_("rui").post(f"{LIST}delete/{fact.pk}/")

    assert not Fact.objects.filter(pk=fact.pk).exists()


def test_the_key_of_a_cited_fact_stays(as_, lesson, fact):
    rui = as_("rui")

    page = rui.get(f"{LIST}edit/{fact.pk}/")
    rui.post(f"{LIST}edit/{fact.pk}/", typed_fact(fact, key="XX09", unit="spans"))

    assert "1 lesson cites this key, so it stays." in page.text
    fact.refresh_from_db()
    assert (fact.key, fact.unit) == ("XX01", "spans")


def test_the_key_of_a_fact_that_nothing_cites_can_be_corrected(as_, fact):
    as_("rui").post(f"{LIST}edit/{fact.pk}/", typed_fact(fact, key="XX09"))

    assert Fact.objects.get(pk=fact.pk).key == "XX09"


def test_where_it_is_used_leads_to_the_lessons(as_, lesson, fact):
    usage = as_("rui").get(f"{LIST}usage/{fact.pk}/")

    assert f"/admin/pages/{lesson.pk}/edit/" in usage.text
    assert "Grading a city" in usage.text
    assert len(usage.context["object_list"]) == 1


def test_what_the_loader_wrote_is_known_as_used(as_, cast):
    fact = Fact.objects.get(key="RL12")

    usage = as_("rui").get(f"{LIST}usage/{fact.pk}/")

    assert [title in usage.text for title in fact.used_in_titles.split(", ")] == [True] * 3
    assert len(usage.context["object_list"]) == 3


def test_facts_past_their_check_wait_on_the_first_page_of_the_admin(as_, fact):
    rui = as_("rui")
    assert "past its check" not in rui.get("/admin/").text
    yesterday = date.today() - timedelta(days=1)
    Fact.objects.filter(pk=fact.pk).update(checked_on=date(2020, 1, 1), check_again_on=yesterday)

    page = rui.get("/admin/").text

    assert "1 fact is past its check" in page
    address = f"{LIST}?check_again_on__lte={yesterday.isoformat()}"
    assert address in page
    assert [row.key for row in rui.get(address).context["object_list"]] == ["XX01"]


def test_a_fact_due_today_is_not_past(as_, fact):
    Fact.objects.filter(pk=fact.pk).update(checked_on=date(2020, 1, 1), check_again_on=date.today())

    assert "past its check" not in as_("rui").get("/admin/").text

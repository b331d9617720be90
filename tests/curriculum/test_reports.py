"""The reports of editors: what each lists, by what words, what a spreadsheet of it holds, and who opens it."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from curriculum.models import Fact, Finding, LessonPage, LinkCheck
from tests.curriculum.editing import edit_address, publish

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

REPORTS = ("unchecked-lessons", "unused-facts", "claims", "broken-links", "broken-fact-links")
LONG_AGO = timezone.now() - timedelta(days=366)


def report(client, name, **asked):
    return client.get(f"/admin/reports/{name}/", asked)


def rows(client, name, **asked):
    """What the report lists, by its first column."""
    page = report(client, name, **asked)
    first = page.context["view"].list_export[0]
    return [getattr(row, first) for row in page.context["object_list"]]


def exported(client, name):
    text = b"".join(report(client, name, export="csv").streaming_content).decode()
    return list(csv.reader(io.StringIO(text)))


def lesson_of(*texts, slug="grading-a-city"):
    """A published lesson of these paragraphs."""
    lesson = LessonPage.objects.get(slug=slug)
    body = LessonPage._meta.get_field("body")
    lesson.body = body.to_python([{"type": "markdown", "value": text} for text in (*texts, "So it was [@RL04].")])  # fmt: skip
    return publish(lesson)


@pytest.fixture
def rui(as_):
    return as_("rui")


class TestLessonsWithoutACheck:
    def test_the_starter_was_checked_this_year(self, rui):
        assert rows(rui, "unchecked-lessons") == []

    def test_an_old_check_of_a_fact_lists_the_lessons_that_cite_it(self, rui):
        lesson = lesson_of("One.")
        Fact.objects.filter(key="RL04").update(checked_on=LONG_AGO.date())

        listed = report(rui, "unchecked-lessons").context["object_list"]

        assert lesson in list(listed)
        assert {lesson.oldest_check for lesson in listed} == {LONG_AGO.date()}
        cited = {c.lesson_id for c in Fact.objects.get(key="RL04").used_in()}
        assert {lesson.pk for lesson in listed} == cited

    def test_a_text_that_was_not_published_for_a_year_is_listed(self, rui):
        LessonPage.objects.filter(slug="taken-twice").update(last_published_at=LONG_AGO)

        assert rows(rui, "unchecked-lessons") == ["Taken twice: contracts, clearance and highways"]
        assert rows(rui, "unchecked-lessons", because="text") == ["Taken twice: contracts, clearance and highways"]  # fmt: skip
        assert rows(rui, "unchecked-lessons", because="facts") == []

    def test_a_year_ago_to_the_day_is_in_time_and_a_draft_is_nobodys_reading(self, rui):
        """By the clock of the editors' area, which Wagtail sets to the site's."""
        today = datetime.now(UTC).date()
        Fact.objects.update(checked_on=today - timedelta(days=365))
        assert rows(rui, "unchecked-lessons") == []
        Fact.objects.update(checked_on=today - timedelta(days=366))
        for lesson in LessonPage.objects.all():
            lesson.unpublish()
        assert rows(rui, "unchecked-lessons") == []


class TestUnusedFacts:
    def test_a_fact_is_listed_while_no_published_lesson_cites_it(self, rui):
        before = rows(rui, "unused-facts")
        fact = Fact.objects.get(key="RL04")
        fact.pk, fact.key = None, "ZZ01"
        fact.save()

        assert rows(rui, "unused-facts") == [*before, "ZZ01"]
        lesson_of("It was [@ZZ01].")
        assert "ZZ01" not in rows(rui, "unused-facts")
        LessonPage.objects.get(slug="grading-a-city").unpublish()
        assert "ZZ01" in rows(rui, "unused-facts")

    def test_the_filter_is_how_sure_we_are(self, rui):
        low = set(Fact.objects.filter(confidence="low").values_list("key", flat=True))

        assert set(rows(rui, "unused-facts", confidence="low")) <= low
        assert rows(rui, "unused-facts", confidence="'") == rows(rui, "unused-facts")


class TestClaims:
    def test_a_figure_in_a_paragraph_without_a_citation_is_listed_by_sentence(self, rui):
        Finding.objects.all().delete()
        lesson_of(
            "Words alone. In 1937 it began. Half of it, or 50%, was D.\n\n- Ten percent\n- none",
            "It was 31 percent [@RL04]. In 1940 it was 12.",
        )

        listed = report(rui, "claims").context["object_list"]

        assert [row.words for row in listed] == ["In 1937 it began.", "Half of it, or 50%, was D.", "- Ten percent"]  # fmt: skip
        assert {row.where for row in listed} == {"Part 1 (Markdown)"}

    def test_questions_headings_quotations_and_what_has_a_source_of_its_own_claim_nothing(
        self, rui
    ):
        Finding.objects.all().delete()
        lesson = LessonPage.objects.get(slug="grading-a-city")
        lesson.body = LessonPage._meta.get_field("body").to_python(
            [
                {"type": "heading", "value": "The 1930s"},
                {"type": "reflection", "value": {"text": "What did 1937 mean?"}},
                {"type": "quotation", "value": {"text": "In 1937.", "attribution": "1937", "source": "RL04"}},
                {"type": "chart", "value": {
                    "title": "Houses in 1937", "kind": "bar", "unit": "houses", "csv": "Bank,1937\nNorth,2\nSouth,3", "source": "RL04",
                    "year": "1937", "method": "Counted.", "not_collected": "The east bank.",
                }},
            ]
        )  # fmt: skip
        publish(lesson)

        assert rows(rui, "claims") == []

    def test_another_edition_takes_the_place_of_the_first(self, rui):
        Finding.objects.all().delete()
        lesson_of("In 1937 it began.")

        lesson_of("It began.")

        assert rows(rui, "claims") == []

    def test_the_filter_is_the_lesson(self, rui):
        Finding.objects.all().delete()
        lesson_of("In 1937 it began.")
        other = lesson_of("In 1938 it went on.", slug="taken-twice")

        assert rows(rui, "claims", lesson=other.pk) == ["In 1938 it went on."]
        assert len(rows(rui, "claims", lesson="no number")) == 2
        assert len(rows(rui, "claims", p="-9")) == 2


class TestBrokenLinks:
    def test_the_starter_leads_nowhere_that_is_not_there(self, rui):
        assert rows(rui, "broken-links") == []

    def test_what_is_unpublished_or_unknown_is_listed_with_what_is_wrong(self, rui):
        lesson_of(
            "[the map](/learn/how-redlining-worked/grading-a-city/map/) and [two](/learn/no-such-module/) and "
            "[a term](/glossary/no-such-term/) and [search](/search/) and [nothing](/no-such-page/) and "
            "[the next](/learn/how-redlining-worked/taken-twice/) and [mail](mailto:a@example.org)."
        )
        nothing = "Nothing is published at this address."

        listed = report(rui, "broken-links").context["object_list"]
        assert [(row.words, row.trouble) for row in listed] == [
            ("two", nothing), ("a term", nothing), ("nothing", nothing)
        ]  # fmt: skip
        LessonPage.objects.get(slug="taken-twice").unpublish()
        assert rows(rui, "broken-links") == ["two", "a term", "nothing", "the next"]

    def test_a_link_to_a_page_by_its_number_follows_it_and_ends_with_it(self, rui):
        lesson = LessonPage.objects.get(slug="grading-a-city")
        target = LessonPage.objects.get(slug="taken-twice")
        html = f'<p>See <a linktype="page" id="{target.pk}">the <b>third</b></a>. So it was [@RL04].</p>'
        lesson.body = LessonPage._meta.get_field("body").to_python([{"type": "rich_text", "value": html}])  # fmt: skip
        publish(lesson)

        target.slug = "elsewhere"
        target = publish(target)
        assert rows(rui, "broken-links") == []
        target.unpublish()
        assert rows(rui, "broken-links") == ["the third"]

    def test_what_another_site_answered_is_told(self, rui):
        lesson_of("[a report](https://gone.example/a) and [another](https://here.example/).")
        LinkCheck.objects.create(address="https://gone.example/a", checked_at=timezone.now(), trouble="It answered 404.")  # fmt: skip
        LinkCheck.objects.create(address="https://here.example/", checked_at=timezone.now())

        (row,) = report(rui, "broken-links").context["object_list"]

        assert (row.words, row.trouble) == ("a report", "It answered 404.")

    def test_a_fact_whose_source_is_gone_has_a_list_of_its_own(self, rui):
        fact = Fact.objects.exclude(source_url="").first()
        LinkCheck.objects.create(address=fact.source_url, checked_at=timezone.now(), trouble="It answered 410.")  # fmt: skip
        same = set(Fact.objects.filter(source_url=fact.source_url).values_list("key", flat=True))

        assert set(rows(rui, "broken-fact-links")) == same
        assert "It answered 410." in report(rui, "broken-fact-links").text


class TestSpreadsheets:
    EVIL = "=cmd|' /C calc'!A0 in 1937."

    def test_a_formula_is_a_text_in_both_formats(self, rui):
        Finding.objects.all().delete()
        lesson_of(self.EVIL, "+1 and 1937.", "@sum 1937.")

        cells = [row[0] for row in exported(rui, "claims")]
        answer = report(rui, "claims", export="xlsx")
        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active

        assert cells == ["Sentence", f"'{self.EVIL}", "'+1 and 1937.", "'@sum 1937."]
        assert [row[0].value for row in sheet.iter_rows()] == cells
        assert {row[0].data_type for row in sheet.iter_rows()} == {"s"}

    @pytest.mark.parametrize("name", REPORTS)
    def test_each_has_one_with_its_headings(self, rui, name):
        Fact.objects.update(checked_on=date(2020, 1, 1))
        lesson_of("In 1937 [it](/no-such-page/) began.")
        LinkCheck.objects.create(address=Fact.objects.exclude(source_url="").first().source_url, checked_at=timezone.now(), trouble="Gone.")  # fmt: skip

        found = exported(rui, name)

        assert len(found) > 1
        assert "" not in found[0]
        disposition = report(rui, name, export="csv").headers["Content-Disposition"]
        assert disposition == f'attachment; filename="{name}.csv"'


@pytest.mark.parametrize("name", REPORTS)
def test_each_says_what_it_lists_and_the_menu_leads_there(rui, name):
    page = report(rui, name)

    assert str(page.context["explanation"])[:40] in page.text
    assert f"/admin/reports/{name}/" in rui.get("/admin/").text


def test_a_row_leads_to_the_place_where_it_is_put_right(rui):
    Finding.objects.all().delete()
    lesson = lesson_of("In 1937 it began.")

    assert f'href="{edit_address(lesson)}"' in report(rui, "claims").text


@pytest.mark.parametrize("name", REPORTS)
def test_each_asks_as_often_for_one_row_as_for_three(rui, name, django_assert_num_queries):
    Finding.objects.all().delete()
    expected = {"unchecked-lessons": 13, "unused-facts": 12, "claims": 13, "broken-links": 18, "broken-fact-links": 12}  # fmt: skip
    report(rui, name)
    for times in (1, 3):
        for slug in ("grading-a-city", "taken-twice", "underwriting-by-race")[:times]:
            lesson_of(f"In 1937 [it](/no-such-{slug}/) began.", slug=slug)
            LessonPage.objects.filter(slug=slug).update(last_published_at=LONG_AGO)
        addresses = Fact.objects.exclude(source_url="").values_list("source_url", flat=True)
        for address in sorted(set(addresses))[:times]:
            LinkCheck.objects.update_or_create(address=address, defaults={"checked_at": timezone.now(), "trouble": "Gone."})  # fmt: skip
        report(rui, name)
        with django_assert_num_queries(expected[name]):
            report(rui, name)


def test_who_is_no_staff_finds_none(as_, nobody):
    for name in REPORTS:
        assert report(as_("dev"), name).status_code == 403
        assert report(nobody, name).status_code == 302
        for person in ("ana", "rui", "gus"):
            assert report(as_(person), name).status_code == 200


def test_a_lesson_that_is_deleted_takes_its_findings_along(rui):
    lesson = lesson_of("In 1937 it began.")
    lesson.delete()

    assert not Finding.objects.filter(lesson_id=lesson.pk).exists()

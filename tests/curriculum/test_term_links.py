"""Terms inside the lessons: what a page shows, when the worker looks again, and what an editor switches off."""

import re
from uuid import uuid4

import pytest
from django.db.models import ProtectedError
from wagtail.models import Locale

from core.content import current_version
from curriculum.glossary.actions import adopt_proposal, propose_retirement, propose_wording
from curriculum.glossary.linking import working
from curriculum.glossary.linking.marking import lessons_holding, take_changed_words
from curriculum.glossary.linking.uses import lessons_using
from curriculum.glossary.linking.working import relink, relink_all
from curriculum.glossary.models import (
    WORDS,
    ChangedWord,
    InForce,
    LessonLinks,
    LessonTerm,
    NotLinked,
    Term,
)
from curriculum.loader.loading import load_folder
from curriculum.models import LessonPage
from curriculum.outline import outline_for
from tests.curriculum.editing import publish, short_lesson, typed
from tests.house.starter import two_modules

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

LESSON = "/learn/how-redlining-worked/grading-a-city/"
ADDRESS = re.compile(r'<a class="term" href="/glossary/([a-z0-9-]+)/">([^<]*)</a>')


@pytest.fixture
def lesson(cast):
    return short_lesson()


def written(lesson, *blocks):
    """The lesson with these blocks, published and gone through. Each is Markdown, or a kind and a value."""
    raw = [
        {"type": "markdown", "value": one, "id": str(uuid4())} if isinstance(one, str)
        else {"type": one[0], "value": one[1], "id": str(uuid4())}
        for one in (*blocks, "So it was [@RL04].")
    ]  # fmt: skip
    lesson.body = LessonPage._meta.get_field("body").to_python(raw)
    lesson = publish(lesson)
    relink_all()
    return lesson


def uses(lesson):
    """The terms that it uses with the word that was found; empty where its editor made the link."""
    return dict(LessonTerm.objects.filter(lesson=lesson).values_list("term__slug", "found"))


def links(client, path=LESSON):
    """What leads to terms on a lesson's page: address and words, in order."""
    return ADDRESS.findall(client.get(path).content.decode())


def notes(client):
    """The terms that the page explains, in order."""
    return re.findall(r'id="term-([a-z0-9-]+)" role', client.get(LESSON).content.decode())


def adopt(cast, words, term=None):
    """Jo proposes and Chioma adopts; returns the term."""
    proposal = propose_wording(words=words, by=cast["jo"], term=term, reason="So that we know.")
    adopt_proposal(proposal=proposal, by=cast["chioma"], seen_revision=1)
    return proposal.term


def retire(cast, slug, replaced_by=None):
    term, other = Term.objects.get(slug=slug), Term.objects.filter(slug=replaced_by).first()
    proposal = propose_retirement(term=term, by=cast["jo"], reason="No.", replaced_by=other)
    adopt_proposal(proposal=proposal, by=cast["chioma"], seen_revision=1)
    return term


class TestALesson:
    def test_the_page_shows_each_link_once_and_what_it_means(self, lesson, nobody):
        written(lesson, "Displacement and then displacement.", "Segregation after displacement.")

        assert links(nobody) == [("displacement", "Displacement"), ("segregation", "Segregation")]
        assert notes(nobody) == ["displacement", "segregation"]

    def test_what_its_editor_linked_counts_wherever_it_stands(self, lesson, nobody):
        lesson = written(lesson, "Displacement first.", "[Being moved](term:displacement) later.")

        assert uses(lesson) == {"displacement": ""}
        assert links(nobody) == [("displacement", "Being moved")]
        assert notes(nobody) == ["displacement"]

    def test_so_does_a_link_in_text_of_the_editor_and_a_card(self, lesson, nobody):
        card = {"term": str(Term.objects.get(slug="segregation").pk)}
        text = '<p><a href="/glossary/displacement/">Moved</a></p>'

        lesson = written(lesson, "Segregation, displacement.", ("rich_text", text), ("term", card))

        assert uses(lesson) == {"segregation": "", "displacement": ""}
        assert links(nobody) == [("displacement", "Moved")]

    def test_headings_quotations_and_questions_stay_as_they_are(self, lesson, nobody):
        said = {"text": "Displacement.", "attribution": "Minutes", "source": "RL04"}

        lesson = written(
            lesson, ("heading", "Displacement"), ("quotation", said), "## Displacement\n\n> Displacement\n\n`displacement`",
            ("reflection", {"text": "What does displacement mean to you?"}),
        )  # fmt: skip

        assert uses(lesson) == {"displacement": "displacement"}
        assert links(nobody) == [("displacement", "displacement")]

    def test_the_second_of_two_that_are_written_alike(self, lesson, nobody):
        written(lesson, "Housing discrimination is discrimination.")

        assert links(nobody) == [("housing-discrimination", "Housing discrimination"), ("discrimination", "discrimination")]  # fmt: skip

    def test_an_alias_and_a_stored_form_lead_to_the_term(self, cast, lesson, nobody):
        adopt(cast, {"language": "en", "name": "Heron watch", "definition": "Looking.", "aliases": ["bird round"], "forms": ["heron watches"]})  # fmt: skip

        lesson = written(lesson, "Our heron watches.")
        assert links(nobody) == [("heron-watch", "heron watches")]

        written(lesson, "A bird round, a heron watch.")
        assert links(nobody) == [("heron-watch", "bird round")]

    def test_a_proposal_links_nothing(self, cast, lesson, nobody):
        propose_wording(words={"language": "en", "name": "Heron", "definition": "A bird."}, by=cast["jo"], reason="So.")  # fmt: skip

        lesson = written(lesson, "A heron.")

        assert uses(lesson) == {}

    def test_spanish_lessons_find_the_words_of_spanish_alone(self, lesson):
        with two_modules(translated=True) as folder:
            load_folder(folder)
        spanish = lesson.get_translation(Locale.objects.get(language_code="es"))

        spanish = written(spanish, "La Discriminación, race y displacement.")

        assert uses(spanish) == {"discrimination": "Discriminación"}

    def test_a_page_that_is_kept_asks_for_nothing(self, lesson, nobody, django_assert_num_queries):
        written(lesson, "Displacement.")
        nobody.get(LESSON)

        with django_assert_num_queries(1):  # the version of what is published
            nobody.get(LESSON)

    def test_where_a_term_is_used(self, cast, lesson):
        written(lesson, "Displacement.")
        lines = lessons_using(Term.objects.get(slug="displacement"), outline_for(cast["dev"]))

        assert LESSON in [line.url for line in lines]
        assert lessons_using(Term.objects.get(slug="assimilation"), outline_for(cast["dev"])) == []

    def test_a_term_in_use_cannot_be_deleted(self, lesson):
        lesson = written(lesson, "Displacement.")
        term = Term.objects.get(slug="displacement")

        with pytest.raises(ProtectedError):
            term.delete()

        assert Term.objects.get(pk=term.pk).uses.filter(lesson=lesson).exists()


class TestChanges:
    def test_a_new_wording_shows_on_the_next_load(self, cast, lesson, nobody):
        written(lesson, "Displacement.")
        before = current_version()
        row = InForce.objects.get(term__slug="displacement", language="en")
        words = {name: getattr(row.version, name) for name in WORDS}
        nobody.get(LESSON)

        adopt(cast, words | {"definition": "Having to go & not wanting to."}, row.term)

        assert current_version() != before
        assert "Having to go &amp; not wanting to." in nobody.get(LESSON).content.decode()
        assert not LessonLinks.objects.filter(stale=True).exists()  # its words stayed the same

    def test_an_adopted_word_marks_only_the_lessons_that_hold_it(self, cast, lesson):
        lesson = written(lesson, "A heron stood there.")
        adopt(cast, {"language": "en", "name": "Heron", "definition": "A bird."})

        assert take_changed_words() == 1

        assert list(LessonLinks.objects.filter(stale=True).values_list("lesson", flat=True)) == [
            lesson.pk
        ]
        assert relink() == 1
        assert uses(lesson) == {"heron": "heron"}

    def test_a_part_of_a_word_or_another_language_marks_none(self, lesson):
        lesson = written(lesson, "Herons stood there.")

        assert list(lessons_holding(["heron"], "en")) == []
        assert list(lessons_holding(["herons"], "es")) == []
        assert list(lessons_holding(["herons"], "en")) == [lesson.pk]

    def test_a_retired_term_is_not_linked_any_more(self, cast, lesson, nobody):
        lesson = written(lesson, "Displacement.")
        retire(cast, "displacement", "segregation")

        assert links(nobody) == []  # at once, before the worker comes by

        relink()
        assert uses(lesson) == {}

    def test_a_link_to_it_says_what_took_its_place(self, cast, lesson, nobody):
        lesson = written(lesson, "[Moved](term:displacement).")
        retire(cast, "displacement", "segregation")
        relink()

        html = nobody.get(LESSON).content.decode()
        assert uses(lesson) == {"displacement": ""}
        assert notes(nobody) == ["displacement"]
        assert 'We do not use this term any more. Instead: <a href="/glossary/segregation/">Segregation</a>' in html  # fmt: skip

    def test_publishing_marks_the_lesson_alone(self, lesson):
        relink_all()

        lesson = publish(lesson)

        assert list(LessonLinks.objects.filter(stale=True).values_list("lesson", flat=True)) == [
            lesson.pk
        ]

    def test_nothing_new_raises_no_version(self, lesson):
        lesson = written(lesson, "Displacement.")
        publish(lesson)
        before = current_version()

        assert relink() == 1

        assert current_version() == before

    def test_nothing_to_do_costs_two_queries(self, cast, django_assert_num_queries):
        relink_all()

        with django_assert_num_queries(2):
            assert relink() == 0


class TestHalfWay:
    def test_killed_while_it_writes_it_goes_on_and_nothing_is_there_twice(
        self, lesson, monkeypatch
    ):
        relink_all()
        whole = set(LessonTerm.objects.values_list("lesson", "term", "found"))
        LessonTerm.objects.all().delete()
        LessonLinks.objects.update(stale=True)
        write, written_times = working._write, []

        def dies(read, now):
            if written_times:
                raise KeyboardInterrupt
            written_times.append(1)
            write(read, now)

        monkeypatch.setattr(working, "_write", dies)
        monkeypatch.setattr(working, "LESSONS_AT_ONCE", 1)
        with pytest.raises(KeyboardInterrupt):
            relink(seconds=60)
        monkeypatch.undo()
        left = LessonLinks.objects.filter(stale=True).count()

        assert 0 < left == LessonLinks.objects.count() - 1
        relink(seconds=60)
        rows = list(LessonTerm.objects.values_list("lesson", "term", "found"))
        assert set(rows) == whole
        assert len(rows) == len(whole)

    def test_what_is_asked_for_meanwhile_stays_asked_for(self, lesson):
        relink_all()
        lesson = publish(lesson)
        (row,) = working._waiting()
        read = working._read(row)
        publish(lesson)

        working._write([read], lesson.last_published_at)

        assert LessonLinks.objects.get(lesson=lesson).stale

    def test_a_lesson_that_cannot_be_shown_is_not_in_the_way(self, lesson, monkeypatch):
        lesson = written(lesson, "Displacement.")
        LessonLinks.objects.update(stale=True)
        monkeypatch.setattr(
            working, "parts_shown", lambda one: 1 / 0 if one.pk == lesson.pk else []
        )

        relink(seconds=60)

        assert not LessonLinks.objects.filter(stale=True).exists()
        assert uses(lesson) == {"displacement": "Displacement"}

    def test_a_round_that_has_no_time_left_stops(self, cast):
        relink_all()
        LessonLinks.objects.update(stale=True)

        assert relink(seconds=0) == 0


class TestSwitchedOff:
    def test_rui_switches_a_term_off_for_a_page_and_on_again(self, cast, as_, lesson, nobody):
        lesson = written(lesson, "Displacement and segregation.")
        term = Term.objects.get(slug="displacement")
        rui = as_("rui")
        off = {
            "terms_not_linked-TOTAL_FORMS": "1", "terms_not_linked-0-term": str(term.pk), "terms_not_linked-0-id": "",
            "action-publish": "1",
        }  # fmt: skip
        body = (("markdown", "Displacement and segregation [@RL04]."),)

        answer = rui.post(f"/admin/pages/{lesson.pk}/edit/", typed(rui, lesson, *body, **off))

        assert answer.status_code == 302
        assert list(NotLinked.objects.values_list("page", "term__slug")) == [
            (lesson.pk, "displacement")
        ]
        relink_all()
        assert links(nobody) == [("segregation", "segregation")]

    def test_the_same_term_twice_is_said_at_the_form(self, as_, lesson):
        term = str(Term.objects.get(slug="displacement").pk)
        rui = as_("rui")
        off = {
            "terms_not_linked-TOTAL_FORMS": "2", "terms_not_linked-0-term": term, "terms_not_linked-0-id": "",
            "terms_not_linked-1-term": term, "terms_not_linked-1-id": "", "action-publish": "1",
        }  # fmt: skip

        answer = rui.post(
            f"/admin/pages/{lesson.pk}/edit/", typed(rui, lesson, ("markdown", "A [@RL04]."), **off)
        )

        assert answer.status_code == 200
        assert NotLinked.objects.count() == 0

    def test_it_stays_with_revisions_and_goes_along_with_a_translation(self, lesson):
        term = Term.objects.get(slug="displacement")
        lesson.terms_not_linked = [NotLinked(term=term)]
        lesson = written(lesson, "Displacement.")
        lesson = publish(lesson.get_latest_revision_as_object())

        assert [row.term for row in lesson.terms_not_linked.all()] == [term]
        assert uses(lesson) == {}

        spanish, _new = Locale.objects.get_or_create(language_code="es")
        copy = lesson.copy_for_translation(spanish, copy_parents=True)
        assert [row.term for row in copy.terms_not_linked.all()] == [term]

    def test_an_explicit_link_is_the_editors_word(self, lesson, nobody):
        lesson.terms_not_linked = [NotLinked(term=Term.objects.get(slug="displacement"))]
        written(lesson, "Displacement, [moved](term:displacement).")

        assert links(nobody) == [("displacement", "moved")]


def test_words_that_go_are_taken_from_the_list(cast):
    ChangedWord.objects.create(language="en", folded="nothing that stands anywhere")
    take_changed_words()

    assert not ChangedWord.objects.exists()

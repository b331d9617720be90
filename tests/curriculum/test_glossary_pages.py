"""The pages of the glossary: what readers see of what was agreed."""

import re
from datetime import date

import pytest

from curriculum.glossary.actions import (
    adopt_proposal,
)
from curriculum.glossary.differences import pieces
from curriculum.glossary.models import (
    DefinitionRead,
    LessonTerm,
    Proposal,
    Term,
)
from curriculum.models import LessonPage
from tests.curriculum.glossary_hands import (
    in_force,
    new_term,
    page_of,
    proposed,
    queries_of,
)

pytestmark = pytest.mark.django_db


class TestTheIndex:
    def test_a_letter_shows_its_terms_alone(self, nobody, cast):
        page = nobody.get("/glossary/?letter=E").text

        assert ">Equity<" in page
        assert ">Redlining<" not in page

    @pytest.mark.parametrize("typed", ["redlining", "REDLIN", "redlined"])
    def test_a_term_is_found_by_name_part_and_form(self, nobody, cast, typed):
        page = nobody.get("/glossary/", {"q": typed}).text

        assert 'href="/glossary/redlining/"' in page
        assert ">Equity<" not in page

    def test_what_is_not_there_says_so_and_what_was_typed_is_no_markup(self, nobody, cast):
        page = nobody.get("/glossary/", {"q": "<b>zz"}).text

        assert "No word of ours holds these letters." in page
        assert "&lt;b&gt;zz" in page

    def test_the_index_in_spanish_keeps_the_language_in_its_links(self, nobody, cast):
        page = nobody.get("/glossary/?lang=es").text

        assert 'href="/glossary/equity/?lang=es"' in page
        assert in_force(language="es").name in page
        assert "Shared language" in page

    def test_it_takes_the_same_queries_with_any_number_of_terms(self, as_, cast):
        before = queries_of(as_("dev"), "/glossary/")
        for number in range(3):
            adopt_proposal(proposal=new_term(cast["hana"], f"Okapi {number}"), by=cast["ben"], seen_revision=1)  # fmt: skip

        assert queries_of(as_("dev"), "/glossary/") == before

    def test_a_long_index_shows_names_of_one_letter(self, nobody, cast, monkeypatch):
        monkeypatch.setattr("curriculum.glossary.listing.MANY", 3)

        page = nobody.get("/glossary/?letter=R").text

        assert ">Redlining<" in page
        assert in_force("redlining").definition not in page
        assert ">Equity<" not in page
        assert ">Redlining<" not in nobody.get("/glossary/").text

    def test_a_retired_term_stands_apart(self, nobody, cast):
        page = nobody.get("/glossary/").text

        assert ">Assimilation<" not in page.partition("Words that we no longer use")[0]
        assert ">Assimilation<" in page.partition("Words that we no longer use")[2]


class TestATerm:
    def test_it_says_who_adopted_it_when_and_what_was_said_against_it(self, nobody, cast):
        page = nobody.get("/glossary/equity/").text

        assert "Adopted by the Riverton steering committee on Oct. 8, 2026." in page
        assert "version 2" in page
        assert "One member found the rule too strict" in page
        assert "We look at it again by Oct. 8, 2027." in page

    def test_it_is_read_in_another_language_and_links_keep_it(self, nobody, cast):
        page = nobody.get("/glossary/equity/?lang=es").text

        spanish = in_force(language="es")
        assert f'<h1 lang="es">{spanish.name}</h1>' in page
        assert "Adopted by the" in page
        assert 'href="/glossary/equity/versions/?lang=es"' in page
        assert 'href="/glossary/justice/?lang=es"' in page

    def test_a_language_that_does_not_exist_changes_nothing(self, nobody, cast):
        assert '<h1 lang="en">Equity</h1>' in nobody.get("/glossary/equity/?lang=xx%00").text

    def test_another_word_for_it_leads_to_it_for_good(self, nobody, cast):
        answer = nobody.get("/glossary/equitable-outcomes/?lang=es")

        assert (answer.status_code, answer["Location"]) == (301, "/glossary/equity/?lang=es")

    def test_a_retired_term_says_since_when_and_what_took_its_place(self, nobody, cast):
        page = nobody.get("/glossary/assimilation/").text

        assert "The Riverton steering committee retired it on Oct. 8, 2026." in page
        assert 'Instead we say:" ' not in page
        assert 'href="/glossary/othering-and-belonging/"' in page

    def test_it_lists_the_lessons_that_use_it_as_far_as_one_may_open_them(self, nobody, cast):
        term = Term.objects.get(slug="equity")
        LessonTerm.objects.filter(term=term).delete()
        seen = LessonPage.objects.get(slug="grading-a-city", locale__language_code="en")
        shut = LessonPage.objects.get(slug="underwriting-by-race", locale__language_code="en")
        for lesson in (seen, shut):
            LessonTerm.objects.create(lesson=lesson, term=term, found="equity")
        shut.unpublish()

        page = nobody.get("/glossary/equity/").text

        assert seen.title in page
        assert shut.title not in page

    def test_it_takes_the_same_queries_with_one_and_with_three_lessons_and_proposals(
        self, as_, cast
    ):
        term = Term.objects.get(slug="equity")
        LessonTerm.objects.filter(term=term).delete()
        lessons = LessonPage.objects.filter(locale__language_code="en", live=True)[:3]
        counts = []
        for lesson in lessons:
            LessonTerm.objects.create(lesson=lesson, term=term)
            proposed(cast["hana"], example=f"Such as {lesson.pk}.")
            counts.append(queries_of(as_("dev"), "/glossary/equity/"))

        assert len(set(counts)) == 1

    def test_that_one_has_read_it_is_seen_by_oneself_alone(self, as_, cast):
        dev, version = as_("dev"), in_force()
        dev.post("/glossary/equity/read/", {"version": version.pk})
        dev.post("/glossary/equity/read/", {"version": version.pk})

        assert [row.member for row in DefinitionRead.objects.all()] == [cast["dev"]]
        assert "You read this version on" in dev.get("/glossary/equity/").text
        assert "You read this version on" not in as_("hana").get("/glossary/equity/").text

    def test_a_version_of_another_term_is_not_marked(self, as_, cast):
        other = in_force("redlining")

        assert as_("dev").post("/glossary/equity/read/", {"version": other.pk}).status_code == 404


class TestATermThatIsOnlyProposed:
    def test_members_find_its_proposal_and_others_that_it_is_not_agreed(self, as_, nobody, cast):
        proposal = new_term(cast["hana"])

        for_member, for_others = (
            client.get("/glossary/okapi/").text for client in (as_("dev"), nobody)
        )
        assert page_of(proposal) in for_member
        assert "A shy animal." in for_member
        assert "We have not agreed on what it means." in for_others
        assert "A shy animal." not in for_others
        assert "Hana" not in for_others
        assert "okapi" not in nobody.get("/glossary/").text.lower()

    def test_a_draft_is_found_by_its_author_alone(self, as_, nobody, cast):
        proposal = new_term(cast["hana"], draft=True)

        for address in ("/glossary/okapi/", page_of(proposal), "/glossary/okapi/propose/"):
            assert as_("hana").get(address).status_code == 200
            assert as_("dev").get(address).status_code == 404
        assert nobody.get("/glossary/okapi/").status_code == 404

    def test_a_draft_does_not_keep_others_from_proposing_the_word(self, as_, cast):
        new_term(cast["hana"], draft=True)

        answer = as_("dev").post("/glossary/propose/", {"name": "Okapi", "language": "en", "definition": "Striped.", "source_use": "own"})  # fmt: skip

        assert answer.status_code == 302
        assert Proposal.objects.get(definition="Striped.").term.slug == "okapi"

    def test_one_that_was_withdrawn_says_nothing_to_the_signed_out(self, as_, nobody, cast):
        proposal = new_term(cast["hana"])
        as_("hana").post(page_of(proposal, "withdraw/"))

        assert nobody.get("/glossary/okapi/").status_code == 404
        assert as_("dev").get("/glossary/okapi/").status_code == 200


class TestVersions:
    def test_any_two_are_compared_word_by_word(self, nobody, cast):
        adopt_proposal(
            proposal=proposed(cast["hana"], example="A city asks who has no sidewalk."),
            by=cast["ben"], seen_revision=1, dissent="Too short.", next_review_on=date(2028, 1, 31),
        )  # fmt: skip

        page = nobody.get("/glossary/equity/versions/?from=1&to=3").text

        assert re.search(r"<ins>.*Equity, and at once what we will do for whom", page)
        assert re.search(r"<del>.*two neighborhoods rarely get", page)
        assert "Too short." in page
        assert "Jan. 31, 2028" in page
        assert page.count('id="version-') == 3

    @pytest.mark.parametrize("query", ["?from=1&to=9", "?from=x&to=1", "?from=1", "?to=²&from=1"])
    def test_versions_that_there_are_not_are_not_compared(self, nobody, cast, query):
        page = nobody.get(f"/glossary/equity/versions/{query}").text

        assert "difference-title" not in page.partition("</form>")[2]

    def test_each_language_has_its_own(self, nobody, cast):
        page = nobody.get("/glossary/equity/versions/?lang=es").text

        assert in_force(language="es").definition in page
        assert page.count('id="version-') == 1


class TestDifferences:
    def test_words_that_went_and_came_are_told_apart(self):
        found = [(one.kind, one.text.strip()) for one in pieces("We share power.", "We share all power.")]  # fmt: skip

        assert found == [("same", "We share"), ("in", "all"), ("same", "power.")]

    def test_one_word_between_two_changes_belongs_to_them(self):
        found = pieces("Changing who decides here now", "Handing power who live here now")

        assert [(one.kind, one.text.strip()) for one in found] == [
            ("out", "Changing who decides"), ("in", "Handing power who live"), ("same", "here now"),
        ]  # fmt: skip

    def test_blanks_are_no_difference(self):
        assert [one.kind for one in pieces("One  two\nthree", "One two three")] == ["same"]

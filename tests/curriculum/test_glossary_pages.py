"""The pages of the glossary: what readers see of what was agreed, and what members do until it is."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curriculum.glossary.actions import (
    adopt_proposal,
    change_proposal,
    post_comment,
    propose_retirement,
    propose_wording,
    record_meeting,
)
from curriculum.glossary.choices import Outcome, ProposalStatus
from curriculum.glossary.differences import pieces
from curriculum.glossary.models import (
    WORDS,
    Comment,
    DefinitionRead,
    InForce,
    LessonTerm,
    Proposal,
    Term,
    TermVersion,
)
from curriculum.models import LessonPage

pytestmark = pytest.mark.django_db


def in_force(slug="equity", language="en"):
    """The wording that readers see."""
    return InForce.objects.get(term__slug=slug, language=language).version


def proposed(by, slug="equity", **changes):
    """A wording of a term that is proposed: that in force with these changes."""
    version = in_force(slug)
    words = {name: getattr(version, name) for name in WORDS} | changes
    return propose_wording(words=words, by=by, term=version.term, reason="It is shorter.")


def new_term(by, name="Okapi", **more):
    """A term that nobody has agreed on yet."""
    words = {"language": "en", "name": name, "definition": "A shy animal."}
    return propose_wording(words=words, by=by, **more)


def page_of(proposal, act=""):
    """The address of a proposal, or of something that is done with it."""
    return f"/glossary/{proposal.term.slug}/proposals/{proposal.pk}/{act}"


def form_of(version, **changes):
    """What the form of a wording sends."""
    words = {name: getattr(version, name) for name in WORDS} | changes
    return {
        name: "\n".join(value) if isinstance(value, list) else value
        for name, value in words.items()
        if value is not False
    }


def queries_of(client, address):
    """How many queries a page takes, the second time it is asked for."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


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


class TestProposing:
    def test_it_is_made_and_those_who_decide_are_told(self, as_, cast):
        typed = form_of(in_force(), definition="What each needs.") | {"reason": "Shorter."}

        answer = as_("hana").post("/glossary/equity/propose/", typed)

        proposal = Proposal.objects.get(definition="What each needs.")
        assert urlsplit(answer["Location"]).path == page_of(proposal)
        assert (proposal.author, proposal.status) == (cast["hana"], ProposalStatus.OPEN)
        assert proposal.related == in_force().related
        assert in_force().definition != "What each needs."
        assert "waits for you" in as_("ben").get("/glossary/proposals/").text
        assert "waits for you" not in as_("hana").get("/glossary/proposals/").text.partition("Decided")[0]  # fmt: skip

    def test_what_was_typed_stays_and_the_field_says_what_is_wrong(self, as_, cast):
        typed = form_of(in_force(), definition="What each needs.", aliases="redlining", broader="Nosuch")  # fmt: skip

        page = as_("hana").post("/glossary/equity/propose/", typed).text

        assert "“redlining” leads to the term “Redlining” already." in page.replace("&quot;", '"')
        assert "“nosuch” is no term of the glossary." in page
        assert "What each needs." in page
        assert not Proposal.objects.filter(definition="What each needs.").exists()

    def test_a_definition_of_20_000_letters_is_refused_and_kept(self, as_, cast):
        long = "okapi " * 3_400

        page = as_("hana").post("/glossary/equity/propose/", form_of(in_force(), definition=long)).text  # fmt: skip

        assert "2000" in page
        assert long.strip() in page

    def test_markup_is_words(self, as_, cast):
        typed = form_of(in_force(), definition="<script>alert(1)</script> fair")

        answer = as_("hana").post("/glossary/equity/propose/", typed)

        page = as_("dev").get(answer["Location"]).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page

    def test_a_plural_is_proposed_and_not_added(self, as_, cast):
        page = as_("hana").get("/glossary/redlining/propose/").text

        assert "By rule the plural is “Redlinings”" in page
        assert ">\nredlined</textarea>" in page

    def test_other_terms_are_named_by_any_word_that_leads_to_them(self, as_, cast):
        typed = form_of(in_force("redlining"), broader="Equitable outcomes", related="")

        as_("hana").post("/glossary/redlining/propose/", typed)

        assert Proposal.objects.get(term__slug="redlining", status="open").broader == ["equity"]

    def test_a_term_is_proposed_for_retirement(self, as_, cast):
        answer = as_("hana").post("/glossary/redlining/retire/", {"reason": "Unclear.", "replaced_by": "equitable outcomes"})  # fmt: skip

        proposal = Proposal.objects.get(kind="retirement", status="open")
        assert urlsplit(answer["Location"]).path == page_of(proposal)
        assert proposal.replaced_by.slug == "equity"

    def test_sent_twice_it_is_one(self, as_, cast):
        typed = form_of(in_force(), definition="Once.") | {"once": "0b5a7f0e-7f1d-4f55-8f8c-1d8f4f5f1a11"}  # fmt: skip
        hana = as_("hana")

        answers = [hana.post("/glossary/equity/propose/", typed) for _ in range(2)]

        assert answers[0]["Location"] == answers[1]["Location"]
        assert Proposal.objects.filter(definition="Once.").count() == 1


class TestChangingAProposal:
    def test_both_texts_stand_there_when_it_was_changed_elsewhere(self, as_, cast):
        proposal = proposed(cast["hana"], definition="First.")
        words = {name: getattr(proposal, name) for name in WORDS} | {"definition": "Second."}
        change_proposal(proposal=proposal, words=words, seen_revision=1, by=cast["hana"])

        typed = form_of(proposal, definition="Third.") | {"revision": 1}
        answer = as_("hana").post(page_of(proposal, "edit/"), typed)

        assert answer.status_code == 409
        assert "Second" in answer.text
        assert "Third." in answer.text
        again = typed | {"revision": 2}
        assert as_("hana").post(page_of(proposal, "edit/"), again).status_code == 302
        assert Proposal.objects.get(pk=proposal.pk).definition == "Third."

    def test_what_was_typed_is_not_lost_when_it_was_decided_meanwhile(self, as_, cast):
        proposal = proposed(cast["hana"], definition="First.")
        adopt_proposal(proposal=proposal, by=cast["ben"], seen_revision=1)

        answer = as_("hana").post(page_of(proposal, "edit/"), form_of(proposal, definition="Later.") | {"revision": 1})  # fmt: skip

        assert answer.status_code == 409
        assert "Later." in answer.text
        assert 'action="/glossary/equity/propose/"' in answer.text

    def test_only_its_author_changes_it_and_takes_it_back(self, as_, cast):
        proposal = proposed(cast["hana"], definition="First.")

        for name in ("dev", "ben", "ana", "rui", "gus"):
            for act in ("edit/", "withdraw/", "open/"):
                assert as_(name).post(page_of(proposal, act)).status_code == 403
        assert as_("hana").post(page_of(proposal, "withdraw/")).status_code == 302
        assert Proposal.objects.get(pk=proposal.pk).status == ProposalStatus.WITHDRAWN


class TestTalkingAboutIt:
    def test_open_comments_come_first_and_are_settled_by_who_may(self, as_, cast):
        proposal = proposed(cast["hana"], definition="First.")
        done, still = (post_comment(proposal=proposal, text=text, by=cast["dev"]) for text in ("Settle me.", "Leave me."))  # fmt: skip

        assert as_("jo").post(page_of(proposal, f"comments/{done.pk}/settle/")).status_code == 403
        assert as_("ben").post(page_of(proposal, f"comments/{done.pk}/settle/")).status_code == 302

        page = as_("dev").get(page_of(proposal)).text
        assert page.index("Leave me.") < page.index("Settle me.")
        assert Comment.objects.get(pk=still.pk).settled_at is None

    def test_a_comment_on_what_was_decided_meanwhile_is_not_lost(self, as_, cast):
        proposal = proposed(cast["hana"], definition="First.")
        adopt_proposal(proposal=proposal, by=cast["ben"], seen_revision=1)

        answer = as_("dev").post(page_of(proposal, "comments/"), {"text": "Wait, please."})

        assert answer.status_code == 409
        assert "Wait, please." in answer.text
        assert not Comment.objects.filter(proposal=proposal).exists()

    def test_the_page_takes_the_same_queries_with_one_and_with_three(self, as_, cast):
        proposal, counts = proposed(cast["hana"], definition="First."), []
        for text in ("One.", "Two.", "Three."):
            post_comment(proposal=proposal, text=text, by=cast["dev"])
            counts.append(queries_of(as_("ben"), page_of(proposal)))

        assert len(set(counts)) == 1


class TestDeciding:
    def test_adopting_shows_the_new_text_with_its_record(self, as_, nobody, cast):
        proposal = proposed(cast["hana"], definition="What each needs.")
        nobody.get("/glossary/equity/")

        as_("chioma").post(page_of(proposal, "adopt/"), {"revision": 1, "dissent": "Too short.", "next_review_on": "2028-01-31"})  # fmt: skip

        page = nobody.get("/glossary/equity/").text
        assert '<p class="definition" lang="en">What each needs.</p>' in page
        assert "Too short." in page
        assert "Jan. 31, 2028" in page

    def test_declining_needs_a_reason_which_is_archived(self, as_, cast):
        proposal, ben = proposed(cast["hana"], definition="What each needs."), as_("ben")

        refused = ben.post(page_of(proposal, "decline/"), {"revision": 1, "dissent": "Some liked it."})  # fmt: skip

        assert "Say why it is declined; the proposal is archived with it." in refused.text
        assert "Some liked it." in refused.text
        ben.post(page_of(proposal, "decline/"), {"revision": 1, "reason": "It says less."})
        assert "It says less." in as_("dev").get("/glossary/proposals/").text
        assert in_force().definition != "What each needs."

    def test_what_was_changed_meanwhile_is_not_decided_and_nothing_typed_is_lost(self, as_, cast):
        proposal = proposed(cast["hana"], definition="First.")
        words = {name: getattr(proposal, name) for name in WORDS} | {"definition": "Second."}
        change_proposal(proposal=proposal, words=words, seen_revision=1, by=cast["hana"])

        answer = as_("ben").post(page_of(proposal, "adopt/"), {"revision": 1, "dissent": "Noted."})

        assert answer.status_code == 409
        assert "nothing was decided" in answer.text
        assert "Noted." in answer.text
        assert 'name="revision" value="2"' in answer.text
        assert TermVersion.objects.filter(definition__in=["First.", "Second."]).count() == 0

    @pytest.mark.parametrize("name", ["hana", "dev", "ana", "lena", "rui", "gus"])
    def test_nobody_else_finds_a_control_or_gets_through(self, as_, cast, name):
        proposal, client, before = proposed(cast["hana"], definition="First."), as_(name), in_force()  # fmt: skip

        page = client.get(page_of(proposal)).text

        assert "/adopt/" not in page
        assert "/decline/" not in page
        assert 'name="shown"' not in client.get("/glossary/proposals/").text
        assert client.post(page_of(proposal, "adopt/"), {"revision": 1}).status_code == 403
        assert client.post(page_of(proposal, "decline/"), {"revision": 1, "reason": "No."}).status_code == 403  # fmt: skip
        assert client.post("/glossary/decide/", {"shown": f"{proposal.pk}:1"}).status_code == 403
        assert in_force() == before

    def test_several_are_adopted_together_or_none(self, as_, cast):
        one, two = (proposed(cast["hana"], slug, definition="Together.") for slug in ("equity", "redlining"))  # fmt: skip
        ben = as_("ben")

        refused = ben.post("/glossary/decide/", {"shown": [f"{one.pk}:1", f"{two.pk}:7"]})

        assert refused.status_code == 409
        assert "None of the others was adopted either." in refused.text
        assert in_force().definition != "Together."
        ben.post("/glossary/decide/", {"shown": [f"{one.pk}:1", f"{two.pk}:1"]})
        assert {in_force(slug).definition for slug in ("equity", "redlining")} == {"Together."}

    def test_a_meeting_waits_until_somebody_else_confirms_or_discards_it(self, as_, cast):
        proposal = proposed(cast["hana"], definition="In the meeting.")
        record_meeting(proposal=proposal, by=cast["ana"], seen_revision=1, outcome=Outcome.ADOPTED, decided_on=date(2026, 11, 2), present="Ben, Chioma")  # fmt: skip

        assert "waits for you to confirm it" in as_("ben").get("/glossary/proposals/").text
        assert "/confirm/" not in as_("ana").get(page_of(proposal)).text
        assert as_("ana").post(page_of(proposal, "confirm/")).status_code == 403
        assert as_("ben").post(page_of(proposal, "confirm/")).status_code == 302
        assert in_force().definition == "In the meeting."

    def test_a_discarded_record_leaves_the_proposal_open(self, as_, cast):
        proposal = proposed(cast["hana"], definition="In the meeting.")
        record_meeting(proposal=proposal, by=cast["ana"], seen_revision=1, outcome=Outcome.ADOPTED, decided_on=date(2026, 11, 2), present="Ben, Chioma")  # fmt: skip

        as_("ana").post(page_of(proposal, "discard/"))

        assert Proposal.objects.get(pk=proposal.pk).status == ProposalStatus.OPEN
        assert "/adopt/" in as_("ben").get(page_of(proposal)).text


class TestTheList:
    def test_it_takes_the_same_queries_with_one_and_with_three(self, as_, cast):
        Proposal.objects.filter(status=ProposalStatus.OPEN).update(status=ProposalStatus.WITHDRAWN)
        counts = []
        for slug in ("equity", "redlining", "justice"):
            proposed(cast["hana"], slug, definition="What each needs.")
            counts.append(queries_of(as_("ben"), "/glossary/proposals/"))

        assert len(set(counts)) == 1

    def test_the_signed_out_are_sent_to_sign_in(self, nobody, cast):
        proposal = proposed(cast["hana"], definition="First.")

        for address in ("/glossary/proposals/", page_of(proposal), "/glossary/propose/"):
            assert nobody.get(address)["Location"] == f"/account/login/?next={address}"

    def test_a_retirement_stands_there_with_its_reason(self, as_, cast):
        propose_retirement(
            term=Term.objects.get(slug="redlining"), by=cast["hana"], reason="Unclear."
        )

        page = as_("dev").get("/glossary/proposals/").text
        assert "Unclear." in page
        assert "to retire the term" in page

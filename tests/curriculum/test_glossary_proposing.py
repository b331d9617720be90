"""What members do until something is agreed: propose, change, talk and decide, on pages in our look."""

from datetime import date
from urllib.parse import urlsplit

import pytest

from curriculum.glossary.actions import (
    adopt_proposal,
    change_proposal,
    post_comment,
    propose_retirement,
    record_meeting,
)
from curriculum.glossary.choices import Outcome, ProposalStatus
from curriculum.glossary.models import (
    WORDS,
    Comment,
    Proposal,
    Term,
    TermVersion,
)
from tests.curriculum.glossary_hands import (
    form_of,
    in_force,
    page_of,
    proposed,
    queries_of,
)

pytestmark = pytest.mark.django_db


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
        assert ">&#10;redlined</textarea>" in page

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

"""How the shared language is agreed on: who proposes, who decides, on what, and what nobody can do alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import Body, Seat, User
from core.models import AuditEvent
from curriculum.glossary import permissions
from curriculum.glossary.actions import (
    DecisionRefused,
    StaleProposal,
    adopt_proposal,
    change_proposal,
    decide_together,
    decline_proposal,
    open_proposal,
    post_comment,
    propose_retirement,
    propose_wording,
    settle_comment,
    withdraw_proposal,
)
from curriculum.glossary.choices import ProposalKind, ProposalStatus
from curriculum.glossary.models import Proposal, Term, TermVersion
from tests.curriculum.language import agreed, proposed, said_now, words

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
BODY = {"ben", "chioma", "marisol"}


def adopt(proposal, by, **more):
    return adopt_proposal(proposal=proposal, by=by, seen_revision=proposal.revision, **more)


class TestRules:
    """Each rule has two forms: asked of a row, and as a filter. They say the same about everybody."""

    @pytest.fixture
    def rows(self, cast):
        other = Body.objects.create(slug="parents", name="Parents' council")
        Seat.objects.create(body=other, member=cast["hana"], accepted_at=timezone.now())
        proposed(cast["ben"], "Ford")
        propose_wording(words=words("Ferry"), by=cast["dev"], draft=True)
        propose_wording(words=words("Raft"), by=cast["ben"], draft=True)
        withdraw_proposal(proposal=proposed(cast["dev"], "Tunnel"), by=cast["dev"])
        for name, body in (("Stile", None), ("Gate", other)):
            Proposal.objects.filter(pk=proposed(cast["jo"], name).pk).update(body=body)
        return list(Proposal.objects.all())

    @pytest.mark.parametrize(
        ("ask", "select"),
        [
            (permissions.can_read_proposal, permissions.proposals_visible_to),
            (permissions.can_decide_proposal, permissions.proposals_decided_by),
        ],
        ids=["read", "decide"],
    )
    def test_the_two_forms_agree_for_everybody(self, cast, rows, ask, select, nobody):
        from django.contrib.auth.models import AnonymousUser

        for person in (*cast.values(), AnonymousUser()):
            asked = {row.pk for row in rows if ask(person, row)}
            assert asked == set(select(person).values_list("pk", flat=True)), str(person)

    def test_only_seats_of_the_body_decide_and_nobody_about_their_own(self, cast, rows):
        row = Proposal.objects.get(name="Ford")

        deciding = {name for name, member in cast.items() if permissions.can_decide_proposal(member, row)}  # fmt: skip

        assert deciding == BODY - {"ben"}

    def test_a_draft_is_its_authors_alone(self, cast, rows):
        row = Proposal.objects.get(name="Ferry")

        assert [name for name, member in cast.items() if permissions.can_read_proposal(member, row)] == ["dev"]  # fmt: skip


class TestNobodySkipsAdoption:
    @pytest.mark.parametrize("name", ["gus", "ana", "lena", "rui", "dev", "hana"])
    def test_no_role_adopts_or_declines(self, cast, name):
        proposal = proposed(cast["jo"])
        User.objects.filter(pk=cast["gus"].pk).update(is_superuser=True)
        member = User.objects.get(pk=cast[name].pk)

        with pytest.raises(PermissionDenied):
            adopt(proposal, member)
        with pytest.raises(PermissionDenied):
            decline_proposal(proposal=proposal, by=member, seen_revision=1, reason="No.")
        with pytest.raises(PermissionDenied):
            decide_together(shown=[(proposal, 1)], by=member)

        assert Proposal.objects.get(pk=proposal.pk).status == ProposalStatus.OPEN
        assert not TermVersion.objects.filter(term=proposal.term).exists()

    def test_not_even_the_author_who_holds_a_seat(self, cast):
        proposal = proposed(cast["chioma"])

        with pytest.raises(PermissionDenied):
            adopt(proposal, cast["chioma"])

        assert adopt(proposal, cast["ben"]).number == 1

    @pytest.mark.parametrize(
        "seat",
        [
            {"accepted_at": timezone.now() - timedelta(days=90), "ended_at": timezone.now() - timedelta(days=1)},
            {"accepted_at": None, "ended_at": None},
        ],
        ids=["ended yesterday", "only offered"],
    )  # fmt: skip
    def test_a_seat_that_is_not_held_now_decides_nothing(self, cast, seat):
        proposal = proposed(cast["dev"])
        Seat.objects.filter(member=cast["ben"]).update(**seat)

        with pytest.raises(PermissionDenied):
            adopt(proposal, cast["ben"])

        assert list(permissions.proposals_decided_by(cast["ben"])) == []

    def test_a_body_that_does_not_exist_lets_nobody_decide(self, cast, settings):
        settings.GLOSSARY_BODY = "elders"
        proposal = proposed(cast["dev"])

        with pytest.raises(PermissionDenied):
            adopt(proposal, cast["ben"])
        assert list(permissions.proposals_decided_by(cast["ben"]).filter(pk=proposal.pk)) == []

        settings.GLOSSARY_BODY = "steering-committee"
        assert adopt(proposal, cast["ben"]).decision.body.slug == "steering-committee"

    def test_the_database_refuses_to_change_a_version(self, cast):
        version = agreed(cast)
        version.definition = "Whatever the operator likes."

        for change in (version.save, lambda: TermVersion.objects.update(definition="Whatever.")):
            with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
                change()

        assert said_now("bridge")["definition"] == "What leads over."

    def test_a_version_is_not_deleted_even_when_another_is_in_force(self, cast):
        first = agreed(cast)
        agreed(cast, term=first.term, definition="What leads across.")

        for delete in (
            first.delete, TermVersion.objects.filter(pk=first.pk).delete, first.term.delete, first.decision.delete,
            first.decision.proposal.delete, lambda: Body.objects.all().delete(),
        ):  # fmt: skip
            with pytest.raises(ProtectedError), transaction.atomic():
                delete()

        assert list(first.term.versions.values_list("number", flat=True)) == [1, 2]


class TestDeciding:
    def test_a_decision_is_on_the_text_that_was_shown(self, cast):
        proposal = proposed(cast["dev"])
        change_proposal(proposal=proposal, words=words(definition="What leads under."), seen_revision=1, by=cast["dev"])  # fmt: skip

        with pytest.raises(DecisionRefused, match="changed while you read it"):
            adopt_proposal(proposal=proposal, by=cast["ben"], seen_revision=1)
        assert not Term.objects.adopted().filter(slug="bridge").exists()

        adopt_proposal(proposal=proposal, by=cast["ben"], seen_revision=2)
        assert said_now("bridge")["definition"] == "What leads under."

    def test_adoption_records_body_day_dissent_and_review(self, cast):
        review = timezone.localdate() + timedelta(days=365)

        decision = adopt(proposed(cast["dev"]), cast["ben"], dissent=" One found it short. ", next_review_on=review).decision  # fmt: skip

        assert (decision.body.name, decision.decided_on, decision.dissent, decision.next_review_on) == (
            "Riverton steering committee", timezone.localdate(), "One found it short.", review,
        )  # fmt: skip
        assert (decision.recorded_by, decision.confirmed_by, decision.is_in_effect) == (cast["ben"], cast["ben"], True)  # fmt: skip

    def test_who_declines_says_why_and_the_text_in_force_stays(self, cast):
        before = agreed(cast)
        proposal = proposed(cast["hana"], term=before.term, definition="A toll.")

        with pytest.raises(ValidationError) as refusal:
            decline_proposal(proposal=proposal, by=cast["ben"], seen_revision=1, reason=" \n ")
        assert list(refusal.value.message_dict) == ["reason"]

        decline_proposal(proposal=proposal, by=cast["ben"], seen_revision=1, reason="Nobody pays.")
        proposal.refresh_from_db()
        assert (proposal.status, proposal.decision.reason) == ("declined", "Nobody pays.")
        assert said_now("bridge")["definition"] == "What leads over."
        assert before.term.in_force.get(language="en").version == before

    def test_what_is_decided_is_decided(self, cast):
        proposal = proposed(cast["dev"])
        adopt(proposal, cast["ben"])

        with pytest.raises(DecisionRefused, match="adopted already"):
            decline_proposal(proposal=proposal, by=cast["chioma"], seen_revision=1, reason="Late.")
        with pytest.raises(PermissionDenied):
            withdraw_proposal(proposal=proposal, by=cast["dev"])
        with pytest.raises(PermissionDenied):
            post_comment(proposal=proposal, text="Wait.", by=cast["hana"])

    def test_a_review_before_the_decision_is_refused(self, cast):
        with pytest.raises(ValidationError) as refusal:
            adopt(proposed(cast["dev"]), cast["ben"], next_review_on=timezone.localdate())

        assert list(refusal.value.message_dict) == ["next_review_on"]

    def test_several_at_once_are_all_adopted_or_none(self, cast):
        rows = [proposed(cast["dev"], name) for name in ("Bridge", "Ford", "Ferry")]
        change_proposal(proposal=rows[1], words=words("Ford", "A place."), seen_revision=1, by=cast["dev"])  # fmt: skip

        with pytest.raises(DecisionRefused, match="“Ford”: The proposal was changed") as refusal:
            decide_together(shown=[(row, 1) for row in rows], by=cast["ben"])
        assert str(refusal.value).endswith("None of the others was adopted either.")
        assert {row.status for row in Proposal.objects.filter(pk__in=[row.pk for row in rows])} == {"open"}  # fmt: skip

        decide_together(shown=[(row, 2 if row == rows[1] else 1) for row in rows], by=cast["ben"])
        assert Term.objects.adopted().filter(slug__in=["bridge", "ford", "ferry"]).count() == 3

    def test_among_several_ones_own_stops_all(self, cast):
        rows = [proposed(cast["dev"]), proposed(cast["ben"], "Ford")]

        with pytest.raises(PermissionDenied):
            decide_together(shown=[(row, 1) for row in rows], by=cast["ben"])

        assert not Term.objects.adopted().filter(slug__in=["bridge", "ford"]).exists()

    def test_another_language_waits_for_the_first(self, cast):
        spanish = proposed(cast["dev"], "Puente", language="es", definition="Lo que une.")

        with pytest.raises(DecisionRefused, match="needs a wording in English"):
            adopt(spanish, cast["ben"])

        term = spanish.term
        adopt(propose_wording(words=words("Bridge"), by=cast["dev"], term=term), cast["ben"])
        assert adopt(spanish, cast["ben"]).number == 1
        assert [row.version.name for row in term.in_force.order_by("language")] == ["Bridge", "Puente"]  # fmt: skip


class TestProposing:
    def test_a_declined_name_can_be_proposed_again_and_others_see_one_term(self, cast):
        first = proposed(cast["hana"])
        with pytest.raises(ValidationError, match="There is a term of this name already"):
            proposed(cast["jo"])
        decline_proposal(proposal=first, by=cast["ben"], seen_revision=1, reason="Too short.")

        second = proposed(cast["hana"], definition="What leads over water.")
        assert second.term == first.term
        adopt(second, cast["chioma"])

        with pytest.raises(ValidationError, match="There is a term of this name already"):
            proposed(cast["jo"])

    def test_a_new_name_moves_a_term_that_nobody_has_adopted(self, cast):
        proposal = proposed(cast["dev"], "Brigde")

        changed = change_proposal(proposal=proposal, words=words("Bridge"), seen_revision=1, by=cast["dev"])  # fmt: skip

        assert (changed.term.slug, Term.objects.filter(slug="brigde").exists()) == ("bridge", False)

    def test_a_new_name_of_an_adopted_term_leaves_its_address(self, cast):
        version = agreed(cast)
        agreed(cast, "Footbridge", term=version.term, aliases=["Bridge"])

        assert Term.objects.get(pk=version.term.pk).slug == "bridge"
        assert str(Term.objects.get(pk=version.term.pk)) == "Footbridge"

    def test_only_its_author_changes_withdraws_and_opens(self, cast):
        draft = propose_wording(words=words(), by=cast["dev"], draft=True)
        for name in ("ana", "gus", "rui", "ben", "hana"):
            for act in (open_proposal, withdraw_proposal):
                with pytest.raises(PermissionDenied):
                    act(proposal=draft, by=cast[name])
            with pytest.raises(PermissionDenied):
                change_proposal(proposal=draft, words=words("Ford"), seen_revision=1, by=cast[name])

        assert open_proposal(proposal=draft, by=cast["dev"]).status == "open"
        assert withdraw_proposal(proposal=draft, by=cast["dev"]).status == "withdrawn"

    def test_a_second_window_does_not_overwrite_the_first(self, cast):
        proposal = proposed(cast["dev"])
        change_proposal(proposal=proposal, words=words(definition="One."), seen_revision=1, by=cast["dev"])  # fmt: skip

        with pytest.raises(StaleProposal, match="changed in another window"):
            change_proposal(proposal=proposal, words=words(definition="Two."), seen_revision=1, by=cast["dev"])  # fmt: skip

        assert Proposal.objects.get(pk=proposal.pk).definition == "One."

    def test_the_acts_leave_rows_without_a_word_of_the_text(self, cast):
        before = set(AuditEvent.objects.values_list("pk", flat=True))
        proposal = proposed(cast["dev"], "Zanzibar", definition="A secretplum.")
        post_comment(proposal=proposal, text="A secretplum.", by=cast["hana"])
        adopt(proposal, cast["ben"], dissent="A secretplum.")

        rows = list(AuditEvent.objects.exclude(pk__in=before).order_by("at").values())

        assert [row["verb"] for row in rows] == ["glossary.proposed", "glossary.commented", "glossary.adopted"]  # fmt: skip
        for told in (
            "secretplum",
            "Zanzibar",
            "zanzibar",
            str(proposal.pk),
            str(cast["dev"].pk),
            "Ben",
            "Dev",
        ):
            assert told not in str(rows)


class TestRetiring:
    def test_a_retired_term_says_what_took_its_place(self, cast):
        old, new = agreed(cast, "Bridge", aliases=["Crossing"]).term, agreed(cast, "Ford").term

        with pytest.raises(ValidationError, match="Say why"):
            propose_retirement(term=old, by=cast["dev"], reason=" ")
        adopt(propose_retirement(term=old, by=cast["dev"], reason="It fell.", replaced_by=new), cast["ben"])  # fmt: skip

        old.refresh_from_db()
        assert (old.retired_at is not None, old.replaced_by) == (True, new)
        assert [word.text for word in old.words.all()] == ["Crossing"]  # which still leads there
        assert old.versions.count() == 1

    def test_what_is_retired_gets_no_wording_and_is_not_retired_twice(self, cast):
        old, new = agreed(cast).term, agreed(cast, "Ford").term
        wording = proposed(cast["hana"], term=old, definition="Later.")
        again = propose_retirement(term=old, by=cast["jo"], reason="Twice.", replaced_by=new)
        onto_it = propose_retirement(term=new, by=cast["jo"], reason="Round.", replaced_by=old)
        adopt(propose_retirement(term=old, by=cast["dev"], reason="It fell."), cast["ben"])

        for late in (wording, again):
            with pytest.raises(DecisionRefused, match="was retired meanwhile"):
                adopt(late, cast["ben"])
        with pytest.raises(DecisionRefused, match="is retired itself"):
            adopt(onto_it, cast["ben"])
        with pytest.raises(ValidationError, match="This term is retired"):
            proposed(cast["hana"], term=Term.objects.get(pk=old.pk))
        with pytest.raises(ValidationError, match="A term of this name is retired"):
            proposed(cast["hana"])

    def test_what_takes_its_place_is_another_term_in_use(self, cast):
        term = agreed(cast).term
        waiting = proposed(cast["dev"], "Ford").term

        for other in (term, waiting):
            with pytest.raises(ValidationError) as refusal:
                propose_retirement(term=term, by=cast["dev"], reason="So.", replaced_by=other)
            assert list(refusal.value.message_dict) == ["replaced_by"]

    def test_the_words_of_a_retirement_are_not_changed(self, cast):
        row = propose_retirement(term=agreed(cast).term, by=cast["dev"], reason="It fell.")

        changed = change_proposal(proposal=row, words=words("Ford", "Else."), seen_revision=1, by=cast["dev"], reason="It fell twice.")  # fmt: skip

        assert (changed.kind, changed.name, changed.definition, changed.reason) == (
            ProposalKind.RETIREMENT, "Bridge", "What leads over.", "It fell twice.",
        )  # fmt: skip


class TestComments:
    def test_any_member_speaks_and_the_author_or_the_body_settles(self, cast):
        proposal = proposed(cast["dev"])
        said = [
            post_comment(proposal=proposal, text=f"No {one}.", by=cast["hana"]) for one in range(3)
        ]

        for name in ("dev", "jo", "ana", "gus", "rui"):
            with pytest.raises(PermissionDenied):
                settle_comment(comment=said[0], by=cast[name])
        settle_comment(comment=said[0], by=cast["hana"])
        settle_comment(comment=said[1], by=cast["marisol"])
        settle_comment(comment=said[1], by=cast["jo"])  # twice counts once

        assert list(proposal.comments.unsettled()) == [said[2]]
        assert [one.settled_by for one in proposal.comments.all()[:2]] == [cast["hana"], cast["marisol"]]  # fmt: skip

    @pytest.mark.parametrize(("text", "sentence"), [(" \n", "Write something first."), ("x" * 2001, "At most 2,000 letters fit here, and these are 2,001.")])  # fmt: skip
    def test_a_comment_has_words_and_an_end(self, cast, text, sentence):
        with pytest.raises(ValidationError) as refusal:
            post_comment(proposal=proposed(cast["dev"]), text=text, by=cast["hana"])

        assert refusal.value.message_dict == {"text": [sentence]}

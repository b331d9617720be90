"""A decision that was taken in a meeting, who is told of what, and what stays of a member who leaves."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from core import register
from core.models import AuditEvent
from curriculum.glossary.actions import (
    DecisionRefused,
    adopt_proposal,
    change_proposal,
    confirm_decision,
    decline_proposal,
    discard_record,
    mark_read,
    post_comment,
    propose_wording,
    record_meeting,
    settle_comment,
    withdraw_proposal,
)
from curriculum.glossary.checks import deciding_body_exists
from curriculum.glossary.models import Comment, Decision, DefinitionRead, Proposal, Term
from notices.models import Notice
from tests.curriculum.language import agreed, proposed, said_now, words

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def recorded(proposal, by, **more):
    given = {
        "outcome": "adopted", "decided_on": timezone.localdate() - timedelta(days=2), "present": "Ben, Chioma, Marisol",
    }  # fmt: skip
    return record_meeting(
        proposal=proposal, by=by, seen_revision=proposal.revision, **{**given, **more}
    )


class TestMeetings:
    def test_what_the_backbone_records_has_no_effect_until_the_body_confirms_it(self, cast):
        proposal = proposed(cast["dev"])
        record = recorded(proposal, cast["ana"], dissent="One found it short.")

        assert not Term.objects.adopted().filter(slug="bridge").exists()
        assert Proposal.objects.get(pk=proposal.pk).status == "open"
        User.objects.filter(pk=cast["gus"].pk).update(is_superuser=True)
        for name in ("ana", "gus", "lena", "rui", "dev", "hana"):
            with pytest.raises(PermissionDenied):
                confirm_decision(decision=record, by=User.objects.get(pk=cast[name].pk))

        version = confirm_decision(decision=record, by=cast["chioma"])
        record.refresh_from_db()
        assert (version.decision, version.number) == (record, 1)
        assert (record.recorded_by, record.confirmed_by, record.dissent) == (cast["ana"], cast["chioma"], "One found it short.")  # fmt: skip
        assert record.decided_on == timezone.localdate() - timedelta(days=2)

    def test_the_author_who_holds_a_seat_does_not_confirm(self, cast):
        record = recorded(proposed(cast["chioma"]), cast["ana"])

        with pytest.raises(PermissionDenied):
            confirm_decision(decision=record, by=cast["chioma"])

        assert confirm_decision(decision=record, by=cast["ben"]).number == 1

    @pytest.mark.parametrize("name", ["gus", "rui", "ben", "dev", "hana"])
    def test_only_the_backbone_records(self, cast, name):
        with pytest.raises(PermissionDenied):
            recorded(proposed(cast["jo"]), cast[name])

    def test_a_declined_one_is_archived_with_its_reason(self, cast):
        term = agreed(cast).term
        proposal = proposed(cast["dev"], term=term, definition="A toll.")
        with pytest.raises(ValidationError) as refusal:
            recorded(proposal, cast["ana"], outcome="declined")
        assert list(refusal.value.message_dict) == ["reason"]

        record = recorded(proposal, cast["ana"], outcome="declined", reason="Nobody pays.")
        assert confirm_decision(decision=record, by=cast["ben"]) is None
        assert Proposal.objects.get(pk=proposal.pk).status == "declined"
        assert said_now("bridge")["definition"] == "What leads over."

    def test_while_a_record_waits_nothing_else_is_decided_or_changed(self, cast):
        proposal = proposed(cast["dev"])
        record = recorded(proposal, cast["ana"])

        with pytest.raises(DecisionRefused, match="waits to be confirmed"):
            adopt_proposal(proposal=proposal, by=cast["ben"], seen_revision=1)
        with pytest.raises(DecisionRefused, match="waits to be confirmed"):
            recorded(proposal, cast["lena"])
        with pytest.raises(PermissionDenied):
            change_proposal(proposal=proposal, words=words("Ford"), seen_revision=1, by=cast["dev"])
        with pytest.raises(PermissionDenied):
            withdraw_proposal(proposal=proposal, by=cast["dev"])

        for name in ("lena", "gus", "dev", "rui"):
            with pytest.raises(PermissionDenied):
                discard_record(decision=record, by=cast[name])
        discard_record(decision=record, by=cast["ana"])
        with pytest.raises(DecisionRefused, match="taken back meanwhile"):
            confirm_decision(decision=record, by=cast["ben"])
        assert adopt_proposal(proposal=proposal, by=cast["ben"], seen_revision=1).number == 1

    def test_what_is_in_effect_is_not_taken_back(self, cast):
        record = recorded(proposed(cast["dev"]), cast["ana"])
        confirm_decision(decision=record, by=cast["ben"])

        for act in (discard_record, confirm_decision):
            with pytest.raises(PermissionDenied):
                act(decision=record, by=cast["chioma"])

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"present": " "}, "present"), ({"present": "x" * 2001}, "present"), ({"dissent": "x" * 2001}, "dissent"),
            ({"decided_on": timezone.localdate() + timedelta(days=3)}, "decided_on"),
            ({"next_review_on": timezone.localdate() - timedelta(days=3)}, "next_review_on"),
        ],
    )  # fmt: skip
    def test_what_a_record_lacks_is_said(self, cast, given, field):
        with pytest.raises(ValidationError) as refusal:
            recorded(proposed(cast["dev"]), cast["ana"], **given)

        assert list(refusal.value.message_dict) == [field]
        assert not Decision.objects.filter(proposal__name="Bridge").exists()

    def test_the_acts_are_in_the_log(self, cast):
        before = set(AuditEvent.objects.values_list("pk", flat=True))
        proposal = proposed(cast["dev"])
        discard_record(decision=recorded(proposal, cast["ana"]), by=cast["ana"])
        confirm_decision(decision=recorded(proposal, cast["ana"]), by=cast["ben"])

        verbs = AuditEvent.objects.exclude(pk__in=before).order_by("at").values_list("verb", flat=True)  # fmt: skip
        assert list(verbs) == [
            "glossary.proposed", "glossary.meeting_recorded", "glossary.record_discarded", "glossary.meeting_recorded",
            "glossary.adopted",
        ]  # fmt: skip


class TestNotices:
    def told(self, kind):
        rows = Notice.objects.filter(kind=f"glossary.{kind}").select_related("member")
        return sorted(str(row.member).split()[0] for row in rows)

    @pytest.fixture(autouse=True)
    def _quiet(self, cast):
        Notice.objects.all().delete()

    def test_a_proposal_reaches_those_who_decide_but_not_its_author(self, cast):
        proposed(cast["dev"])
        assert self.told("proposed") == ["Ben", "Chioma", "Marisol"]
        Notice.objects.all().delete()

        proposed(cast["ben"], "Ford")
        propose_wording(words=words("Ferry"), by=cast["dev"], draft=True)
        assert self.told("proposed") == ["Chioma", "Marisol"]

    def test_the_author_hears_of_comments_and_of_the_decision(self, cast):
        proposal = proposed(cast["dev"])
        post_comment(proposal=proposal, text="Wide.", by=cast["hana"])
        post_comment(proposal=proposal, text="Yes.", by=cast["dev"])
        decline_proposal(proposal=proposal, by=cast["ben"], seen_revision=1, reason="No.")

        assert (self.told("commented"), self.told("decided")) == (["Dev"], ["Dev"])

    def test_a_record_reaches_those_who_may_confirm_it(self, cast):
        record = recorded(proposed(cast["chioma"]), cast["ana"])
        assert self.told("to_confirm") == ["Ben", "Marisol"]

        confirm_decision(decision=record, by=cast["ben"])
        assert self.told("decided") == ["Chioma"]


class TestTheHolding:
    @pytest.fixture
    def holding(self):
        return next(one for one in register.holdings() if one.name == "glossary")

    @pytest.fixture
    def past(self, cast):
        """What Chioma and Dev did."""
        version = agreed(cast)
        draft = propose_wording(words=words("Ferry"), by=cast["dev"], draft=True)
        other = proposed(cast["hana"], term=version.term, definition="Water.")
        remark = post_comment(proposal=other, text="Which water?", by=cast["dev"])
        settle_comment(comment=remark, by=cast["chioma"])
        decline_proposal(proposal=other, by=cast["chioma"], seen_revision=1, reason="Dry.")
        mark_read(version=version, by=cast["dev"])
        return version, draft

    def test_one_gets_what_one_wrote_and_did(self, cast, past, holding):
        dev, chioma = holding.export(cast["dev"]), holding.export(cast["chioma"])

        assert [(row["term"], row["status"], row["name"]) for row in dev["proposals"]] == [
            ("bridge", "adopted", "Bridge"), ("ferry", "draft", "Ferry"),
        ]  # fmt: skip
        assert [row["text"] for row in dev["comments"]] == ["Which water?"]
        assert [(row["term"], row["version"]) for row in dev["definitions_read"]] == [("Bridge", 1)]
        assert dev["decisions"] == []
        last = chioma["decisions"][-1]
        assert (last["outcome"], last["reason"], last["recorded"], last["confirmed"]) == ("declined", "Dry.", True, True)  # fmt: skip

    def test_what_was_agreed_stays_without_the_name(self, cast, past, holding):
        version, draft = past
        for name in ("dev", "chioma", "ben"):
            for step in holding.erase(cast[name]):
                step()
            for step in holding.erase(cast[name]):  # resumed after it was stopped
                step()

        assert said_now("bridge")["definition"] == "What leads over."
        proposal = Proposal.objects.get(pk=version.decision.proposal_id)
        assert (proposal.author, proposal.status) == (None, "adopted")
        assert Comment.objects.filter(text="Which water?").values_list("author", "settled_by").get() == (None, None)  # fmt: skip
        people = ("recorded_by", "confirmed_by")
        assert set(Decision.objects.filter(proposal__name="Bridge").values_list(*people)) == {(None, None)}  # fmt: skip
        assert not DefinitionRead.objects.filter(member=cast["dev"]).exists()
        assert not Proposal.objects.filter(pk=draft.pk).exists()
        assert not Term.objects.filter(slug="ferry").exists()

    def test_who_sees_it_is_said(self, cast, past, holding):
        lines = [
            (str(line.what), str(line.who)) for line in register.visible_of(cast["dev"], holding)
        ]

        assert lines == [
            ("Which definitions you marked as read", "Only you"),
            ("What you proposed for the shared language, by name", "Members of the initiative"),
            (
                "What you said about proposals, and comments that you settled, by name",
                "Members of the initiative",
            ),
        ]
        assert len(register.visible_of(cast["elu"], holding)) == 1


def test_a_body_that_does_not_exist_is_named_with_a_way_out(cast, settings):
    assert deciding_body_exists(databases=["default"]) == []

    settings.GLOSSARY_BODY = "elders"
    (problem,) = deciding_body_exists(databases=["default"])
    assert deciding_body_exists(databases=[]) == []

    assert problem.msg == (
        "GLOSSARY_BODY names the body “elders”, which does not exist, so nobody can decide about the shared language. "
        "Proposals are kept and wait."
    )
    assert (
        problem.hint
        == "Name one of the bodies that there are (steering-committee), or leave the setting out."
    )
